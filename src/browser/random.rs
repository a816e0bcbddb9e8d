//! Randomness from the operating system's generator, and from nowhere else.

/// There is no generator. No login starts then; nothing weaker takes its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the operating system's random generator is not available")]
pub struct RandomUnavailable;

/// 32 bytes, 256 bits.
///
/// # Errors
/// [`RandomUnavailable`].
pub fn bytes() -> Result<[u8; 32], RandomUnavailable> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| RandomUnavailable)?;
    Ok(bytes)
}

/// One random byte, to spread retries in time; 0 where there is no generator.
pub fn jitter() -> u8 {
    bytes().map_or(0, |bytes| bytes[0])
}
