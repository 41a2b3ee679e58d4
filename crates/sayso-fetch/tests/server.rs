//! What comes of a page, a redirect, a refusal, a flood or a drip, over a real connection?

#![expect(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use std::io::Write;
use std::net::TcpListener;
use std::thread;
use std::time::Duration;

use sayso_fetch::{Error, ErrorKind, Fetcher, Options, Page};
use testweb::{Reply, Server};

/// The server is on loopback, so the guard is off; the tests of the guard ask for it.
fn open() -> Options {
    Options { allow_private: true, ..Options::default() }
}

/// What one reply becomes.
fn fetch_with(options: Options, reply: Reply) -> Result<Page, Error> {
    let server = Server::start(move |_| reply.clone());
    Fetcher::new(options).unwrap().fetch(&server.url("/story"))
}

fn fetch(reply: Reply) -> Result<Page, Error> {
    fetch_with(open(), reply)
}

/// The kind of error that one reply becomes, and its words without the server's address.
fn refusal(reply: Reply) -> (ErrorKind, String) {
    let server = Server::start(move |_| reply.clone());
    let error = Fetcher::new(open()).unwrap().fetch(&server.url("/story")).unwrap_err();
    let words = error.to_string().replace(&server.url(""), "SITE").replace("127.0.0.1", "HOST");
    (error.kind(), words)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    brotli::CompressorWriter::new(&mut packed, 4096, 3, 20).write_all(bytes).unwrap();
    packed
}

#[test]
fn a_page_comes_as_it_is() {
    let server = Server::start(|_| Reply::page("<p>Café"));
    let page = Fetcher::new(open()).unwrap().fetch(&server.url("/story?id=1#end")).unwrap();
    let expected = Page {
        url: server.url("/story?id=1"),
        bytes: "<p>Café".into(),
        media_type: Some("text/html".into()),
        charset: Some("utf-8".into()),
    };
    assert_eq!(page, expected);
    let request = server.stop().requests.concat().to_ascii_lowercase();
    assert!(request.starts_with("get /story?id=1 http/1.1\r\n"), "{request}");
    for header in ["user-agent: sayso/", "accept: text/html,", "accept-encoding: gzip, br\r\n"] {
        assert!(request.contains(header), "{header} in {request}");
    }
    for header in ["cookie:", "referer:", "authorization:"] {
        assert!(!request.contains(header), "{header} in {request}");
    }
}

#[test]
fn the_charset_is_what_the_header_says_even_when_wrong() {
    let header = [("Content-Type", "Text/Plain; charset=KOI8-X")];
    let page = fetch(Reply::new(200, &header, b"caf\xe9")).unwrap();
    assert_eq!(page.bytes, b"caf\xe9");
    assert_eq!((page.media_type.as_deref(), page.charset.as_deref()), (Some("text/plain"), Some("KOI8-X")));
    let page = fetch(Reply::new(200, &[], b"")).unwrap();
    assert_eq!((page.bytes.len(), page.media_type, page.charset), (0, None, None));
}

/// A server whose `/0` redirects `n` times, to end at `/n`.
fn redirects(n: usize) -> Server {
    Server::start(move |path| {
        let step: usize = path[1..].parse().unwrap();
        if step < n { Reply::redirect(&format!("/{}", step + 1)) } else { Reply::page("there") }
    })
}

#[test]
fn five_redirects_are_followed_and_the_sixth_is_not() {
    let server = redirects(5);
    let page = Fetcher::new(open()).unwrap().fetch(&server.url("/0")).unwrap();
    assert_eq!((page.url, page.bytes), (server.url("/5"), b"there".to_vec()));

    let server = redirects(6);
    let error = Fetcher::new(open()).unwrap().fetch(&server.url("/0")).unwrap_err();
    assert_eq!(error, Error::TooManyRedirects { url: server.url("/0"), limit: 5 });
    assert_eq!(server.stop().requests.len(), 6);
}

#[test]
fn redirects_lead_to_web_pages_alone() {
    for status in [301, 302, 303, 307, 308] {
        let (kind, words) = refusal(Reply::new(status, &[("Location", "file:///etc/hosts")], b""));
        assert_eq!(kind, ErrorKind::Redirect);
        assert!(
            words.starts_with("SITE/story redirects to file:///etc/hosts, which is no web address:"),
            "{words}"
        );
    }
    let (kind, words) = refusal(Reply::new(302, &[], b"gone"));
    assert_eq!(kind, ErrorKind::Redirect);
    assert!(words.starts_with("SITE/story redirects without saying where to:"), "{words}");
    assert_eq!(refusal(Reply::redirect("http://lee:secret@example.org/")).0, ErrorKind::Credentials);
    assert_eq!(refusal(Reply::new(304, &[], b"")).0, ErrorKind::Status);
}

