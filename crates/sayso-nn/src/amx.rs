//! Sums of products of bytes by the matrix unit of x86-64: sixteen rows with a panel of 48 outputs.
//!
//! A tile is a register of sixteen rows of 64 bytes. One of activations is multiplied with three of weights, as
//! `quads` packs them, and added to three of sums. Assembly, because the language has no stable names for it yet.
//!
//! # Source
//! Intel 64 and IA-32 Architectures Software Developer's Manual, volume 1, chapter 18; the kernel's
//! `Documentation/arch/x86/xstate.rst`.

use std::arch::asm;
use std::arch::x86_64::{__cpuid, __cpuid_count, _xgetbv};
use std::cell::Cell;
use std::marker::PhantomData;
use std::sync::OnceLock;

use crate::quads::PANEL;

/// Rows that are multiplied together.
pub(crate) const ROWS: usize = 16;
/// Columns of a tile; a matrix must have a multiple of them.
pub(crate) const COLUMNS: usize = 64;

pub(crate) type Sums = [[i32; PANEL]; ROWS];

/// Sums whose rows begin with a line of the cache, as those of a tile do.
#[repr(align(64))]
pub(crate) struct Aligned(pub(crate) Sums);

/// Bytes from four columns of a panel to the next four, and from a row of sums to the next.
const STRIDE: usize = 4 * PANEL;
const _: () = assert!(STRIDE == size_of::<Sums>() / ROWS && STRIDE == 3 * 64);

/// Whether tiles can be used here: asked of the processor, and then of the kernel, which grants a process the room for
/// their contents.
pub(crate) fn available() -> bool {
    static AVAILABLE: OnceLock<bool> = OnceLock::new();
    *AVAILABLE.get_or_init(|| cfg!(not(miri)) && (has_tiles() || pretended()) && permitted())
}

/// For tests where something else carries out the instructions that the processor lacks.
fn pretended() -> bool {
    cfg!(test) && std::env::var_os("SAYSO_TEST_AMX").is_some()
}

/// Whether the processor multiplies tiles of bytes and the kernel has switched tiles on.
fn has_tiles() -> bool {
    const OSXSAVE: u32 = 1 << 27;
    const AMX_TILE: u32 = 1 << 24;
    const AMX_INT8: u32 = 1 << 25;
    const SHAPE_AND_DATA: u64 = 1 << 17 | 1 << 18;
    if __cpuid(0).eax < 7 || __cpuid(1).ecx & OSXSAVE == 0 {
        return false;
    }
    if __cpuid_count(7, 0).edx & (AMX_TILE | AMX_INT8) != AMX_TILE | AMX_INT8 {
        return false;
    }
    #[target_feature(enable = "xsave")]
    fn enabled() -> u64 {
        #[expect(unsafe_code, reason = "reads a register of the processor")]
        // SAFETY: register 0 is there wherever the instruction is.
        unsafe {
            _xgetbv(0)
        }
    }
    #[expect(unsafe_code, reason = "calls a function compiled for an instruction")]
    // SAFETY: OSXSAVE says that the instruction is there and allowed.
    let enabled = unsafe { enabled() };
    enabled & SHAPE_AND_DATA == SHAPE_AND_DATA
}

/// Asks the kernel to let this process use tiles: all its threads, present and future.
fn permitted() -> bool {
    const ARCH_REQ_XCOMP_PERM: libc::c_long = 0x1023;
    const TILE_DATA: libc::c_long = 18;
    #[expect(unsafe_code, reason = "a system call")]
    // SAFETY: it takes two numbers and touches no memory; a kernel that doesn't know it says so.
    unsafe {
        libc::syscall(libc::SYS_arch_prctl, ARCH_REQ_XCOMP_PERM, TILE_DATA) == 0
    }
}

/// What LDTILECFG reads.
#[repr(C, align(64))]
struct Shape {
    palette: u8,
    start_row: u8,
    reserved: [u8; 14],
    row_bytes: [u16; 16],
    rows: [u8; 16],
}

/// Eight tiles of full size.
const SHAPE: Shape = {
    let (mut row_bytes, mut rows) = ([0; 16], [0; 16]);
    let mut tile = 0;
    while tile < 8 {
        (row_bytes[tile], rows[tile]) = (64, 16);
        tile += 1;
    }
    Shape { palette: 1, start_row: 0, reserved: [0; 14], row_bytes, rows }
};
const _: () = assert!(size_of::<Shape>() == 64);

