//! Do files of many articles come in: web archives, feeds, sitemaps and tables?

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use flate2::{Compression, write::GzEncoder};
use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use serde_json::Value;
use testweb::{Reply, Server};

use crate::{folder, run, sayso};

/// Enough words for an article, said by somebody.
fn words(who: &str) -> String {
    let said = format!(
        "Mayor {who} said on Monday that the dam was safe and that nobody in the valley had to leave. "
    );
    let rest = "“We have looked at every gate and every stone of it,” she said at the town hall. ";
    format!("<p>{}</p><p>{}</p>", (said + rest).repeat(3), rest.repeat(3))
}

fn page(who: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>What {who} says</title></head><body>\
         <article>{}</article></body></html>",
        words(who)
    )
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("a vector takes all");
    encoder.finish().expect("a vector takes all")
}

/// A reply as a web archive holds it.
fn record(path: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let reply = [format!("HTTP/1.1 200 OK\r\n{headers}\r\n").as_bytes(), body].concat();
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://post.example{path}\r\nContent-Length: {}\r\n\r\n",
        reply.len()
    );
    [head.as_bytes(), &reply, b"\r\n\r\n"].concat()
}

/// Two pages, and between them a picture and a record that isn't one.
fn records() -> Vec<Vec<u8>> {
    let html = "Content-Type: text/html\r\n";
    let chunked = format!("{:x}\r\n{}\r\n0\r\n\r\n", page("Dora Finch").len(), page("Dora Finch"));
    vec![
        b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\nx: y\r\n\r\n".to_vec(),
        record("/crane", &format!("{html}Content-Encoding: gzip\r\n"), &packed(page("Ida Crane").as_bytes())),
        record("/picture", "Content-Type: image/png\r\n", b"\x89PNG"),
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: many\r\n\r\nHTTP/1.1 200 OK\r\n\r\n".to_vec(),
        record("/finch", &format!("{html}Transfer-Encoding: chunked\r\n"), chunked.as_bytes()),
    ]
}

/// Name, address, outlet, day, title of each article and its first speaker, a line each; then
/// what stands on stderr.
fn shown(folder: &Path, args: &[&str], port: Option<u16>) -> String {
    let mut command = sayso(folder);
    let output = command.args(["read", "--format", "jsonl"]).args(args).output().expect("it runs");
    let mut shown = format!("exit status: {}\n", output.status.code().expect("an exit status"));
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let record: Value = serde_json::from_str(line).expect("a record");
        let article = &record["article"];
        let words = |value: &Value| value.as_str().unwrap_or("—").to_owned();
        let fields = ["url", "outlet", "byline", "published", "title"].map(|field| words(&article[field]));
        shown +=
            &format!("{} | {}\n", fields.join(" | "), words(&record["attributions"][0]["source"]["text"]));
    }
    shown += &String::from_utf8_lossy(&output.stderr);
    port.map_or(shown.clone(), |port| shown.replace(&port.to_string(), "80"))
}

#[test]
fn web_archives_are_read_record_by_record() {
    let plain = records().concat();
    let members: Vec<u8> = records().iter().flat_map(|record| packed(record)).collect();
    let mut broken: Vec<Vec<u8>> = records().iter().map(|record| packed(record)).collect();
    broken[1].truncate(200);
    let folder = folder(&[
        ("a.warc", &plain),
        ("members.warc.gz", &members),
        ("whole.warc.gz", &packed(&plain)),
        ("broken.warc.gz", &broken.concat()),
        ("in/a.warc.gz", &members),
        ("wrong.warc.gz", b"The mayor said so."),
    ]);
    let one = shown(folder.path(), &["a.warc"], None);
    insta::assert_snapshot!("warc", one);
    for (name, shown_as) in
        [("members.warc.gz", "members.warc.gz"), ("whole.warc.gz", "whole.warc.gz"), ("in", "in/a.warc.gz")]
    {
        assert_eq!(shown(folder.path(), &[name], None).replace(shown_as, "a.warc"), one, "{name}");
    }
    insta::assert_snapshot!("warc_broken", shown(folder.path(), &["broken.warc.gz", "wrong.warc.gz"], None));
    let mut command = sayso(folder.path());
    command.args(["read", "--format", "csv", "-"]);
    command.stdin(std::fs::File::open(folder.path().join("members.warc.gz")).expect("a file"));
    let output = command.output().expect("it runs");
    let csv = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(csv.contains("standard input:2,") && csv.contains("standard input:5,"), "{csv}");
    let limited = shown(folder.path(), &["a.warc", "--max-bytes", "300"], None);
    assert!(
        limited.contains("a.warc:2: ") && limited.contains("a.warc:5: ") && !limited.contains("a.warc:3"),
        "{limited}"
    );
}

