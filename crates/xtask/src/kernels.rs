//! Do the kernels keep to their memory, and do other processors compute the same?
//!
//! `sayso-nn` is the product's only crate with `unsafe`. Its own tests compare every tier with portable code right
//! before a page that faults, so they see what is read behind the numbers. Here they run where both ends of each
//! allocation are watched, and on other processors.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::{ROOT, cargo, host, run, target};

/// All that can be looked at on this machine, each whatever became of the others; what can't is said.
pub(crate) fn kernels() -> bool {
    let folder = target().join("kernels");
    let outcomes = [
        ("AddressSanitizer", host().is_some_and(|host| address_sanitizer(&host, &folder))),
        ("Miri", miri(&folder)),
        ("64-bit ARM", arm(&folder)),
    ];
    for (name, _) in outcomes.iter().filter(|(_, passed)| !passed) {
        eprintln!("\nFAILED: the kernels under {name}\n");
    }
    outcomes.iter().all(|(_, passed)| *passed)
}

/// The loads and stores of compiled code, intrinsics among it, against the ends of allocations; of assembly none.
fn address_sanitizer(host: &str, folder: &Path) -> bool {
    if !host.ends_with("-linux-gnu") {
        return skipped("AddressSanitizer", "it is used on Linux only");
    }
    // The flag is not stable, and comes with the stable compiler. With an explicit target, so that build scripts and
    // macros are not instrumented.
    let env = [("RUSTC_BOOTSTRAP", "1"), ("RUSTFLAGS", "-Zsanitizer=address --cfg exact_rooms")];
    let folder = folder.join("asan");
    let folder = folder.to_str().unwrap_or_default();
    cargo(&["test", "--package", "sayso-nn", "--lib", "--target", host, "--target-dir", folder], &env)
}

/// The kernels interpreted, every tier whose instructions Miri knows. It asks the compiler's flags which those are,
/// not the processor.
fn miri(folder: &Path) -> bool {
    const BYTES: &str = "-Ctarget-feature=+avx2,+avxvnni,+avx512f,+avx512bw,+avx512dq,+avx512vl,+avx512vnni";
    const WORDS: &str = "-Ctarget-feature=+avx2,+avxvnni";
    if !succeeds(Command::new("cargo").args(["+nightly", "miri", "--version"])) {
        return skipped("Miri", "`rustup component add miri rust-src --toolchain nightly` installs it");
    }
    let interpret = |features: &str, name: &str, tests: &[&str]| {
        let mut command = Command::new("cargo");
        command.args(["+nightly", "miri", "test", "--package", "sayso-nn", "--lib"]);
        command.args(["--target", "x86_64-unknown-linux-gnu", "--target-dir"]).arg(folder.join(name));
        command.arg("--").args(tests).env("RUSTFLAGS", features);
        run(&mut command)
    };
    let bytes = interpret(BYTES, "miri", &["twins::", "--skip", "twins::tiles_of_words"]);
    // It doesn't know the instruction by which AVX-512 multiplies words.
    let words = interpret(WORDS, "miri-words", &["twins::tiles_of_words"]);
    bytes && words
}

/// All tests as 64-bit ARM, emulated: the newest processor, one with byte products, and one without.
fn arm(folder: &Path) -> bool {
    const TARGET: &str = "aarch64-unknown-linux-gnu";
    const LINKER: &str = "aarch64-linux-gnu-gcc";
    if cfg!(target_arch = "aarch64") {
        return skipped("64-bit ARM, emulated", "this machine is one");
    }
    let library = Command::new("rustc")
        .args(["--print", "target-libdir", "--target", TARGET])
        .current_dir(ROOT)
        .output();
    let library =
        library.map(|said| String::from_utf8_lossy(&said.stdout).trim().to_owned()).unwrap_or_default();
    if library.is_empty() || !Path::new(&library).exists() {
        return skipped("64-bit ARM", &format!("`rustup target add {TARGET}` installs its library"));
    }
    for program in [LINKER, "qemu-aarch64"] {
        if !succeeds(Command::new(program).arg("--version")) {
            return skipped("64-bit ARM", &format!("there is no {program}"));
        }
    }
    let folder = folder.join("arm");
    let folder = folder.to_str().unwrap_or_default();
    let outcomes = ["max,pauth-impdef=on", "neoverse-n1", "cortex-a72"].map(|cpu| {
        let runner = format!("qemu-aarch64 -L /usr/aarch64-linux-gnu -cpu {cpu}");
        let env = [
            ("CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER", LINKER),
            ("CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUNNER", &runner),
        ];
        let args = ["test", "--release", "--package", "sayso-nn", "--target", TARGET, "--target-dir", folder];
        cargo(&args, &env)
    });
    outcomes.iter().all(|passed| *passed)
}

/// Says what is left out; that is no failure.
fn skipped(what: &str, why: &str) -> bool {
    eprintln!("\nSKIPPED: the kernels under {what}: {why}\n");
    true
}

fn succeeds(command: &mut Command) -> bool {
    let command = command.current_dir(ROOT).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
