//! Which tasks do people and CI both run?

use std::process::{Command, ExitCode};

const USAGE: &str = "\
cargo xtask test     format, lints, docs, and all tests
cargo xtask bench    our encoder against candle's, on one article";

fn main() -> ExitCode {
    let task = std::env::args().nth(1);
    let done = match task.as_deref() {
        Some("test") => test(),
        Some("bench") => cargo(&["run", "--release", "--manifest-path", "bench/Cargo.toml"], &[]),
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

/// Runs cargo in the project's root; says what it runs.
fn cargo(args: &[&str], env: &[(&str, &str)]) -> bool {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    eprintln!("$ cargo {}", args.join(" "));
    let status = Command::new("cargo").args(args).envs(env.iter().copied()).current_dir(root).status();
    match status {
        Ok(status) => status.success(),
        Err(error) => {
            eprintln!("cargo could not be run: {error}");
            false
        }
    }
}