#[test]
fn packed_files_are_read_as_what_is_in_them() {
    let lines =
        format!("{}\n", serde_json::json!({ "text": "Mayor Ida Crane said that it rained." })).repeat(2);
    let folder = folder(&[
        ("page.html.gz", &packed(page("Ida Crane").as_bytes())),
        ("lines.jsonl.gz", &packed(lines.as_bytes())),
        ("cut.txt.gz", &packed(lines.as_bytes())[..30]),
    ]);
    insta::assert_snapshot!("packed", shown(folder.path(), &["."], None));
}

fn rss() -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>The Valley Post</title><link>https://post.example/</link>\
         <description>News</description><item><title>Dam holds</title><link>https://post.example/dam</link>\
         <dc:creator>Lee Ho</dc:creator><pubDate>Mon, 03 May 2032 08:00:00 GMT</pubDate>\
         <description>Short.</description><content:encoded><![CDATA[{}]]></content:encoded></item>\
         <item><title>Local only</title><link>http://127.0.0.1:9/story</link><description>Short.</description></item>\
         <item><title>Nothing</title></item></channel></rss>",
        words("Ida Crane")
    )
}

#[test]
fn a_feed_in_a_file_is_read_for_its_own_words() {
    let json = serde_json::json!({
        "title": "The Valley Post", "home_page_url": "https://post.example/", "items": [
            { "id": "1", "url": "/dam", "title": "Dam holds", "content_html": words("Dora Finch"),
              "date_published": "2032-05-03T08:00:00Z", "authors": [{ "name": "Lee Ho" }] },
        ], "version": "https://jsonfeed.org/version/1.1",
    });
    let folder = folder(&[
        ("feed.xml", rss().as_bytes()),
        ("feed", rss().replace("UTF-8", "iso-8859-1").as_bytes()),
        ("feed.json", json.to_string().as_bytes()),
        ("broken.rss", b"<rss version='2.0'><channel><item></wrong>"),
        ("in/config.xml", b"<project/>"),
        ("in/feed.xml.gz", &packed(rss().as_bytes())),
    ]);
    let one = shown(folder.path(), &["feed.xml"], None);
    insta::assert_snapshot!("rss", one);
    assert_eq!(shown(folder.path(), &["feed"], None).replace("feed:", "feed.xml:"), one);
    insta::assert_snapshot!("feeds", shown(folder.path(), &["feed.json", "broken.rss", "in"], None));
}

