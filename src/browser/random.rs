//! Randomness from the operating system's generator, and from nowhere else.

/// There is no generator. Log-in is refused then; nothing weaker takes its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the operating system's random generator is not available")]
pub struct NoRandomness;

/// 32 bytes, 256 bits.
///
/// # Errors
/// [`NoRandomness`].
pub fn bytes() -> Result<[u8; 32], NoRandomness> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(bytes)
}
