//! Does the guard hold where the names, and the certificates, are of the test's own making?

use std::collections::HashMap;
use std::io::{self, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use proptest::prelude::*;
use testweb::{Reply, Server};
use ureq::config::Config;
use ureq::http::Uri;
use ureq::tls::{Certificate, RootCerts};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use crate::guard::Guard;
use crate::printable::steers;
use crate::{Error, ErrorKind, Fetcher, Options};

/// Knows the names it is given, and no others. It counts the look-ups.
#[derive(Debug, Default, Clone)]
struct Names {
    known: HashMap<String, Vec<SocketAddr>>,
    asked: Arc<AtomicUsize>,
}

impl Names {
    fn new(known: &[(&str, &[SocketAddr])]) -> Self {
        let known = known.iter().map(|(name, addresses)| ((*name).to_owned(), addresses.to_vec())).collect();
        Self { known, ..Self::default() }
    }
}

impl Resolver for Names {
    fn resolve(&self, uri: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let addresses = self.known.get(uri.host().unwrap_or_default()).ok_or(ureq::Error::HostNotFound)?;
        let mut found = self.empty();
        addresses.iter().for_each(|address| found.push(*address));
        Ok(found)
    }
}

/// Stands for the public web: what it knows is connected to without the guard, all else goes
/// by the real one.
#[derive(Debug)]
struct Public {
    web: Names,
    rest: Guard<DefaultResolver>,
}

impl Resolver for Public {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        self.web
            .resolve(uri, config, NextTimeout::default())
            .or_else(|_| self.rest.resolve(uri, config, timeout))
    }
}

/// A fetcher to which `news.example` is a server of the public web.
fn public(server: &Server) -> Fetcher {
    let web = Names::new(&[("news.example", &[server.address()])]);
    let rest = Guard { names: DefaultResolver::default(), allow_private: false };
    Fetcher::with(Options::default(), Public { web, rest }, RootCerts::WebPki, "test").unwrap()
}

/// A fetcher whose guard judges what these names say.
fn guarded(names: Names, options: Options) -> Fetcher {
    let guard = Guard { names, allow_private: options.allow_private };
    Fetcher::with(options, guard, RootCerts::WebPki, "test").unwrap()
}

#[test]
fn a_redirect_from_the_public_web_to_this_computer_is_refused() {
    let secret = Server::start(|_| Reply::page("secret"));
    let port = secret.address().port();
    let locations = [
        format!("http://127.0.0.1:{port}/"),
        format!("http://localhost:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        format!("//0x7f.1:{port}/"),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "http://metadata.google.internal/".to_owned(),
    ];
    for location in locations {
        let to = location.clone();
        let server = Server::start(move |_| Reply::redirect(&to));
        let error = public(&server).fetch("http://news.example/story").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Refused, "{location}: {error}");
        assert_eq!(server.stop().requests.len(), 1, "{location}");
    }
    assert_eq!(secret.stop().connections, 0);
}

#[test]
fn a_page_of_the_public_web_is_read() {
    let server = Server::start(|_| Reply::page("The bridge is closed."));
    let page = public(&server).fetch("http://news.example./story#top").unwrap();
    assert_eq!(
        (page.url.as_str(), page.bytes.as_slice()),
        ("http://news.example/story", &b"The bridge is closed."[..])
    );
}

#[test]
fn a_name_is_refused_for_any_of_its_addresses() {
    let server = Server::start(|_| Reply::page("secret"));
    let open: SocketAddr = "198.41.0.4:80".parse().unwrap();
    for addresses in [vec![server.address()], vec![open, server.address()], vec![server.address(), open]] {
        let error = guarded(Names::new(&[("news.example", &addresses)]), Options::default())
            .fetch("http://news.example/")
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Refused, "{addresses:?}: {error}");
    }
    assert_eq!(server.stop().connections, 0);
}

