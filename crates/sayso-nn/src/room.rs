//! Where do tests put numbers, so that a step beyond them shows?
//!
//! In memory right before a page that nobody may touch: reading on into the page faults, and what is written around the
//! numbers is found, but not what is read before them. Under `AddressSanitizer` and Miri, which watch both ends of each
//! allocation, in one of exactly the size.

use std::fmt::Debug;
use std::ops::Range;

use sealed::Sealed;

/// What kernels compute with. Each pattern of bits is one of them, zeros too.
pub(crate) trait Number: Sealed + Copy + PartialEq + Debug + 'static {}

mod sealed {
    /// Other kinds might not be numbers when their bits are zeros.
    pub(crate) trait Sealed {}
}

macro_rules! numbers {
    ($($kind:ty)*) => { $(impl Sealed for $kind {} impl Number for $kind {})* };
}
numbers!(i8 u8 i16 i32 f32);

/// Memory whose end is watched. Numbers are put at its end or a little before it.
pub(crate) struct Room<T: Number> {
    memory: memory::Memory<T>,
    /// What stands where no numbers are.
    empty: T,
    taken: Range<usize>,
}

/// Numbers around the taken ones that are looked at.
const MARGIN: usize = 64;

impl<T: Number> Room<T> {
    /// For `most` numbers.
    pub(crate) fn new(most: usize, empty: T) -> Self {
        Self { memory: memory::new(most + 2 * MARGIN, empty), empty, taken: 0..0 }
    }

    /// Puts the numbers so that they end `slack` numbers, at most [`MARGIN`], before the end.
    pub(crate) fn put(&mut self, numbers: &[T], slack: usize) {
        self.memory[self.taken.clone()].fill(self.empty);
        memory::fit(&mut self.memory, numbers.len() + slack, self.empty);
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
        for around in [&self.memory[start.saturating_sub(MARGIN)..start], &self.memory[end..]] {
            assert!(around.iter().all(|x| *x == self.empty), "written around {start}..{end}: {around:?}");
        }
        &self.memory[start..end]
    }
}

#[cfg(not(any(miri, exact_rooms)))]
mod memory {
    //! Made once.

    use super::Number;

    /// Never given back, since tests end soon.
    pub(super) type Memory<T> = &'static mut [T];

    /// At least so many numbers.
    pub(super) fn new<T: Number>(n: usize, empty: T) -> Memory<T> {
        let memory = before_a_closed_page(n, empty);
        memory.fill(empty);
        memory
    }

    pub(super) fn fit<T: Number>(_: &mut Memory<T>, _: usize, _: T) {}

    #[cfg(unix)]
    fn before_a_closed_page<T: Number>(n: usize, _: T) -> Memory<T> {
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

    /// Where there are no such pages, what is written around the numbers shows all the same.
    #[cfg(not(unix))]
    fn before_a_closed_page<T: Number>(n: usize, empty: T) -> Memory<T> {
        vec![empty; n].leak()
    }
}

#[cfg(any(miri, exact_rooms))]
mod memory {
    //! Made anew for each putting.

    use super::Number;

    pub(super) type Memory<T> = Box<[T]>;

    pub(super) fn new<T: Number>(_: usize, _: T) -> Memory<T> {
        Box::default()
    }

    /// Of just so many numbers.
    pub(super) fn fit<T: Number>(memory: &mut Memory<T>, n: usize, empty: T) {
        *memory = vec![empty; n].into_boxed_slice();
    }
}
