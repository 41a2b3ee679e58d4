//! Where do tests put numbers, so that a step beyond them shows?

use std::fmt::Debug;
use std::ops::Range;

/// Memory right before a page that nobody may touch. Numbers are put at its end or a little before it: reading on
/// into the page faults, and what is written around them is found.
pub(crate) struct Room<T: 'static> {
    memory: &'static mut [T],
    /// What stands where no numbers are.
    empty: T,
    taken: Range<usize>,
}

/// Numbers around the taken ones that are looked at.
const MARGIN: usize = 64;

impl<T: Copy + PartialEq + Debug> Room<T> {
    /// For `most` numbers, which are integers or floats. The memory is never given back, since tests end soon.
    pub(crate) fn new(most: usize, empty: T) -> Self {
        let memory = memory(most + 2 * MARGIN, empty);
        memory.fill(empty);
        Self { memory, empty, taken: 0..0 }
    }

    /// Puts the numbers so that they end `slack` numbers, at most [`MARGIN`], before the closed page.
    pub(crate) fn put(&mut self, numbers: &[T], slack: usize) {
        self.memory[self.taken.clone()].fill(self.empty);
        let end = self.memory.len() - slack;
        self.taken = end - numbers.len()..end;
        self.memory[self.taken.clone()].copy_from_slice(numbers);
    }

    /// What was put.
    pub(crate) fn numbers(&mut self) -> &mut [T] {
        &mut self.memory[self.taken.clone()]
    }

    /// What became of it, after a look at what stands around it.
    pub(crate) fn checked(&self) -> &[T] {
        let Range { start, end } = self.taken;
        for around in [&self.memory[start - MARGIN..start], &self.memory[end..]] {
            assert!(around.iter().all(|x| *x == self.empty), "written around {start}..{end}: {around:?}");
        }
        &self.memory[start..end]
    }
}

/// At least so many numbers, before a page that faults.
#[cfg(all(unix, not(miri)))]
fn memory<T>(n: usize, _: T) -> &'static mut [T] {
    #[expect(unsafe_code, reason = "system calls, and memory from them")]
    // SAFETY: the system picks fresh memory, zeros, which are a number of every kind; a page is aligned for any of
    // them, and only the last page, behind what the slice covers, is closed.
    unsafe {
        let page = usize::try_from(libc::sysconf(libc::_SC_PAGESIZE)).expect("a size");
        let n_bytes = (n * size_of::<T>()).next_multiple_of(page);
        let (access, kind) = (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANON);
        let start = libc::mmap(std::ptr::null_mut(), n_bytes + page, access, kind, -1, 0);
        assert!(start != libc::MAP_FAILED, "no memory");
        assert_eq!(libc::mprotect(start.byte_add(n_bytes), page, libc::PROT_NONE), 0);
        std::slice::from_raw_parts_mut(start.cast(), n_bytes / size_of::<T>())
    }
}

/// Without such pages; Miri sees by itself what is beyond.
#[cfg(not(all(unix, not(miri))))]
fn memory<T: Copy>(n: usize, empty: T) -> &'static mut [T] {
    vec![empty; n].leak()
}