#[test]
fn relative_redirects_start_at_the_page() {
    let server = Server::start(|path| match path {
        "/news/story" => Reply::redirect("../old/story?p=2#c"),
        "/old/story?p=2" => Reply::redirect("caf\u{e9}"),
        "/old/caf%C3%A9" => Reply::page("there"),
        _ => Reply::new(404, &[], b""),
    });
    let page = Fetcher::new(open()).unwrap().fetch(&server.url("/news/story")).unwrap();
    assert_eq!(page.url, server.url("/old/caf%C3%A9"));
}

#[test]
fn each_status_says_what_to_do() {
    let check = |status, headers: &[(&str, &str)], kind, expected: &str| {
        assert_eq!(refusal(Reply::new(status, headers, b"<p>no")), (kind, expected.to_owned()));
    };
    let login = |status| {
        format!(
            "SITE/story: the page asks for a login or forbids reading (status {status}): save it from your browser \
             and give the file"
        )
    };
    check(401, &[("WWW-Authenticate", "Basic")], ErrorKind::Forbidden, &login(401));
    check(403, &[], ErrorKind::Forbidden, &login(403));
    check(404, &[], ErrorKind::Missing, "SITE/story: no page is there (status 404): check the address");
    check(410, &[], ErrorKind::Missing, "SITE/story: no page is there (status 410): check the address");
    check(500, &[], ErrorKind::Server, "SITE/story: the server has trouble (status 500): try again later");
    check(
        418,
        &[],
        ErrorKind::Status,
        "SITE/story: the server gives no page (status 418): save it from your browser and give the file",
    );
    let patience = |status, when| {
        format!("SITE/story: the server asks for patience (status {status}): try again {when}")
    };
    check(429, &[("Retry-After", "120")], ErrorKind::Busy, &patience(429, "in 120 seconds"));
    check(429, &[], ErrorKind::Busy, &patience(429, "later"));
    let date = "Fri, 31 Dec 2027 23:59:59 GMT";
    check(503, &[("Retry-After", date)], ErrorKind::Busy, &patience(503, &format!("after {date}")));
}

#[test]
fn a_body_over_the_limit_is_refused_however_it_comes() {
    let limit = usize::try_from(Options::default().max_bytes).unwrap();
    let body = vec![b'a'; 11_000_000];
    let (kind, words) = refusal(Reply::new(200, &[], &body));
    assert_eq!(kind, ErrorKind::TooLarge);
    assert_eq!(words, "SITE/story is larger than 10000000 bytes");
    assert_eq!(refusal(Reply::chunked(200, &[], &body)).0, ErrorKind::TooLarge);
    let until_closed = [b"HTTP/1.1 200 OK\r\n\r\n", body.as_slice()].concat();
    assert_eq!(refusal(Reply::raw(until_closed)).0, ErrorKind::TooLarge);
    // What is announced as too large isn't waited for.
    let announced = "HTTP/1.1 200 OK\r\nContent-Length: 11000000\r\n\r\n";
    let dripping = Reply::raw(announced).dripping(b'a', Duration::from_millis(20));
    assert_eq!(refusal(dripping).0, ErrorKind::TooLarge);
    assert_eq!(fetch(Reply::chunked(200, &[], &body[..limit])).unwrap().bytes.len(), limit);
}

#[test]
fn a_packed_body_is_unpacked_up_to_the_limit() {
    let text = "The bridge is closed. ".repeat(100);
    let bomb = vec![0; 11_000_000];
    for (name, pack) in [("gzip", gzip as fn(&[u8]) -> Vec<u8>), ("br", brotli)] {
        let header = [("Content-Encoding", name)];
        let page = fetch(Reply::new(200, &header, &pack(text.as_bytes()))).unwrap();
        assert_eq!(page.bytes, text.as_bytes(), "{name}");
        let page = fetch(Reply::chunked(200, &header, &pack(text.as_bytes()))).unwrap();
        assert_eq!(page.bytes, text.as_bytes(), "{name}");

        let packed = pack(&bomb);
        assert!(packed.len() < 100_000, "{name}: the bomb is small on its way");
        assert_eq!(refusal(Reply::new(200, &header, &packed)).0, ErrorKind::TooLarge, "{name}");
    }
}

/// Members that hold nothing unpack to nothing for ever, so the packed bytes have a limit
/// of their own.
#[test]
fn a_packed_body_that_unpacks_to_nothing_has_its_limit_too() {
    let options = Options { max_bytes: 1000, ..open() };
    let members = gzip(b"").repeat(100);
    let reply = Reply::chunked(200, &[("Content-Encoding", "gzip")], &members);
    assert_eq!(fetch_with(options, reply).unwrap_err().kind(), ErrorKind::TooLarge);
}

