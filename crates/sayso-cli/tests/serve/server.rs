//! A server of its own for each test, and a client that says exactly what it is told.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;

pub(crate) struct Server {
    child: Child,
    pub(crate) port: u16,
    _folder: TempDir,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: String,
    pub(crate) bytes: Vec<u8>,
    /// Whether all came, as its head or its end says.
    pub(crate) is_whole: bool,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(':'));
        lines.filter(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).next()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

pub(crate) fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

impl Server {
    /// An empty archive.
    pub(crate) fn start(args: &[&str]) -> Self {
        Self::in_folder(tempfile::tempdir().expect("a folder"), args)
    }

    /// An archive of the example articles.
    pub(crate) fn with_examples(args: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let added = Command::new(cargo_bin("sayso"))
            .args(["-q", "add", "--archive"])
            .arg(folder.path().join("a.sqlite"))
            .args(std::fs::read_dir(examples()).expect("examples").filter_map(|file| {
                let path = file.expect("a file").path();
                path.extension().is_some_and(|ending| ending == "html").then_some(path)
            }))
            .status();
        assert!(added.expect("it runs").success());
        Self::in_folder(folder, args)
    }

    pub(crate) fn in_folder(folder: TempDir, args: &[&str]) -> Self {
        let mut child = Command::new(cargo_bin("sayso"))
            .args(["serve", "--port", "0", "--archive"])
            .arg(folder.path().join("a.sqlite"))
            .args(args)
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        let mut said = String::new();
        let mut lines = BufReader::new(child.stderr.take().expect("stderr"));
        lines.read_line(&mut said).expect("a line");
        let port = said
            .split("localhost:")
            .nth(1)
            .and_then(|rest| rest.split(' ').next())
            .and_then(|port| port.parse().ok());
        // What it says later must not stop it.
        std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        Self { child, port: port.unwrap_or_else(|| panic!("no port: {said}")), _folder: folder }
    }

    /// The process's number.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends these bytes on a connection of their own and takes all that comes.
    pub(crate) fn raw(&self, request: &[u8]) -> Reply {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(100))).expect("a socket");
        // A server that has heard enough may hang up before it has all.
        let _ = stream.write_all(request);
        let mut reply = Vec::new();
        let _ = stream.read_to_end(&mut reply);
        let (head, body) = parted(&reply, b"\r\n\r\n").unwrap_or((&reply, b""));
        let head = String::from_utf8_lossy(head).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
        let is_chunked = head.to_ascii_lowercase().contains("transfer-encoding: chunked");
        let (bytes, is_whole) = if is_chunked { unchunked(body) } else { (body.to_vec(), true) };
        Reply { status, head, body: String::from_utf8_lossy(&bytes).into_owned(), bytes, is_whole }
    }

    pub(crate) fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        let mut request =
            format!("{method} {path} HTTP/1.1\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            request += &format!("host: localhost:{}\r\n", self.port);
        }
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        self.raw(&[(request + "\r\n").as_bytes(), body].concat())
    }

    /// The whole address of a path.
    pub(crate) fn at(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }

    pub(crate) fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &[], b"")
    }

    pub(crate) fn post(&self, path: &str, json: &serde_json::Value) -> Reply {
        self.send("POST", path, &[("content-type", "application/json")], json.to_string().as_bytes())
    }

    /// Sends a form as a browser does; a part with a file's name is a file.
    pub(crate) fn form(&self, path: &str, parts: &[(&str, Option<&str>, &[u8])]) -> Reply {
        let mut body = Vec::new();
        for (name, file, words) in parts {
            let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
            body.extend(
                format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes(),
            );
            body.extend(*words);
            body.extend(b"\r\n");
        }
        body.extend(b"--edge--\r\n");
        let origin = format!("http://localhost:{}", self.port);
        let headers = [("content-type", "multipart/form-data; boundary=edge"), ("origin", &origin)];
        self.send("POST", path, &headers, &body)
    }

    /// Sends a form and follows where it leads.
    pub(crate) fn followed(&self, path: &str, parts: &[(&str, Option<&str>, &[u8])]) -> (String, Reply) {
        let sent = self.form(path, parts);
        assert_eq!(sent.status, 303, "{sent:?}");
        let to = sent.header("location").expect("a place").to_owned();
        let reply = self.get(&to);
        (to, reply)
    }

    /// Asks it to end, as a system does; whether it ended well.
    #[cfg(unix)]
    pub(crate) fn end(mut self) -> bool {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill").success());
        self.child.wait().expect("it ends").success()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What stands before some bytes, and behind them.
fn parted<'a>(bytes: &'a [u8], at: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let n = bytes.windows(at.len()).position(|window| window == at)?;
    Some((&bytes[..n], &bytes[n + at.len()..]))
}

/// The parts of an answer, and whether their end came.
fn unchunked(mut body: &[u8]) -> (Vec<u8>, bool) {
    let mut whole = Vec::new();
    while let Some((size, rest)) = parted(body, b"\r\n") {
        let size =
            std::str::from_utf8(size).ok().and_then(|size| usize::from_str_radix(size.trim(), 16).ok());
        match size.filter(|size| rest.len() >= *size) {
            Some(0) => return (whole, true),
            Some(size) => whole.extend(&rest[..size]),
            None => break,
        }
        body = rest[size.unwrap_or_default()..].strip_prefix(b"\r\n").unwrap_or_default();
    }
    (whole, false)
}
