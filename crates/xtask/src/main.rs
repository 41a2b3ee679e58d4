//! Which tasks do people and CI both run?

mod deep;

use std::process::{Command, ExitCode};

const USAGE: &str = "\
cargo xtask test             format, lints, docs, and all tests
cargo xtask deep [SECONDS]   the laws with many more cases, speed, and fuzzing, each target so long (60)
cargo xtask bench [FILE…]    our encoder against PyTorch's and candle's, on one article or these
cargo xtask bench-stages     articles a second and memory of each stage, and of a cold start";

/// The project's folder.
pub(crate) const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let seconds = args.get(1).map_or(Ok(60), |seconds| seconds.parse());
    let done = match args.first().map(String::as_str) {
        Some("test") => test(),
        Some("deep") if seconds.is_ok() => seconds.is_ok_and(deep::deep),
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
        && cargo(&["test", "--workspace"], &[])
}

/// With `PyTorch` from the package index in an environment of its own, where there is a Python that can make one.
fn bench(files: &[String]) -> bool {
    let folder = format!("{ROOT}/target/bench-peer");
    let python = format!("{folder}/bin/python");
    let made = std::path::Path::new(&python).exists()
        || run(Command::new("python3").args(["-m", "venv", &folder]))
            && run(Command::new(&python).args([
                "-m",
                "pip",
                "install",
                "--quiet",
                "-r",
                "bench/peer/requirements.txt",
            ]));
    let mut bench = vec!["run", "--release", "--manifest-path", "bench/Cargo.toml", "--"];
    bench.extend(files.iter().map(String::as_str));
    if made { cargo(&bench, &[("SAYSO_BENCH_PYTHON", &python)]) } else { cargo(&bench, &[]) }
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