#[test]
fn a_packing_not_known_or_damaged_is_an_error() {
    let (kind, words) = refusal(Reply::new(200, &[("Content-Encoding", "zstd")], b"abc"));
    assert_eq!(kind, ErrorKind::Encoding);
    assert!(words.starts_with("SITE/story is packed as zstd, which can't be read:"), "{words}");
    let twice = [("Content-Encoding", "gzip"), ("Content-Encoding", "gzip")];
    assert_eq!(refusal(Reply::new(200, &twice, b"abc")).0, ErrorKind::Encoding);
    assert_eq!(refusal(Reply::new(200, &[("Content-Encoding", "gzip")], b"abc")).0, ErrorKind::Protocol);
    assert_eq!(refusal(Reply::new(200, &[("Content-Encoding", "br")], b"abc")).0, ErrorKind::Protocol);
}

#[test]
fn a_drip_ends_with_the_time() {
    let hurried = Options { timeout: Duration::from_millis(500), ..open() };
    let pause = Duration::from_millis(20);
    let drips = [
        Reply::raw("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n").dripping(b'a', pause),
        Reply::raw("HTTP/1.1 200 OK\r\n\r\n").dripping(b'a', pause),
        Reply::raw("HTTP/1.1 200 OK\r\nX: ").dripping(b'a', pause),
        Reply::raw("").dripping(b'\n', pause),
    ];
    for drip in drips {
        let error = fetch_with(hurried.clone(), drip.clone()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{drip:?}: {error}");
        assert!(error.to_string().contains("did not come within 500ms:"), "{error}");
    }
}

#[test]
fn redirects_share_the_time() {
    let server = Server::start(|_| Reply::redirect("/again"));
    let options = Options { timeout: Duration::from_millis(300), max_redirects: 20_000, ..open() };
    let error = Fetcher::new(options).unwrap().fetch(&server.url("/")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
}

#[test]
fn a_broken_connection_is_no_page() {
    let (kind, words) = refusal(Reply::raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nThe bridge"));
    assert_eq!(kind, ErrorKind::Connection, "{words}");
    let (kind, words) =
        refusal(Reply::raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nThe bridge"));
    assert_eq!(kind, ErrorKind::Connection, "{words}");
    assert_eq!(refusal(Reply::raw("")).0, ErrorKind::Connection);
}

#[test]
fn what_is_not_http_is_no_page() {
    for garbage in
        ["\x1b[2Jnonsense\r\n\r\n", "SSH-2.0-x\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 200 OK\r\n: :\r\n\r\n"]
    {
        let (kind, words) = refusal(Reply::raw(garbage));
        assert_eq!(kind, ErrorKind::Protocol, "{garbage:?}: {words}");
        assert!(!words.contains(char::is_control), "{words:?}");
    }
    let endless = [b"HTTP/1.1 200 OK\r\nX: ".as_slice(), &vec![b'a'; 1_000_000]].concat();
    assert_eq!(refusal(Reply::raw(endless)).0, ErrorKind::Protocol);
}

#[test]
fn a_plain_server_is_no_secure_one() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("https://{}/", listener.local_addr().unwrap());
    thread::spawn(move || listener.accept()?.0.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n"));
    let error = Fetcher::new(open()).unwrap().fetch(&url).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Tls, "{error}");
}

#[test]
fn a_closed_port_says_so() {
    let server = Server::start(|_| Reply::page(""));
    let url = server.url("/");
    server.stop();
    assert_eq!(Fetcher::new(open()).unwrap().fetch(&url).unwrap_err().kind(), ErrorKind::Connection);
}

#[test]
fn this_computer_and_its_networks_are_out_of_bounds() {
    let server = Server::start(|_| Reply::page("secret"));
    let port = server.address().port();
    let fetcher = Fetcher::new(Options::default()).unwrap();
    let hosts = [
        "127.0.0.1",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "[::1]",
        "0.0.0.0",
        "[::]",
        "127.1",
        "127.0.0.1.",
        "0x7f.1",
        "0177.0.0.1",
        "2130706433",
        "%31%32%37.0.0.1",
        "１２７.0.0.1",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "169.254.169.254",
        "[fd00:ec2::254]",
        "10.0.0.1",
        "192.168.1.1",
        "metadata.google.internal",
    ];
    for host in hosts {
        let error = fetcher.fetch(&format!("http://{host}:{port}/")).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Refused, "{host}: {error}");
        assert!(error.to_string().ends_with("not to the public web"), "{error}");
    }
    assert_eq!(server.stop().connections, 0);
}

#[test]
fn a_refusal_names_what_it_refuses() {
    let refusal = |url| Fetcher::new(Options::default()).unwrap().fetch(url).unwrap_err().to_string();
    assert_eq!(
        refusal("http://127.1/"),
        "127.0.0.1 leads to this computer itself (loopback), not to the public web"
    );
}

#[test]
fn threads_share_a_fetcher() {
    let server = Server::start(Reply::page);
    let fetcher = Fetcher::new(open()).unwrap();
    thread::scope(|scope| {
        for n in 0..8 {
            let (fetcher, url, path) = (&fetcher, server.url(&format!("/{n}")), format!("/{n}"));
            scope.spawn(move || assert_eq!(fetcher.fetch(&url).unwrap().bytes, path.as_bytes()));
        }
    });
    assert_eq!(server.stop().connections, 8);
}
