//! How fast is PyTorch, in a process beside ours?

use std::cell::RefCell;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result};

use crate::Rows;

/// What keeps PyTorch's own kernels, oneDNN and MKL from registers wider than AVX2's.
pub const HELD_TO_AVX2: [(&str, &str); 3] =
    [("ATEN_CPU_CAPABILITY", "avx2"), ("ONEDNN_MAX_CPU_ISA", "AVX2"), ("MKL_ENABLE_INSTRUCTIONS", "AVX2")];

/// A Python that runs `peer/peer.py` on some windows.
pub struct Peer {
    process: RefCell<(Child, ChildStdin, BufReader<ChildStdout>)>,
    files: Files,
}

/// A folder for what the two processes exchange, gone with its owner.
struct Files(PathBuf);

impl Drop for Files {
    fn drop(&mut self) {
        // What can't be removed is in the system's folder for such things.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Peer {
    /// Starts it with the Python of `SAYSO_BENCH_PYTHON`, which has PyTorch; `None` without one.
    pub fn start(
        root: &Path,
        weights: &str,
        windows: &[Vec<u32>],
        threads: usize,
        environment: &[(&str, &str)],
    ) -> Result<Option<Self>> {
        let Some(python) = std::env::var_os("SAYSO_BENCH_PYTHON") else { return Ok(None) };
        let name = format!("sayso-bench-{}-{}", std::process::id(), environment.len());
        let files = Files(std::env::temp_dir().join(name));
        std::fs::create_dir(&files.0)?;
        let rows = files.0.join("rows.json");
        std::fs::write(&rows, serde_json::to_string(windows)?)?;
        let mut process = Command::new(python)
            .arg(root.join("bench/peer/peer.py"))
            .args([root.join(weights), rows, files.0.clone()])
            .arg(threads.to_string())
            .envs(environment.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let (stdin, stdout) = (process.stdin.take(), process.stdout.take());
        let stdin = stdin.context("the peer has no input")?;
        let stdout = BufReader::new(stdout.context("the peer has no output")?);
        Ok(Some(Self { process: RefCell::new((process, stdin, stdout)), files }))
    }

    /// The milliseconds of one run, by its own clock.
    pub fn run(&self, kind: &str) -> Result<f64> {
        let mut process = self.process.borrow_mut();
        writeln!(process.1, "{kind}")?;
        process.1.flush()?;
        let mut line = String::new();
        process.2.read_line(&mut line)?;
        line.trim().parse().context("the peer stopped")
    }

    /// The vectors of its first run of a kind.
    pub fn rows(&self, kind: &str, windows: &[Vec<u32>], d: usize) -> Result<Rows> {
        let bytes = std::fs::read(self.files.0.join(kind))?;
        let mut numbers = bytes.as_chunks::<4>().0.iter().map(|&word| f32::from_le_bytes(word));
        Ok(windows.iter().map(|window| numbers.by_ref().take(window.len() * d).collect()).collect())
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // Not by the end of its input, which it would read only after a run; an error says that it has ended.
        let _ = self.process.borrow_mut().0.kill();
        let _ = self.process.borrow_mut().0.wait();
    }
}