#[test]
fn a_name_is_looked_up_once_per_hop() {
    let server = Server::start(|path| match path {
        "/story" => Reply::redirect("/moved"),
        _ => Reply::page("here"),
    });
    let names = Names::new(&[("news.example", &[server.address()])]);
    let asked = Arc::clone(&names.asked);
    let fetcher = guarded(names, Options { allow_private: true, ..Options::default() });
    assert_eq!(fetcher.fetch("http://news.example/story").unwrap().url, "http://news.example/moved");
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

#[test]
fn names_of_machines_nearby_are_not_even_looked_up() {
    let names = Names::default();
    let asked = Arc::clone(&names.asked);
    let fetcher = guarded(names, Options::default());
    for url in
        ["http://localhost/", "http://localhost./", "http://metadata.google.internal/", "http://a.local/"]
    {
        assert_eq!(fetcher.fetch(url).unwrap_err().kind(), ErrorKind::Refused, "{url}");
    }
    assert_eq!(asked.load(Ordering::SeqCst), 0);
}

#[test]
fn an_unknown_name_says_so() {
    let error = guarded(Names::default(), Options::default()).fetch("http://news.example/").unwrap_err();
    let expected =
        "news.example was not found: check the address's spelling and your connection to the internet";
    assert_eq!(error.to_string(), expected);
}

/// Says this over TLS to one client, as `news.example`, and gives the certificate.
fn serve_tls(reply: String) -> (SocketAddr, Certificate<'static>) {
    let made = rcgen::generate_simple_self_signed(["news.example".to_owned()]).unwrap();
    let key = rustls::pki_types::PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let config = rustls::ServerConfig::builder_with_provider(rustls::crypto::ring::default_provider().into())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key.into())
        .unwrap();
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        stream.set_read_timeout(Some(testweb::PATIENCE)).unwrap();
        let connection = rustls::ServerConnection::new(Arc::new(config)).unwrap();
        let mut tls = rustls::StreamOwned::new(connection, stream);
        // A client that trusts no such certificate hangs up here.
        if matches!(tls.read(&mut [0; 4096]), Ok(1..)) {
            tls.write_all(reply.as_bytes()).unwrap();
            tls.conn.send_close_notify();
            tls.flush().unwrap();
        }
    });
    (address, Certificate::from_der(made.cert.der()).to_owned())
}

fn fetch_tls(name: &str, trusted: bool) -> Result<Vec<u8>, Error> {
    let (address, certificate) = serve_tls("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nsafe".into());
    let roots = if trusted { RootCerts::new_with_certs(&[certificate]) } else { RootCerts::WebPki };
    let names = Names::new(&[(name, &[address])]);
    let fetcher = Fetcher::with(Options::default(), names, roots, "test").unwrap();
    fetcher.fetch(&format!("https://{name}/")).map(|page| page.bytes)
}

#[test]
fn a_secure_page_needs_a_certificate_that_is_trusted_for_its_name() {
    assert_eq!(fetch_tls("news.example", true).unwrap(), b"safe");
    assert_eq!(fetch_tls("news.example", false).unwrap_err().kind(), ErrorKind::Tls);
    assert_eq!(fetch_tls("other.example", true).unwrap_err().kind(), ErrorKind::Tls);
}

/// What was logged, as text.
#[derive(Default, Clone)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_redirect_that_leaves_the_secure_connection_is_followed_with_a_warning() {
    let plain = Server::start(|_| Reply::page("plain"));
    let location = format!("http://open.example:{}/", plain.address().port());
    let reply = format!("HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");
    let (secure, certificate) = serve_tls(reply);
    let names = Names::new(&[("news.example", &[secure]), ("open.example", &[plain.address()])]);
    let fetcher =
        Fetcher::with(Options::default(), names, RootCerts::new_with_certs(&[certificate]), "test").unwrap();

    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_writer(move || writer.clone()).with_ansi(false).finish();
    let page =
        tracing::subscriber::with_default(subscriber, || fetcher.fetch("https://news.example/")).unwrap();
    assert_eq!((page.url, page.bytes), (location, b"plain".to_vec()));
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("WARN") && log.contains("leaves the secure connection"), "{log}");
}

fn quiet(error: &Error) -> bool {
    !error.to_string().contains(steers)
}

proptest! {
    #[test]
    fn any_words_end_in_one_quiet_line(words in any::<String>(), prefix in "(|http://|https://|http://\\[|http://a@)") {
        let refused = IpAddr::from([10, 0, 0, 1]);
        let names = Names::new(&[("a", &[SocketAddr::new(refused, 80)])]);
        for allow_private in [false, true] {
            let names = if allow_private { Names::default() } else { names.clone() };
            let fetcher = guarded(names, Options { allow_private, ..Options::default() });
            let error = fetcher.fetch(&format!("{prefix}{words}")).unwrap_err();
            prop_assert!(quiet(&error), "{:?}", error);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_reply_ends_in_a_page_or_one_quiet_line(
        start in prop_oneof![Just(""), Just("HTTP/1.1 200 \r\n"), Just("HTTP/1.1 302 x\r\nLocation: "),
            Just("HTTP/1.1 429 \r\nRetry-After: "), Just("HTTP/1.1 200 \r\nContent-Encoding: ")],
        bytes: Vec<u8>,
        end in prop_oneof![Just(""), Just("\r\n\r\n"), Just("\r\nContent-Length: 3\r\n\r\nabc")],
    ) {
        let reply = [start.as_bytes(), &bytes, end.as_bytes()].concat();
        let server = Server::start(move |_| Reply::raw(reply.clone()));
        let names = Names::new(&[("news.example", &[server.address()])]);
        let fetcher = Fetcher::with(Options::default(), names, RootCerts::WebPki, "test").unwrap();
        if let Err(error) = fetcher.fetch("http://news.example/") {
            prop_assert!(quiet(&error), "{:?}", error);
        }
    }
}
