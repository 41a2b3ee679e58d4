//! Does the Python package do what it says, beside its module and as a wheel that is installed?

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use crate::{ROOT, cargo, run, target};

const PACKAGE: &str = "crates/sayso-py";

/// Tests the package where there is a Python that can, with the module that the workspace's build has left; says so where
/// there is none. A wheel would build all that the module needs anew, as its crates ask for fewer features alone.
pub(crate) fn python_if_there() -> bool {
    // The oldest that the package is for; Debian's lacks ensurepip until python3-venv is there.
    let asks = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 9))";
    let asked = Command::new("python3").args(["-c", asks]).stderr(Stdio::null()).status();
    if asked.is_ok_and(|status| status.success()) {
        return beside_its_module();
    }
    eprintln!(
        "SKIPPED: the Python package was not tested, as there is no python3 of 3.9 or later with venv."
    );
    true
}

/// Tests the package as a wheel, with the program that its records are compared with.
pub(crate) fn python() -> bool {
    cargo(&["build", "--quiet", "--package", "sayso-cli"], &[]) && installed()
}

/// Puts the module beside the package's files, as a wheel has it.
fn beside_its_module() -> bool {
    let folder = target().join("python-package");
    let package = folder.join("sayso");
    let module =
        target().join("debug").join(format!("{}_sayso{}", env::consts::DLL_PREFIX, env::consts::DLL_SUFFIX));
    // What an earlier version left would be imported as well.
    let _ = fs::remove_dir_all(&folder);
    let ending = if cfg!(windows) { "pyd" } else { "abi3.so" };
    let copied = fs::create_dir_all(&package)
        .and_then(|()| fs::read_dir(Path::new(ROOT).join(PACKAGE).join("python/sayso")))
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .and_then(|files| {
            let files = files.iter().filter(|file| file.path().is_file());
            files
                .map(|file| fs::copy(file.path(), package.join(file.file_name())))
                .collect::<Result<Vec<_>, _>>()
        })
        .and_then(|_| fs::copy(&module, package.join(format!("_sayso.{ending}"))));
    if let Err(error) = copied {
        eprintln!("{} could not be put into the Python package: {error}", module.display());
        return false;
    }
    environment_of_tests().is_some_and(|python| tests(&python, Some(&folder)))
}

/// Builds the wheel, installs it, and runs its tests and the type checkers.
fn installed() -> bool {
    let Some(python) = environment_of_tests() else { return false };
    let install = |wheel: String| {
        let mut pip = Command::new(&python);
        run(pip.args(["-m", "pip", "install", "--quiet", "--force-reinstall", "--no-deps", &wheel]))
    };
    wheel(&python).is_some_and(install) && tests(&python, None)
}

fn environment_of_tests() -> Option<PathBuf> {
    environment("python", &format!("{PACKAGE}/tests/requirements.txt"))
}

/// The package's tests and the type checkers, with the package of a folder, or else the one that is installed.
fn tests(python: &Path, folder: Option<&Path>) -> bool {
    let (tests, program) = (format!("{PACKAGE}/tests"), target().join("debug").join(program()));
    let config = format!("{PACKAGE}/pyproject.toml");
    let module = |args: &[&str]| {
        let mut command = Command::new(python);
        command.arg("-m").args(args).env("SAYSO_BIN", &program);
        if let Some(folder) = folder {
            command.env("PYTHONPATH", folder);
        }
        run(&mut command)
    };
    module(&["mypy", "--config-file", &config, &format!("{PACKAGE}/python/sayso"), &tests])
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
