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
    out: PathBuf,
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
        let folder = std::env::temp_dir();
        let own = |name: &str| {
            folder.join(format!("sayso-bench-{}-{}{name}", std::process::id(), environment.len()))
        };
        let (rows, out) = (own("-rows.json"), own("-vectors"));
        std::fs::write(&rows, serde_json::to_string(windows)?)?;
        let mut process = Command::new(python)
            .arg(root.join("bench/peer/peer.py"))
            .args([root.join(weights), rows, out.clone()])
            .arg(threads.to_string())
            .envs(environment.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let (stdin, stdout) = (process.stdin.take(), process.stdout.take());
        let stdin = stdin.context("the peer has no input")?;
        let stdout = BufReader::new(stdout.context("the peer has no output")?);
        Ok(Some(Self { process: RefCell::new((process, stdin, stdout)), out }))
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

    /// The vectors of its first run.
    pub fn rows(&self, windows: &[Vec<u32>], d: usize) -> Result<Rows> {
        let bytes = std::fs::read(&self.out)?;
        let mut numbers = bytes.as_chunks::<4>().0.iter().map(|&word| f32::from_le_bytes(word));
        Ok(windows.iter().map(|window| numbers.by_ref().take(window.len() * d).collect()).collect())
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // It ends by itself when its input does; a dead one needs no more.
        let _ = self.process.borrow_mut().0.kill();
        let _ = self.process.borrow_mut().0.wait();
    }
}
