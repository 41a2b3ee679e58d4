//! What can be wrong with a weights file?

/// Why a weights file can't be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Not a safetensors file, or cut short.
    #[error("not a weights file: {0}")]
    Container(#[from] safetensors::SafeTensorError),
    /// The header lacks sayso's own part, or it can't be read.
    #[error("the weights file has no usable `sayso` header: {0}")]
    Header(String),
    /// Written by another version of the format.
    #[error("the weights file has format {found}, this program reads format {expected}")]
    Version {
        /// What the file says.
        found: u32,
        /// What this program reads.
        expected: u32,
    },
    /// The weights are not the ones that were written.
    #[error("the weights file is damaged: its checksum is {found}, it should be {expected}")]
    Checksum {
        /// Of the bytes at hand.
        found: String,
        /// As recorded in the file.
        expected: String,
    },
    /// The processor can't run what was asked for.
    #[error(
        "this processor can't run the tier {}, only {}; without SAYSO_SIMD the best of them is taken",
        .0.name(), names(&crate::Tier::available())
    )]
    Tier(crate::Tier),
    /// `SAYSO_SIMD` names no tier.
    #[error("SAYSO_SIMD is {0:?}; it can be portable, avx2, avx-vnni, avx512, amx or neon")]
    TierName(String),
    /// A tensor is missing, has the wrong type or shape, or holds what isn't a finite number.
    #[error("tensor `{name}`: {problem}")]
    Tensor {
        /// Its name in the file.
        name: String,
        /// What is wrong with it.
        problem: String,
    },
}

/// The kinds of [`Error`], stable for programs that branch on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The file isn't one of ours.
    Format,
    /// It is one of ours, of another version.
    Version,
    /// It is one of ours, and damaged.
    Damaged,
    /// The file is sound; the processor isn't the one asked for.
    Processor,
}

impl Error {
    /// The stable kind.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Container(_) | Self::Header(_) => ErrorKind::Format,
            Self::Version { .. } => ErrorKind::Version,
            Self::Tier(_) | Self::TierName(_) => ErrorKind::Processor,
            Self::Checksum { .. } | Self::Tensor { .. } => ErrorKind::Damaged,
        }
    }
}

fn names(tiers: &[crate::Tier]) -> String {
    let names: Vec<_> = tiers.iter().map(|tier| tier.name()).collect();
    names.join(", ")
}