/// A site whose pages say little of themselves.
fn site() -> Server {
    Server::start(|path| {
        let xml = |media_type: &str, words: &str| {
            Reply::new(200, &[("Content-Type", media_type)], words.as_bytes())
        };
        let entry = |id: &str, more: &str| {
            format!(
                "<entry><title>Entry {id}</title><link href=\"../story/{id}\"/><published>2032-05-03T08:00:00Z</published>{more}</entry>"
            )
        };
        match path {
            "/news/atom" => {
                let content =
                    format!("<content type=\"html\"><![CDATA[{}]]></content>", words("Ida Crane").repeat(2));
                let entries =
                    [entry("1", ""), entry("gone", ""), entry("gone", &content), entry("2", "")].concat();
                let feed = format!(
                    "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>The Valley Post</title>{entries}</feed>"
                );
                xml("application/atom+xml", &feed)
            }
            "/broken" => xml("application/rss+xml", "no feed at all"),
            "/xml" => xml("text/xml", "<project/>"),
            "/index.xml" => xml(
                "application/xml",
                "<sitemapindex><sitemap><loc>/news.xml.gz</loc></sitemap>\
                 <sitemap><loc>/index.xml</loc></sitemap><sitemap><loc>/none.xml</loc></sitemap>\
                 <sitemap><loc>/story/1</loc></sitemap></sitemapindex>",
            ),
            "/news.xml.gz" => {
                let map = "<urlset xmlns:news=\"n\"><url><loc>/story/1</loc><news:news><news:publication><news:name>The \
                    Valley Post</news:name></news:publication><news:publication_date>2032-05-03</news:publication_date>\
                    <news:title>Listed</news:title></news:news></url><url><loc>/story/2</loc></url>\
                    <url><loc>/news/atom</loc></url></urlset>";
                Reply::new(200, &[("Content-Type", "application/x-gzip")], &packed(map.as_bytes()))
            }
            "/archive.warc.gz" => {
                Reply::new(200, &[("Content-Type", "application/octet-stream")], &packed(&records().concat()))
            }
            "/story/1" => Reply::page(&page("Dora Finch").replace("<title>What Dora Finch says</title>", "")),
            "/story/2" => Reply::page(&page("Uma Reyes")),
            _ => Reply::new(404, &[], b"no"),
        }
    })
}

#[test]
fn lists_at_an_address_lead_to_their_pages() {
    let (server, folder) = (site(), folder(&[]));
    let read = |paths: &[&str]| {
        let urls: Vec<String> = paths.iter().map(|path| server.url(path)).collect();
        let args: Vec<&str> =
            ["--allow-private"].into_iter().chain(urls.iter().map(String::as_str)).collect();
        shown(folder.path(), &args, Some(server.address().port()))
    };
    insta::assert_snapshot!("atom", read(&["/news/atom"]));
    insta::assert_snapshot!("sitemap_index", read(&["/index.xml"]));
    insta::assert_snapshot!("other_lists", read(&["/broken", "/xml", "/archive.warc.gz"]));
}

#[test]
fn a_list_in_a_file_opens_no_private_address() {
    let server = site();
    let map = format!(
        "<urlset><url><loc>{}</loc></url><url><loc>file:///etc/hosts</loc></url></urlset>",
        server.url("/story/1")
    );
    let folder = folder(&[("map.xml", map.as_bytes())]);
    let shown = shown(folder.path(), &["map.xml"], Some(server.address().port()));
    insta::assert_snapshot!("private_links", shown);
    assert_eq!(server.stop().connections, 0);
}

/// A table with a row for each, of which some lack words.
fn table(schema: &str, rows: &[(Option<&str>, Option<&str>, Option<i64>)], of_group: usize) -> Vec<u8> {
    let schema = Arc::new(parse_message_type(schema).expect("a schema"));
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::default()).expect("a writer");
    for rows in rows.chunks(of_group) {
        let mut group = writer.next_row_group().expect("a group");
        let bytes = |words: Vec<Option<&str>>| {
            let levels: Vec<i16> = words.iter().map(|words| i16::from(words.is_some())).collect();
            (words.into_iter().flatten().map(ByteArray::from).collect::<Vec<_>>(), levels)
        };
        for column in [rows.iter().map(|row| row.0).collect(), rows.iter().map(|row| row.1).collect()] {
            let (values, levels) = bytes(column);
            let mut column = group.next_column().expect("a column").expect("a column");
            column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None).expect("it is written");
            column.close().expect("it is written");
        }
        let values: Vec<i64> = rows.iter().filter_map(|row| row.2).collect();
        let levels: Vec<i16> = rows.iter().map(|row| i16::from(row.2.is_some())).collect();
        let mut column = group.next_column().expect("a column").expect("a column");
        column.typed::<Int64Type>().write_batch(&values, Some(&levels), None).expect("it is written");
        column.close().expect("it is written");
        group.close().expect("it is written");
    }
    writer.into_inner().expect("it is written")
}

