//! `sayso rules`, `--rules`: whose words mean what?

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use sayso::{Engine, RULE_FILES, Rules};

use crate::{Outcome, output};

/// The engine, with the rules of a folder instead of those of the same names where one is given.
pub(crate) fn engine(folder: Option<&Path>) -> Result<Engine> {
    let rules = folder.map(load).transpose()?;
    let engine = Engine::embedded()?;
    Ok(match rules {
        Some(rules) => engine.with_rules(rules),
        None => engine,
    })
}

fn load(folder: &Path) -> Result<Rules> {
    let name = || folder.display().to_string();
    let mut files = Vec::new();
    let mut paths = Vec::new();
    let no_folder = || format!("{}: no folder of rules; `sayso rules FOLDER` makes one", name());
    for entry in fs::read_dir(folder).with_context(no_folder)? {
        let path = entry.with_context(name)?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
    }
    // In one order everywhere, so that of several faults always the same one is told.
    paths.sort();
    ensure!(!paths.is_empty(), "{}: no .toml files; `sayso rules FOLDER` writes those to begin with", name());
    for path in paths {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        files.push((file, fs::read_to_string(&path).with_context(|| path.display().to_string())?));
    }
    Rules::with(&files).with_context(name)
}

/// Writes the rules that the program carries into a folder, to be changed there.
pub(crate) fn run(folder: &Path) -> Result<Outcome> {
    let name = || folder.display().to_string();
    fs::create_dir_all(folder).with_context(name)?;
    for (file, text) in RULE_FILES {
        let path = folder.join(file);
        let shown = output::plain_line(&path.display().to_string());
        // What somebody may have changed is left alone.
        if path.exists() {
            output::say(&format!("{shown}: it exists and is left as it is"));
            continue;
        }
        fs::write(&path, text).with_context(|| path.display().to_string())?;
        output::print(&format!("{shown}\n"))?;
    }
    Ok(Outcome::Done)
}
