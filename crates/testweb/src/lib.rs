//! How does a test get web pages without the web?
//!
//! A [`Server`] answers on this machine alone, on a port that the system picks. It says
//! exactly the bytes a test wants, wrong ones too, and ends when it is dropped: no
//! connection is held longer than [`PATIENCE`], whatever the client does.
//!
//! ```
//! use std::io::{Read, Write};
//! use testweb::{Reply, Server};
//!
//! let server = Server::start(|path| match path {
//!     "/story" => Reply::page("<p>The bridge is closed."),
//!     _ => Reply::new(404, &[], b""),
//! });
//! let mut client = std::net::TcpStream::connect(server.address())?;
//! client.write_all(b"GET /story HTTP/1.1\r\n\r\n")?;
//! let mut answer = String::new();
//! client.read_to_string(&mut answer)?;
//! assert!(answer.starts_with("HTTP/1.1 200 ") && answer.ends_with("closed."));
//! assert_eq!(server.stop().connections, 1);
//! # Ok::<(), std::io::Error>(())
//! ```

mod reply;

pub use reply::Reply;

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How long one reading or writing of a connection may stand still.
pub const PATIENCE: Duration = Duration::from_secs(10);
/// A request's head may have this many bytes; the rest is not read.
const MAX_HEAD: u64 = 64 * 1024;
/// A reply that drips ends after this many drops.
const MAX_DRIPS: usize = 10_000;

/// A web server on 127.0.0.1 for one test.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    closing: Arc<AtomicBool>,
    requests: Arc<Mutex<Vec<String>>>,
    accepting: Option<JoinHandle<usize>>,
}

/// What a [`Server`] saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visits {
    /// How many connections were opened, with or without a request.
    pub connections: usize,
    /// The head of each request (request line and headers), in order of arrival.
    pub requests: Vec<String>,
}

impl Server {
    /// Starts to answer. `routes` maps a path with its query to what is said.
    ///
    /// # Panics
    /// When the system gives no port.
    pub fn start(routes: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback has a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let closing = Arc::new(AtomicBool::new(false));
        let requests = Arc::default();
        let connection = Connection {
            routes: Arc::new(routes),
            closing: Arc::clone(&closing),
            requests: Arc::clone(&requests),
        };
        let accepting = Some(thread::spawn(move || accept(&listener, &connection)));
        Self { address, closing, requests, accepting }
    }

    /// Where it answers.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The web address of a path, which begins with `/`.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Ends it, and says what it saw: every connection opened before this call is counted.
    pub fn stop(mut self) -> Visits {
        let connections = self.end();
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Visits { connections, requests }
    }

    fn end(&mut self) -> usize {
        let Some(accepting) = self.accepting.take() else { return 0 };
        self.closing.store(true, Ordering::SeqCst);
        // Connections are accepted in the order in which they were opened, so this one,
        // which only wakes the loop, comes last and isn't counted.
        drop(TcpStream::connect(self.address));
        accepting.join().unwrap_or(0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

/// What each connection's thread needs.
struct Connection<F> {
    routes: Arc<F>,
    closing: Arc<AtomicBool>,
    requests: Arc<Mutex<Vec<String>>>,
}

/// Answers until the server closes; gives the number of connections.
fn accept<F>(listener: &TcpListener, connection: &Connection<F>) -> usize
where
    F: Fn(&str) -> Reply + Send + Sync + 'static,
{
    let mut answering = Vec::new();
    let mut unanswered = 0;
    for stream in listener.incoming() {
        if connection.closing.load(Ordering::SeqCst) {
            // This one and those behind it wait in the queue; one of them is the wake-up.
            drop(listener.set_nonblocking(true));
            unanswered = listener.incoming().take_while(Result::is_ok).count();
            break;
        }
        let Ok(stream) = stream else { break };
        let connection = connection.share();
        // A client that goes away in the middle is part of many tests, and no error here.
        answering.push(thread::spawn(move || drop(connection.answer(&stream))));
    }
    let connections = answering.len() + unanswered;
    for thread in answering {
        drop(thread.join());
    }
    connections
}

impl<F: Fn(&str) -> Reply> Connection<F> {
    fn share(&self) -> Self {
        Self {
            routes: Arc::clone(&self.routes),
            closing: Arc::clone(&self.closing),
            requests: Arc::clone(&self.requests),
        }
    }

    fn answer(&self, mut stream: &TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let mut head = String::new();
        let mut lines = BufReader::new(stream.take(MAX_HEAD));
        while lines.read_line(&mut head)? > 2 {}
        // A body that is left unread would break the connection off.
        let mut length = head.lines().filter_map(|line| {
            line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse().ok()
        });
        io::copy(&mut lines.by_ref().take(length.next().unwrap_or(0)), &mut io::sink())?;
        let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).push(head);

        let reply = (self.routes)(&path);
        stream.write_all(&reply.bytes)?;
        if let Some((filler, pause)) = reply.drip {
            for _ in 0..MAX_DRIPS {
                if self.closing.load(Ordering::SeqCst) {
                    break;
                }
                thread::sleep(pause);
                stream.write_all(&[filler])?;
            }
        }
        stream.shutdown(Shutdown::Both)
    }
}
