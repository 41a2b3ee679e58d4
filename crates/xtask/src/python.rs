//! Does the Python package do what it says, as a wheel that is installed?

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use crate::{ROOT, cargo, run, target};

const PACKAGE: &str = "crates/sayso-py";

/// Tests the package where there is a Python that can; says so where there is none. The program has been built by its own
/// tests, and is not built again.
pub(crate) fn python_if_there() -> bool {
    // The oldest that the package is for; Debian's lacks ensurepip until python3-venv is there.
    let asks = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 9))";
    let asked = Command::new("python3").args(["-c", asks]).stderr(Stdio::null()).status();
    if asked.is_ok_and(|status| status.success()) {
        return installed();
    }
    eprintln!(
        "SKIPPED: the Python package was not tested, as there is no python3 of 3.9 or later with venv."
    );
    true
}

/// Tests the package, with the program that its records are compared with.
pub(crate) fn python() -> bool {
    cargo(&["build", "--quiet", "--package", "sayso-cli"], &[]) && installed()
}

/// Builds the wheel, installs it, and runs its tests and the type checkers.
fn installed() -> bool {
    let Some(python) = environment("python", &format!("{PACKAGE}/tests/requirements.txt")) else {
        return false;
    };
    let (tests, program) = (format!("{PACKAGE}/tests"), target().join("debug").join(program()));
    let config = format!("{PACKAGE}/pyproject.toml");
    let module = |args: &[&str]| {
        let mut command = Command::new(&python);
        command.arg("-m").args(args).env("SAYSO_BIN", &program);
        run(&mut command)
    };
    let install =
        |wheel: &str| module(&["pip", "install", "--quiet", "--force-reinstall", "--no-deps", wheel]);
    wheel(&python).is_some_and(|wheel| install(&wheel))
        && module(&["mypy", "--config-file", &config, &format!("{PACKAGE}/python/sayso"), &tests])
        && module(&["mypy.stubtest", "--mypy-config-file", &config, "sayso._sayso"])
        && module(&["pytest", "--quiet", "-c", &config, &tests])
}

/// Builds the wheel as tests are built, and says where it is. It is for this machine alone.
fn wheel(python: &Path) -> Option<String> {
    let folder = target().join("python-wheel");
    // What an earlier version left would be installed as well.
    let _ = fs::remove_dir_all(&folder);
    let manifest = format!("{PACKAGE}/Cargo.toml");
    let mut build = Command::new(python);
    build.args(["-m", "maturin", "build", "--quiet", "--strip", "--compatibility", "linux"]);
    build.args(["--manifest-path", &manifest, "--out"]).arg(&folder);
    if !run(&mut build) {
        return None;
    }
    let mut wheels =
        fs::read_dir(&folder).ok()?.filter_map(|file| file.ok()?.path().into_os_string().into_string().ok());
    wheels.find(|path| path.ends_with(".whl"))
}

fn program() -> String {
    format!("sayso{}", env::consts::EXE_SUFFIX)
}

/// A Python that has what a file of requirements asks for, in an environment of that name. What it was made from is kept
/// beside it when all is installed, so one that was left half made, or was made from other versions, is made anew.
pub(crate) fn environment(name: &str, requirements: &str) -> Option<PathBuf> {
    let wanted = fs::read(Path::new(ROOT).join(requirements)).ok()?;
    let folder = target().join(name);
    let (python, stamp) = (folder.join("bin/python"), folder.join("made-from.txt"));
    let made = fs::read(&stamp).is_ok_and(|from| from == wanted)
        || run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))
            && run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "-r", requirements]))
            && fs::write(&stamp, &wanted).is_ok();
    made.then_some(python)
}
