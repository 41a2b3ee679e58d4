//! Which loops take the time, and which instructions run them here?
//!
//! Each kernel has one portable body, which the tiers compile for wider registers;
//! results are the same bits on all of them. The matrix product is in `product`.

use crate::{Error, math};

/// A set of processor instructions that the kernels are compiled for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Tier {
    /// What every processor of the architecture has.
    Portable,
    /// x86-64 with AVX2: laptops since 2013.
    Avx2,
    /// x86-64 with AVX2 and its byte products, AVX-VNNI: laptops since 2021.
    AvxVnni,
    /// x86-64 with AVX-512 F, BW, DQ, VL and VNNI: servers since 2019, laptops of some makes.
    Avx512,
}

impl Tier {
    /// The best tier of this machine.
    pub fn detect() -> Self {
        *Self::available().last().unwrap_or(&Self::Portable)
    }

    /// The tiers that this machine can run, slowest first.
    pub fn available() -> Vec<Self> {
        let mut tiers = vec![Self::Portable];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") {
                tiers.push(Self::Avx2);
            }
            if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("avxvnni") {
                tiers.push(Self::AvxVnni);
            }
            if is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512vnni")
            {
                tiers.push(Self::Avx512);
            }
        }
        tiers
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
        if Self::available().contains(&tier) { Ok(tier) } else { Err(Error::Tier(tier)) }
    }

    /// By the name that [`Self::name`] gives.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Portable, Self::Avx2, Self::AvxVnni, Self::Avx512].into_iter().find(|tier| tier.name() == name)
    }

    /// "portable", "avx2", "avx-vnni" or "avx512".
    pub fn name(self) -> &'static str {
        match self {
            Self::Portable => "portable",
            Self::Avx2 => "avx2",
            Self::AvxVnni => "avx-vnni",
            Self::Avx512 => "avx512",
        }
    }
}

/// Declares a kernel: its portable body, compiled once for each tier.
macro_rules! kernel {
    ($(#[$doc:meta])* fn $name:ident($($arg:ident: $type:ty),* $(,)?) $body:block) => {
        $(#[$doc])*
        pub(crate) fn $name(tier: Tier, $($arg: $type),*) {
            #[inline(always)]
            fn portable($($arg: $type),*) $body
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2")]
            fn avx2($($arg: $type),*) { portable($($arg),*) }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
            fn avx512($($arg: $type),*) { portable($($arg),*) }
            match tier {
                Tier::Portable => portable($($arg),*),
                #[cfg(target_arch = "x86_64")]
                #[expect(unsafe_code, reason = "calls a function compiled for a tier")]
                // SAFETY: `Encoder::new`, the one door to the kernels, refuses a tier that the
                // processor lacks.
                Tier::Avx2 | Tier::AvxVnni => unsafe { avx2($($arg),*) },
                #[cfg(target_arch = "x86_64")]
                #[expect(unsafe_code, reason = "calls a function compiled for a tier")]
                // SAFETY: `Encoder::new`, the one door to the kernels, refuses a tier that the
                // processor lacks.
                Tier::Avx512 => unsafe { avx512($($arg),*) },
                #[cfg(not(target_arch = "x86_64"))]
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Numbers from a seed, so that failures are small to print.
    fn numbers(seed: u64, n: usize) -> Vec<f32> {
        let mut state = seed | 1;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            ((state >> 40) as f32 / 16_777_216.0 - 0.5) * 8.0
        };
        (0..n).map(|_| next()).collect()
    }

    fn bits(x: &[f32]) -> Vec<u32> {
        x.iter().map(|x| x.to_bits()).collect()
    }

    proptest! {
        #[test]
        fn tiers_agree_bit_for_bit(seed: u64, n in 1usize..40, width in 1usize..120) {
            let x = numbers(seed, n * width);
            let run = |tier| {
                let mut normed = x.clone();
                layer_norm(tier, &mut normed, &vec![1.5; width], &vec![0.25; width], 1e-12);
                let mut bent = x.clone();
                gelu(tier, &mut bent);
                let mut added = x.clone();
                add(tier, &mut added, &bent);
                (bits(&normed), bits(&bent), bits(&added))
            };
            let portable = run(Tier::Portable);
            for tier in Tier::available() {
                prop_assert_eq!(run(tier), portable.clone(), "{:?}", tier);
            }
        }
    }

    #[test]
    fn a_tier_has_a_name() {
        for tier in Tier::available() {
            assert_eq!(Tier::from_name(tier.name()), Some(tier));
        }
        assert_eq!(Tier::from_name("sse"), None);
    }
}