thread_local! {
    /// Whether this thread has [`Tiles`]. Of two the first that is dropped would end both, and using the other fault.
    static TAKEN: Cell<bool> = const { Cell::new(false) };
}

/// This thread's tiles, shaped until they are dropped.
pub(crate) struct Tiles(PhantomData<*const ()>);

impl Tiles {
    /// Shapes the tiles, where there are any and this thread has not taken them.
    pub(crate) fn new() -> Option<Self> {
        static CONFIGURATION: Shape = SHAPE;
        if !available() || TAKEN.replace(true) {
            return None;
        }
        #[expect(unsafe_code, reason = "assembly")]
        // SAFETY: the instruction is there and permitted, and reads the 64 bytes of a valid shape. All tiles become
        // zeros.
        unsafe {
            asm!(
                "ldtilecfg [{}]",
                in(reg) &raw const CONFIGURATION,
                out("tmm0") _, out("tmm1") _, out("tmm2") _, out("tmm3") _,
                out("tmm4") _, out("tmm5") _, out("tmm6") _, out("tmm7") _,
                options(nostack, readonly, preserves_flags),
            );
        }
        Some(Self(PhantomData))
    }

    /// The sums of sixteen rows of bytes, one behind the other, with a panel.
    pub(crate) fn multiply(&self, a: &[i8], panel: &[u8], sums: &mut Sums) {
        let columns = a.len() / ROWS;
        assert!(a.len().is_multiple_of(ROWS * COLUMNS) && panel.len() == columns * PANEL && columns > 0);
        #[expect(unsafe_code, reason = "assembly")]
        // SAFETY: the tiles are shaped on this thread. In each step 64 columns of sixteen rows are read, and sixteen times
        // 192 bytes of the panel, in three tiles side by side; as the assertion says, that is all of both and no more.
        // What is written is `sums`.
        unsafe {
            asm!(
                "tilezero tmm0",
                "tilezero tmm1",
                "tilezero tmm2",
                "2:",
                "tileloadd tmm3, [{a} + {columns}]",
                "tileloadd tmm4, [{w} + {stride}]",
                "tileloadd tmm5, [{w} + {stride} + 64]",
                "tileloadd tmm6, [{w} + {stride} + 128]",
                "tdpbsud tmm0, tmm3, tmm4",
                "tdpbsud tmm1, tmm3, tmm5",
                "tdpbsud tmm2, tmm3, tmm6",
                "add {a}, {step}",
                "add {w}, {w_step}",
                "dec {steps}",
                "jnz 2b",
                "tilestored [{sums} + {stride}], tmm0",
                "tilestored [{sums} + {stride} + 64], tmm1",
                "tilestored [{sums} + {stride} + 128], tmm2",
                a = inout(reg) a.as_ptr() => _,
                w = inout(reg) panel.as_ptr() => _,
                steps = inout(reg) columns / COLUMNS => _,
                columns = in(reg) columns,
                stride = in(reg) STRIDE,
                sums = in(reg) sums.as_mut_ptr(),
                step = const COLUMNS,
                w_step = const COLUMNS / 4 * STRIDE,
                out("tmm0") _, out("tmm1") _, out("tmm2") _, out("tmm3") _,
                out("tmm4") _, out("tmm5") _, out("tmm6") _,
                options(nostack),
            );
        }
    }
}

impl Drop for Tiles {
    fn drop(&mut self) {
        #[expect(unsafe_code, reason = "assembly")]
        // SAFETY: the instruction is there, and this thread's tiles hold nothing that is still wanted.
        unsafe {
            asm!(
                "tilerelease",
                out("tmm0") _, out("tmm1") _, out("tmm2") _, out("tmm3") _,
                out("tmm4") _, out("tmm5") _, out("tmm6") _, out("tmm7") _,
                options(nostack, nomem, preserves_flags),
            );
        }
        TAKEN.set(false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_has_tiles_once() {
        let Some(first) = Tiles::new() else {
            eprintln!("SKIPPED: this processor has no AMX");
            return;
        };
        assert!(Tiles::new().is_none());
        std::thread::spawn(|| assert!(Tiles::new().is_some())).join().expect("another thread has its own");
        drop(first);
        assert!(Tiles::new().is_some());
    }
}
