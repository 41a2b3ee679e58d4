//! Which tasks do people and CI both run?

mod deep;
mod kernels;
mod python;

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

const USAGE: &str = "\
cargo xtask test             format, lints, docs, and all tests
cargo xtask python           the Python package: its wheel, its tests, its types, in an environment of its own
cargo xtask deep [SECONDS]   the laws with many more cases, speed, kernels, benches, and fuzzing, each target so long (60)
cargo xtask kernels          the kernels' tests under AddressSanitizer, Miri, and as 64-bit ARM
cargo xtask bench [FILE…]    our encoder against PyTorch's and candle's, on one article or these
cargo xtask bench-stages     articles a second and memory of each stage, and of a cold start";

/// The project's folder.
pub(crate) const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let seconds = args.get(1).map_or(Ok(60), |seconds| seconds.parse());
    let done = match args.first().map(String::as_str) {
        Some("test") => test(),
        Some("python") => python::python(),
        Some("deep") if seconds.is_ok() => seconds.is_ok_and(deep::deep),
        Some("kernels") => kernels::kernels(),
        Some("bench") => bench(&args[1..]),
        Some("bench-stages") => {
            cargo(&["build", "--release"], &[])
                && cargo(&["run", "--release", "--manifest-path", "bench/stages/Cargo.toml"], &[])
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    if done { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The quick checks first, so that a slip shows early.
fn test() -> bool {
    let deny = [("RUSTDOCFLAGS", "-D warnings")];
    cargo(&["fmt", "--all", "--check"], &[])
        && cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"], &[])
        && cargo(&["doc", "--workspace", "--no-deps", "--quiet"], &deny)
        // With the module for Python, which no test of Rust's needs.
        && cargo(&["build", "--workspace", "--all-targets", "--quiet"], &[])
        && cargo(&["test", "--workspace"], &[])
        && python::python_if_there()
}

/// With `PyTorch` from the package index in an environment of its own, where there is a Python that can make one.
fn bench(files: &[String]) -> bool {
    let mut bench = vec!["run", "--release", "--manifest-path", "bench/Cargo.toml", "--"];
    bench.extend(files.iter().map(String::as_str));
    let python = python::environment("bench-peer", "bench/peer/requirements.txt");
    let python = python.and_then(|python| python.into_os_string().into_string().ok());
    let env: Vec<_> = python.iter().map(|python| ("SAYSO_BENCH_PYTHON", python.as_str())).collect();
    cargo(&bench, &env)
}

/// Runs cargo in the project's folder.
pub(crate) fn cargo(args: &[&str], env: &[(&str, &str)]) -> bool {
    run(Command::new("cargo").args(args).envs(env.iter().copied()))
}

/// Runs a command in the project's folder; says what it runs.
pub(crate) fn run(command: &mut Command) -> bool {
    let args: Vec<_> = command.get_args().map(|arg| arg.to_string_lossy()).collect();
    eprintln!("$ {} {}", command.get_program().display(), args.join(" "));
    match command.current_dir(ROOT).status() {
        Ok(status) => status.success(),
        Err(error) => {
            eprintln!("{} could not be run: {error}", command.get_program().display());
            false
        }
    }
}

/// The folder that things are built in; a relative one is relative to the project's, where everything is run.
pub(crate) fn target() -> PathBuf {
    Path::new(ROOT).join(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// The name of this machine's platform, as `rustc` gives it.
pub(crate) fn host() -> Option<String> {
    let said = Command::new("rustc").arg("-vV").current_dir(ROOT).output().ok()?.stdout;
    String::from_utf8(said).ok()?.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_owned)
}
