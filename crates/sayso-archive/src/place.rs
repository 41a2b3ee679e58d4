//! Which addresses are one article's?

use url::Url;

/// Parts of an address that say where a reader came from, not what he reads.
const TRACKING: [&str; 14] = [
    "fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "mc_cid", "mc_eid", "cmpid", "ref", "ref_src",
    "smid", "ocid", "ito",
];

/// The place of an article that a file holds and nothing else.
pub(crate) fn of_file(path: &str) -> String {
    format!("file:{path}")
}

/// An address without what doesn't tell the article: fragment, tracking, "www." and a closing slash; `http` counts as
/// `https`. `None` for what is no web address.
pub(crate) fn canonical(url: &str) -> Option<String> {
    let mut url = Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    url.set_fragment(None);
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| {
            !name.starts_with("utm_") && !name.starts_with("at_") && !TRACKING.contains(&name.as_ref())
        })
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    if kept.is_empty() {
        url.set_query(None);
    } else {
        url.query_pairs_mut().clear().extend_pairs(kept);
    }
    let host = url.host_str()?.trim_start_matches("www.").to_owned();
    let port = url.port().map_or_else(String::new, |port| format!(":{port}"));
    let query = url.query().map_or_else(String::new, |query| format!("?{query}"));
    Some(format!("https://{host}{port}{}{query}", url.path().trim_end_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_article_has_one_address() {
        for (url, expected) in [
            ("http://www.example.org/a/?utm_source=x#top", Some("https://example.org/a")),
            ("https://example.org/a?id=3&fbclid=9", Some("https://example.org/a?id=3")),
            ("https://example.org:8443/", Some("https://example.org:8443")),
            ("ftp://example.org/a", None),
            ("story.txt", None),
        ] {
            assert_eq!(canonical(url).as_deref(), expected, "{url}");
        }
    }
}