#[test]
fn rows_of_parquet_are_articles() {
    let schema = |text: &str| {
        format!(
            "message schema {{ OPTIONAL BYTE_ARRAY {text} (UTF8); OPTIONAL BYTE_ARRAY publisher (UTF8); \
             OPTIONAL INT64 date (TIMESTAMP_MILLIS); }}"
        )
    };
    let text = |who: &str| format!("Dam holds\n\nMayor {who} said that it was safe.");
    let (one, two) = (text("Ida Crane"), text("Dora Finch"));
    let post = Some("The Valley Post");
    let rows =
        [(Some(one.as_str()), post, Some(1_967_184_000_000)), (None, post, None), (Some(&two), None, None)];
    let many: Vec<_> = rows.iter().cycle().take(99).copied().collect();
    let good = table(&schema("maintext"), &rows, 2);
    let folder = folder(&[
        ("x.parquet", &good),
        ("many.parquet", &table(&schema("TEXT"), &many, 40)),
        ("none.parquet", &table(&schema("lead"), &rows, 9)),
        ("cut.parquet", &good[..good.len() - 20]),
    ]);
    insta::assert_snapshot!(
        "parquet",
        shown(folder.path(), &["x.parquet", "none.parquet", "cut.parquet"], None)
    );
    let many = shown(folder.path(), &["many.parquet"], None);
    assert_eq!((many.matches("Ida Crane").count(), many.matches("no words").count()), (33, 33), "{many}");
    assert!(many.ends_with("many.parquet:98: there are no words in its column `TEXT`\n"), "{many}");
    let json = run(folder.path(), &["read", "--format", "csv", "x.parquet", "--encoding", "utf-8"]);
    assert!(json.contains("x.parquet:1,") && json.contains("x.parquet:3,"), "{json}");
}

#[test]
fn damage_in_parquet_is_told_of() {
    let schema = "message schema { OPTIONAL BYTE_ARRAY text (UTF8); OPTIONAL BYTE_ARRAY url (UTF8); OPTIONAL INT64 n; }";
    let rows = [(Some("Mayor Ida Crane said that it rained."), None, Some(1)); 5];
    let good = table(schema, &rows, 3);
    for at in (4..good.len()).step_by(43) {
        let mut bytes = good.clone();
        bytes[at] ^= 0x55;
        let folder = folder(&[("x.parquet", &bytes)]);
        let shown = run(folder.path(), &["read", "--format", "csv", "x.parquet"]);
        assert!(!shown.contains("panicked"), "{at}: {shown}");
    }
}

#[test]
fn every_command_takes_them() {
    let folder = folder(&[("a.warc", &records().concat()), ("feed.xml", rss().as_bytes())]);
    let quoted = run(folder.path(), &["quote", "every gate and every stone of it", "--against", "a.warc"]);
    assert!(quoted.contains("a.warc:2"), "{quoted}");
    for args in [&["positions", "a.warc"][..], &["brief", "a.warc"], &["tokens", "feed.xml"]] {
        let shown = run(folder.path(), args);
        assert!(shown.contains("Crane") || shown.contains("No positions"), "{shown}");
    }
    let brief = folder.path().join("brief.txt");
    std::fs::write(brief, "Mayor Ida Crane said that the dam was safe.").expect("a file");
    let checked = run(folder.path(), &["check", "brief.txt", "--against", "feed.xml"]);
    assert!(checked.contains("feed.xml"), "{checked}");
    let brief = run(folder.path(), &["check", "feed.xml", "--against", "feed.xml"]);
    assert!(brief.contains("feed.xml: it holds many articles; give the brief alone"), "{brief}");
}
