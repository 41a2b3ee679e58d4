//! What do a page's JSON-LD objects say?

use std::collections::HashMap;

use dom_query::Document;
use serde_json::{Map, Value};

use super::metadata::{clean, is_reference};

type Object = Map<String, Value>;

/// Every object of the page's JSON-LD, lists and graphs opened up.
pub(super) struct Linked {
    objects: Vec<Object>,
    // The first object of each `@id` that has a name, since references are names here.
    names: HashMap<String, String>,
}

impl Linked {
    pub(super) fn of(page: &Document) -> Self {
        let mut objects = Vec::new();
        for script in page.select("script[type]").nodes() {
            if !script.attr("type").is_some_and(|media_type| is_linked_data(&media_type)) {
                continue;
            }
            let text = script.text();
            let text =
                text.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>").trim_end_matches(';');
            // Line breaks may stand in strings.
            let text = text.replace(['\n', '\r', '\t'], " ");
            let value = first_value(&text).or_else(|| first_value(&without_last_commas(&text)));
            open_up(value.unwrap_or_default(), &mut objects);
        }
        let mut names = HashMap::new();
        for object in &objects {
            if let (Some(Value::String(id)), Some(name)) = (object.get("@id"), own_name(object)) {
                names.entry(id.clone()).or_insert(name);
            }
        }
        Self { objects, names }
    }

    /// The object of the article: where there are several, as on pages that describe what
    /// to read next, the one with the page's headline.
    pub(super) fn story(&self, headline: Option<&str>) -> Option<&Object> {
        let stories = || self.objects.iter().filter(|object| is_story(object));
        let of_page = |object: &&Object| {
            let own = object.get("headline").and_then(string_in).and_then(clean);
            own.zip(headline).is_some_and(|(own, headline)| headline.starts_with(&*own))
        };
        stories().find(of_page).or_else(|| stories().next())
    }

    /// The names in a value: a string, an object with a name or a reference to one, or a
    /// list of these.
    pub(super) fn names(&self, value: &Value) -> Option<String> {
        let mut names: Vec<String> = Vec::new();
        let mut open = vec![value];
        while let Some(value) = open.pop() {
            match value {
                Value::Array(values) => open.extend(values.iter().rev()),
                Value::String(name) => names.extend(match self.names.get(name) {
                    Some(name) => Some(name.clone()),
                    None => clean(name).filter(|name| !is_reference(name)),
                }),
                Value::Object(object) => match object.get("@list") {
                    Some(list) => open.push(list),
                    None => names.extend(own_name(object).or_else(|| {
                        let id = object.get("@id")?.as_str()?;
                        self.names.get(id).cloned()
                    })),
                },
                _ => {}
            }
            if names.len() > MOST_NAMES {
                return None;
            }
        }
        let mut seen: Vec<String> = Vec::new();
        for name in names {
            if !seen.contains(&name) {
                seen.push(name);
            }
        }
        (!seen.is_empty()).then(|| seen.join(", "))
    }
}

/// More people than this don't sign one article.
const MOST_NAMES: usize = 100;

fn open_up(value: Value, objects: &mut Vec<Object>) {
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(values) => open.extend(values.into_iter().rev()),
            Value::Object(mut object) => {
                open.extend(object.remove("mainEntity"));
                // The story of a page, or of a story the page, which is none itself.
                open.extend(object.remove("mainEntityOfPage"));
                open.extend(object.remove("hasPart").filter(holds_one_story));
                open.extend(object.remove("@graph"));
                objects.push(object);
            }
            _ => {}
        }
    }
}

/// Several are the teasers of a page that lists stories.
fn holds_one_story(parts: &Value) -> bool {
    let n_stories =
        |parts: &[Value]| parts.iter().filter_map(Value::as_object).filter(|part| is_story(part)).count();
    match parts {
        Value::Array(parts) => n_stories(parts) <= 1,
        _ => true,
    }
}

/// "application/ld+json; charset=utf-8"
fn is_linked_data(media_type: &str) -> bool {
    let name = media_type.split(';').next().unwrap_or_default();
    name.trim().eq_ignore_ascii_case("application/ld+json")
}

/// The first string of a value, which lists and typed values (`@value`) may hold.
pub(super) fn string_in(value: &Value) -> Option<&str> {
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::String(string) => return Some(string),
            Value::Array(values) => open.extend(values.iter().rev()),
            Value::Object(object) => open.extend(object.get("@value")),
            _ => {}
        }
    }
    None
}

fn is_story(object: &Object) -> bool {
    let is = |kind: &Value| {
        kind.as_str().is_some_and(|kind| {
            // "schema:NewsArticle", "http://schema.org/NewsArticle"
            let kind = kind.rsplit(['/', ':']).next().unwrap_or(kind);
            kind.ends_with("Article") || kind.ends_with("BlogPosting") || kind == "Report"
        })
    };
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is),
        Some(kind) => is(kind),
        None => false,
    }
}

fn own_name(object: &Object) -> Option<String> {
    let string = |key: &str| object.get(key).and_then(Value::as_str).and_then(clean);
    let name = match object.get("name") {
        Some(Value::Array(names)) => {
            let names: Vec<String> =
                names.iter().take(MOST_NAMES).filter_map(|name| name.as_str().and_then(clean)).collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        _ => string("name"),
    };
    let name = name.or_else(|| Some(format!("{} {}", string("givenName")?, string("familyName")?)));
    name.filter(|name| !is_reference(name))
}

/// What a script begins with: templates leave braces and further objects behind it.
fn first_value(json: &str) -> Option<Value> {
    serde_json::Deserializer::from_str(json).into_iter().next()?.ok()
}

/// JSON without the commas that templates leave after the last entry.
fn without_last_commas(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let (mut quoted, mut escaped) = (false, false);
    for c in json.chars() {
        if quoted {
            quoted = escaped || c != '"';
            escaped = !escaped && c == '\\';
        } else if c == '"' {
            quoted = true;
        } else if matches!(c, ']' | '}') {
            let kept = out.trim_end();
            out.truncate(kept.strip_suffix(',').unwrap_or(kept).len());
        }
        out.push(c);
    }
    out
}
