//! What does a page state about its article?

use dom_query::Document;
use serde_json::Value;

use crate::Article;

/// Title, outlet, byline, date, address and language, each from the most exact place
/// that states it: JSON-LD, then the tags for social networks, then plain HTML.
pub(super) fn read(page: &Document) -> Article {
    let linked = linked_data(page);
    let story = linked.iter().find(|item| is_story(item));
    let field = |key: &str| story.and_then(|story| story.get(key));
    let name = |key: &str| field(key).and_then(|value| names(value, &linked));
    let string = |key: &str| field(key).and_then(Value::as_str).and_then(clean);

    let outlet =
        meta(page, "og:site_name").or_else(|| name("publisher")).or_else(|| meta(page, "application-name"));
    let title = string("headline").or_else(|| meta(page, "og:title")).or_else(|| meta(page, "twitter:title"));
    let title = title.or_else(|| first_text(page, "h1")).or_else(|| first_text(page, "title"));
    Article {
        url: attr(page, "link[rel='canonical']", "href")
            .or_else(|| meta(page, "og:url"))
            .filter(|url| url.contains("://")),
        title: title.map(|title| without_outlet(&title, outlet.as_deref())),
        outlet,
        byline: name("author").or_else(|| byline(page)).map(|name| without_by(&name)),
        published: string("datePublished")
            .or_else(|| meta(page, "article:published_time"))
            .or_else(|| meta(page, "datePublished"))
            .or_else(|| meta(page, "date"))
            .or_else(|| attr(page, "time[datetime]", "datetime")),
        language: attr(page, "html", "lang")
            .or_else(|| meta(page, "og:locale"))
            .or_else(|| string("inLanguage"))
            .map(|tag| tag.replace('_', "-")),
        ..Article::default()
    }
}

fn byline(page: &Document) -> Option<String> {
    // Facebook's tag often holds the address of a profile.
    let is_name = |name: &String| !name.contains("://");
    ["author", "article:author", "byl", "parsely-author", "dc.creator"]
        .iter()
        .find_map(|key| meta(page, key).filter(is_name))
        .or_else(|| first_text(page, "[rel='author']"))
        .or_else(|| first_text(page, "[itemprop='author'] [itemprop='name']"))
}

/// "By Ann Lee" without its first word.
fn without_by(name: &str) -> String {
    name.strip_prefix("By ").or(name.strip_prefix("by ")).unwrap_or(name).to_owned()
}

/// Every object of the page's JSON-LD, lists and graphs opened up.
fn linked_data(page: &Document) -> Vec<Value> {
    let mut found = Vec::new();
    for script in &page.select("script[type='application/ld+json']") {
        let text = script.text();
        let text = text.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>").trim_end_matches(';');
        let Ok(value) = serde_json::from_str::<Value>(&text.replace(['\n', '\r', '\t'], " ")) else {
            continue;
        };
        let mut open = vec![value];
        while let Some(value) = open.pop() {
            match value {
                Value::Array(values) => open.extend(values.into_iter().rev()),
                Value::Object(mut object) => {
                    open.extend(object.remove("@graph"));
                    found.push(Value::Object(object));
                }
                _ => {}
            }
        }
    }
    found
}

fn is_story(item: &Value) -> bool {
    let is = |kind: &Value| {
        kind.as_str().is_some_and(|kind| {
            kind.ends_with("Article")
                || kind.ends_with("BlogPosting")
                || matches!(kind, "Report" | "LiveBlogPosting")
        })
    };
    match item.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is),
        Some(kind) => is(kind),
        None => false,
    }
}

/// The names in a value: a string, an object with a name or a reference to one, or a
/// list of these.
fn names(value: &Value, linked: &[Value]) -> Option<String> {
    match value {
        Value::String(name) => clean(name).filter(|name| !name.contains("://")),
        Value::Array(values) => {
            let names: Vec<_> = values
                .iter()
                .filter_map(|value| names(value, &[]).or_else(|| named(value, linked)))
                .collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        value => named(value, linked),
    }
}

fn named(value: &Value, linked: &[Value]) -> Option<String> {
    let direct = |value: &Value| match value.get("name")? {
        Value::String(name) => clean(name),
        Value::Array(names) => names.first()?.as_str().and_then(clean),
        _ => None,
    };
    direct(value).or_else(|| {
        let id = value.get("@id")?;
        linked.iter().filter(|item| item.get("@id") == Some(id)).find_map(direct)
    })
}

fn meta(page: &Document, key: &str) -> Option<String> {
    let content = |by: &str| attr(page, &format!("meta[{by}='{key}']"), "content");
    content("property").or_else(|| content("name")).or_else(|| content("itemprop"))
}

fn attr(page: &Document, selector: &str, name: &str) -> Option<String> {
    page.select(selector).iter().find_map(|node| clean(&node.attr(name)?))
}

fn first_text(page: &Document, selector: &str) -> Option<String> {
    page.select(selector).iter().find_map(|node| clean(&node.text()))
}

/// One line of words, with entities that were escaped twice resolved; `None` without any.
fn clean(words: &str) -> Option<String> {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = if line.contains('&') && line.contains(';') {
        Document::fragment(line.replace('<', "&lt;")).text().to_string()
    } else {
        line
    };
    (!line.is_empty()).then_some(line)
}

/// "Bridge Closed | The Harbour Gazette" without its outlet.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    let cut = [" | ", " - ", " – ", " — ", " :: "].iter().find_map(|sign| title.rsplit_once(sign));
    match (cut, outlet) {
        (Some((head, tail)), Some(outlet)) if tail.trim().eq_ignore_ascii_case(outlet) => {
            head.trim().to_owned()
        }
        _ => title.to_owned(),
    }
}
