//! How fast could the products be? Bare loops of each tier's instruction, on registers alone.

use std::time::Instant;

use sayso_nn::Tier;

/// Instructions in a step, each with a sum of its own: more than the latency times the ports of any processor.
const SUMS: u64 = 12;
const STEPS: u64 = 4_000_000;
/// The best of so many runs.
const RUNS: usize = 5;

/// Operations (a multiplication or an addition of whole numbers) a second on one core; `None` for a tier without a
/// loop here.
pub fn operations(tier: Tier) -> Option<f64> {
    let (run, each): (fn(), u64) = match tier {
        #[cfg(target_arch = "x86_64")]
        Tier::Avx2 => (x86::avx2, 128),
        #[cfg(target_arch = "x86_64")]
        Tier::AvxVnni => (x86::avx_vnni, 64),
        #[cfg(target_arch = "x86_64")]
        Tier::Avx512 => (x86::avx512, 128),
        _ => return None,
    };
    let seconds = |_| {
        let start = Instant::now();
        run();
        start.elapsed().as_secs_f64()
    };
    let least = (0..RUNS).map(seconds).fold(f64::INFINITY, f64::min);
    Some((STEPS * SUMS * each) as f64 / least)
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::asm;

    use super::STEPS;

    /// A loop of the same line for each of twelve registers.
    macro_rules! bare {
        ($name:ident, $line:literal) => {
            pub fn $name() {
                // SAFETY: registers alone are touched; a tier is measured only where the processor has it.
                unsafe {
                    asm!(
                        ".macro step i",
                        $line,
                        ".endm",
                        "2:",
                        ".irp i, 0,1,2,3,4,5,6,7,8,9,10,11",
                        "step \\i",
                        ".endr",
                        "dec {steps}",
                        "jnz 2b",
                        ".purgem step",
                        steps = inout(reg) STEPS => _,
                        out("xmm0") _, out("xmm1") _, out("xmm2") _, out("xmm3") _, out("xmm4") _, out("xmm5") _,
                        out("xmm6") _, out("xmm7") _, out("xmm8") _, out("xmm9") _, out("xmm10") _,
                        out("xmm11") _, out("xmm12") _, out("xmm13") _,
                        options(nomem, nostack)
                    );
                }
            }
        };
    }

    // Four products are added in 16 bits before they are widened. They go into 12, and from there to the sum: the
    // processor renames it.
    bare!(
        avx2,
        "vpmaddubsw ymm12, ymm14, ymm15\nvpmaddubsw ymm13, ymm14, ymm15\nvpaddw ymm12, ymm12, ymm13\n\
         vpmaddwd ymm12, ymm12, ymm15\nvpaddd ymm\\i, ymm\\i, ymm12"
    );
    bare!(avx_vnni, "{{vex}} vpdpbusd ymm\\i, ymm14, ymm15");
    bare!(avx512, "vpdpbusd zmm\\i, zmm14, zmm15");
}
