//! Do the laws hold for what nobody thought of?

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use crate::{ROOT, cargo, host, kernels, python, run, target};

const TARGETS: &[&str] =
    &["ingest_html", "ingest_text", "ingest_markdown", "ingest_json", "document", "check"];

/// Stands before the bytes of a seed where targets read the encoding: none is named.
const NO_CHARSET: &[u8] = &[u8::MAX];

/// The flags by which code tells libFuzzer where it has been, as `rustc` of the pinned
/// version takes them.
const COVERAGE: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 --cfg fuzzing";

/// The benches have workspaces of their own, which `cargo xtask test` doesn't see: it would build all rivals.
const BENCHES: &[&str] = &["bench/Cargo.toml", "bench/extraction/Cargo.toml", "bench/stages/Cargo.toml"];

/// The property tests with many more cases, the Python package's wheel, the tests of how the time grows, fifty kills of an
/// import, fifty clients of a server, its API against its description, the kernels' memory, the benches' lints and tests, and
/// then each fuzz target for `seconds`.
pub(crate) fn deep(seconds: u32) -> bool {
    let tests = ["test", "--release", "--package", "sayso-text", "--test", "text"];
    // One at a time, so that no test's work is measured as another's.
    let speed = [&tests[..], &["speed", "--", "--ignored", "--test-threads", "1"]].concat();
    let laws = cargo(&[&tests[..], &["laws"]].concat(), &[("PROPTEST_CASES", "20000")]);
    let others = ["test", "--release", "--package", "sayso-view", "--package", "sayso-fetch"];
    let kills =
        ["test", "--release", "--package", "sayso-cli", "--test", "cli", "fifty_kills", "--", "--ignored"];
    laws && python::python()
        && cargo(&kills, &[])
        && served("load::fifty_clients_for_a_minute", &[])
        && described()
        && cargo(&others, &[("PROPTEST_CASES", "2000")])
        && cargo(&speed, &[])
        && kernels::kernels()
        && BENCHES.iter().all(|manifest| bench(manifest))
        && host()
            .is_some_and(|host| build(&host) && TARGETS.iter().all(|target| fuzz(target, &host, seconds)))
}

/// A test of the server that takes minutes.
fn served(name: &str, env: &[(&str, &str)]) -> bool {
    let test = ["test", "--release", "--package", "sayso-cli", "--test", "serve", name];
    cargo(&[&test[..], &["--", "--ignored", "--exact", "--nocapture"]].concat(), env)
}

/// The API held against its description, with schemathesis from the package index in an environment of its own.
fn described() -> bool {
    let python =
        python::environment("schemathesis", "crates/sayso-cli/tests/serve/described/requirements.txt");
    let program =
        python.and_then(|python| python.with_file_name("schemathesis").into_os_string().into_string().ok());
    program.is_some_and(|program| {
        served("described::schemathesis_finds_no_fault", &[("SAYSO_SCHEMATHESIS", &program)])
    })
}

fn bench(manifest: &str) -> bool {
    cargo(&["clippy", "--manifest-path", manifest, "--all-targets", "--quiet", "--", "-D", "warnings"], &[])
        && cargo(&["test", "--manifest-path", manifest, "--quiet"], &[])
}

/// With an explicit target, so that build scripts and macros are not instrumented.
fn build(host: &str) -> bool {
    let folder = folder();
    let manifest = ["--manifest-path", "fuzz/Cargo.toml", "--target-dir"];
    let mut args = vec!["build", "--release", "--target", host];
    args.extend(manifest);
    args.push(folder.to_str().unwrap_or_default());
    cargo(&args, &[("RUSTFLAGS", COVERAGE)])
}

/// Bytes that broke something are left in the folder `found`.
fn fuzz(target: &str, host: &str, seconds: u32) -> bool {
    let folder = folder();
    let (corpus, seeds) = (folder.join("corpus").join(target), folder.join("seeds").join(target));
    let found = folder.join("found");
    let made = [&corpus, &found].into_iter().try_for_each(fs::create_dir_all);
    if let Err(error) = made.and_then(|()| write_seeds(target, &seeds)) {
        eprintln!("{}: {error}", folder.display());
        return false;
    }
    let mut command = Command::new(folder.join(host).join("release").join(target));
    command.arg(format!("-max_total_time={seconds}"));
    command.args([
        "-timeout=10",
        "-rss_limit_mb=4096",
        // A check reads both its texts whole, for which longer ones take too much of the time.
        if target == "check" { "-max_len=2000" } else { "-max_len=32768" },
        "-verbosity=0",
        "-print_final_stats=1",
    ]);
    command.arg(format!("-artifact_prefix={}/{target}-", found.display()));
    run(command.arg(&corpus).arg(&seeds))
}

/// The examples, and small texts that open each way of reading.
fn write_seeds(target: &str, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (n, text) in SEEDS.iter().enumerate() {
        fs::write(folder.join(n.to_string()), [prefix(target), text.as_bytes()].concat())?;
    }
    for entry in fs::read_dir(Path::new(ROOT).join("examples"))? {
        let path = entry?.path();
        if let (Some("html"), Some(name)) = (path.extension().and_then(OsStr::to_str), path.file_name()) {
            fs::write(folder.join(name), [prefix(target), &fs::read(&path)?].concat())?;
        }
    }
    Ok(())
}

fn prefix(target: &str) -> &'static [u8] {
    if target.starts_with("ingest_") { NO_CHARSET } else { &[] }
}

fn folder() -> PathBuf {
    target().join("fuzz")
}

const SEEDS: &[&str] = &[
    "“It’s not safe,” Lee said Monday; 14 were hurt.\0“It’s safe,” said Dr. Ann Lee, the mayor, on Tuesday. Police said 41 were hurt. Brell denied it.",
    "Bridge Stays Closed\n\n“It’s late,” said Dr. Lee. “Nobody answered\n\n“and ‘why’?” 5'10\" in the '90s.",
    "> The harbour bridge stays\n> closed, she said.\n>\n>> “Why?”\n",
    "---\ntitle: Rain\nauthors:\n  - Ann Lee\n---\n# Rain\n\n| a | b |\n|---|---|\n| c | d |\n\n```\ncode\n```\n<div>a</div>\n",
    "{\"text\": \"Rain\\n\\nIt fell.\", \"title\": \"Rain\", \"url\": null, \"x\": [1]}",
    "[{\"article\": {\"text\": \"It fell \\ud83c\\udf0a.\"}}, {\"text\": 5}]",
    "<!doctype html><meta charset=latin1><h1>Rain</h1><table><tr><td>a</table><q>so</q><ul><li>b<br>c</ul><script>{}</script>",
    "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"author\":[{\"name\":\"A\"}]}</script><p>Rain fell.<p>It stopped.",
];
