//! Which loops take the time, and which instructions run them here?
//!
//! Each kernel has one portable body, which the tiers compile for wider registers;
//! results are the same bits on all of them. The matrix product is in `product`.

#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
use crate::amx;
use crate::{Error, math};

/// A set of processor instructions that the kernels are compiled for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Tier {
    /// What every processor of the architecture has.
    Portable,
    /// x86-64 with AVX2: laptops since 2013.
    Avx2,
    /// x86-64 with AVX2 and its byte products, AVX-VNNI: Intel's laptops since 2021, AMD's since 2024.
    AvxVnni,
    /// x86-64 with AVX-512 F, BW, DQ, VL and VNNI: servers since 2019, laptops of some makes.
    Avx512,
    /// x86-64 with AVX-512 and products of whole tiles of bytes, AMX, on Linux: servers since 2023.
    Amx,
    /// 64-bit ARM with its byte products, SDOT: phones since 2018, servers since 2020, Apple's laptops with its own chips.
    Neon,
}

impl Tier {
    const ALL: [Self; 6] = [Self::Portable, Self::Avx2, Self::AvxVnni, Self::Avx512, Self::Amx, Self::Neon];

    /// The best tier of this machine. Asks as [`Self::available`] does.
    pub fn detect() -> Self {
        Ready::all().last().unwrap_or(Ready::PORTABLE).tier()
    }

    /// The tiers that this machine can run, slowest first.
    ///
    /// On Linux with AMX the first call asks the kernel to let the process use tiles, which it can't give back: from
    /// then on its signal stacks must have room for their 8 kB.
    pub fn available() -> Vec<Self> {
        Ready::all().map(Ready::tier).collect()
    }

    /// The tier for the kernels, where this machine can run it.
    pub(crate) fn ready(self) -> Option<Ready> {
        self.is_available().then_some(Ready(self))
    }

    fn is_available(self) -> bool {
        match self {
            Self::Portable => true,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => is_x86_feature_detected!("avx2"),
            #[cfg(target_arch = "x86_64")]
            Self::AvxVnni => is_x86_feature_detected!("avx2") && is_x86_feature_detected!("avxvnni"),
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => {
                is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512bw")
                    && is_x86_feature_detected!("avx512dq")
                    && is_x86_feature_detected!("avx512vl")
                    && is_x86_feature_detected!("avx512vnni")
            }
            #[cfg(all(target_arch = "x86_64", target_os = "linux"))]
            Self::Amx => Self::Avx512.is_available() && amx::available(),
            // Where numbers begin with their last byte, lanes would stand in another order.
            #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
            Self::Neon => std::arch::is_aarch64_feature_detected!("dotprod"),
            _ => false,
        }
    }

    /// The tier that the environment's `SAYSO_SIMD` names, or the best of this machine.
    ///
    /// # Errors
    /// When it names none, or one that the processor lacks.
    pub fn chosen() -> Result<Self, Error> {
        let Some(name) = std::env::var_os("SAYSO_SIMD").filter(|name| !name.is_empty()) else {
            return Ok(Self::detect());
        };
        let tier = name.to_str().and_then(Self::from_name);
        let tier = tier.ok_or_else(|| Error::TierName(name.to_string_lossy().into_owned()))?;
        if tier.is_available() { Ok(tier) } else { Err(Error::Tier(tier)) }
    }

    /// By the name that [`Self::name`] gives, in letters of either case.
    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tier| tier.name().eq_ignore_ascii_case(name))
    }

    /// "portable", "avx2", "avx-vnni", "avx512", "amx" or "neon".
    pub fn name(self) -> &'static str {
        match self {
            Self::Portable => "portable",
            Self::Avx2 => "avx2",
            Self::AvxVnni => "avx-vnni",
            Self::Avx512 => "avx512",
            Self::Amx => "amx",
            Self::Neon => "neon",
        }
    }
}

/// A tier that this machine can run. The kernels take nothing else, so no safe call reaches an instruction that the
/// processor lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ready(Tier);

impl Ready {
    pub(crate) const PORTABLE: Self = Self(Tier::Portable);

    /// Those of this machine, slowest first.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        Tier::ALL.into_iter().filter_map(Tier::ready)
    }

    /// Which it is.
    pub(crate) fn tier(self) -> Tier {
        self.0
    }
}

/// Declares a kernel: its portable body, compiled once for each tier.
macro_rules! kernel {
    ($(#[$doc:meta])* fn $name:ident($($arg:ident: $type:ty),* $(,)?) $body:block) => {
        $(#[$doc])*
        pub(crate) fn $name(tier: $crate::kernels::Ready, $($arg: $type),*) {
            #[inline(always)]
            fn portable($($arg: $type),*) $body
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2")]
            fn avx2($($arg: $type),*) { portable($($arg),*) }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
            fn avx512($($arg: $type),*) { portable($($arg),*) }
            match tier.tier() {
                #[cfg(target_arch = "x86_64")]
                #[expect(unsafe_code, reason = "calls a function compiled for a tier")]
                // SAFETY: a `Ready` of the tier is there only where the processor has its instructions.
                $crate::Tier::Avx2 | $crate::Tier::AvxVnni => unsafe { avx2($($arg),*) },
                #[cfg(target_arch = "x86_64")]
                #[expect(unsafe_code, reason = "calls a function compiled for a tier")]
                // SAFETY: a `Ready` of the tier is there only where the processor has its instructions.
                $crate::Tier::Avx512 | $crate::Tier::Amx => unsafe { avx512($($arg),*) },
                // On ARM the portable body has the vectors of the tier, which every processor has.
                _ => portable($($arg),*),
            }
        }
    };
}

pub(crate) use kernel;

kernel! {
    /// Layer normalisation of each row of `x`, rows of `gain.len()`.
    fn layer_norm(x: &mut [f32], gain: &[f32], bias: &[f32], epsilon: f32) {
        for row in x.chunks_exact_mut(gain.len()) {
            math::layer_norm(row, gain, bias, epsilon);
        }
    }
}

kernel! {
    /// GELU of every number, in place.
    fn gelu(x: &mut [f32]) {
        math::gelu(x);
    }
}

kernel! {
    /// Adds `delta` to `x`.
    fn add(x: &mut [f32], delta: &[f32]) {
        for (x, delta) in x.iter_mut().zip(delta) {
            *x += delta;
        }
    }
}

kernel! {
    /// Adds `scale` times `weights` to `x`.
    fn add_scaled(x: &mut [f32], weights: &[i8], scale: f32) {
        for (x, &weight) in x.iter_mut().zip(weights) {
            *x += f32::from(weight) * scale;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tier_has_a_name() {
        eprintln!("tiers of this machine: {:?}", Tier::available());
        for tier in Tier::ALL {
            assert_eq!(Tier::from_name(tier.name()), Some(tier));
        }
        assert_eq!(Tier::from_name("sse"), None);
        let said = Error::TierName("sse".to_owned()).to_string();
        for tier in Tier::ALL {
            assert!(said.contains(tier.name()), "{said} without {tier:?}");
        }
    }

    #[test]
    fn a_tier_of_another_processor_is_not_ready() {
        let foreign = if cfg!(target_arch = "x86_64") { Tier::Neon } else { Tier::Avx2 };
        assert_eq!((foreign.ready(), Ready::PORTABLE.tier().ready()), (None, Some(Ready::PORTABLE)));
        assert!(!Tier::available().contains(&foreign) && Tier::available().contains(&Tier::detect()));
    }
}
