//! How does a row of word pieces become a row of vectors?
//!
//! A BERT-shaped encoder on the CPU, from one checked weights file. The crate knows
//! no news and no text: numbers go in, numbers come out.
//!
//! **The same bits everywhere.** Matrix products are sums of integers, which have
//! one right answer. What is left in `f32` (layer norm, GELU, what stands between products)
//! is written with additions and multiplications in one fixed order, without fused
//! multiply-add and without the platform's `exp`. So thread count, batch and
//! processor can't change a result; the tests in `twins` and `encoder` hold every [`Tier`] to that.

#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
mod amx;
mod attention;
mod bounded;
mod couples;
mod encoder;
mod error;
mod file;
mod kernels;
mod lines;
mod math;
mod pairs;
mod product;
mod quads;

#[cfg(test)]
mod room;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod twins;

pub use encoder::{Config, Dense, Encoder};
pub use error::{Error, ErrorKind};
pub use file::{FORMAT_VERSION, ModelFile};
pub use kernels::Tier;
pub use math::{dot, softmax};
