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

/// A random number, to tell what is no secret; 0 where there is no generator, and so nobody who has logged in.
pub fn number() -> u64 {
    bytes().map_or(0, |[a, b, c, d, e, f, g, h, ..]| {
        u64::from_le_bytes([a, b, c, d, e, f, g, h])
    })
}

/// One random byte, to spread retries in time; 0 where there is no generator.
pub fn jitter() -> u8 {
    number().to_le_bytes()[0]
}
