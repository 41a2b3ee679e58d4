//! What values does one entry of front matter hold?

use saphyr_parser::{Event, Parser, ScalarStyle};

/// The values of `key: value` and the lines that belong to it: one, or the elements of a
/// list, each on one line. Of what has several fields, as people do, the name. What is no
/// YAML, as a headline with a colon in it, is taken as it is written.
pub(super) fn values(entry: &str) -> Vec<String> {
    let values = if entry.len() <= LONGEST { parsed(entry) } else { None };
    let lines = values.unwrap_or_else(|| as_written(entry)).into_iter();
    let lines = lines.map(|value| value.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|value| !value.is_empty() && value.len() <= MOST_BYTES).collect()
}

/// The longest title or name, in bytes; each paragraph is compared with them.
const MOST_BYTES: usize = 4000;

/// In bytes; so that nobody's parser has to be linear in what is no front matter.
const LONGEST: usize = 16 * 1024;

/// A list or a mapping that is open, the latter with the key whose value comes next.
enum Open {
    List,
    Map(Option<String>),
}

/// `None` for what is no YAML, or refers to what stands elsewhere.
fn parsed(entry: &str) -> Option<Vec<String>> {
    let mut values = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for event in Parser::new_from_str(entry) {
        match event.ok()?.0 {
            Event::Scalar(words, style, ..) => {
                let is_null = style == ScalarStyle::Plain && NULLS.contains(&&*words);
                if matches!(open.last(), Some(Open::Map(None))) {
                    end_node(&mut open, words.into_owned());
                } else {
                    if !is_null && is_wanted(&open) {
                        values.push(words.into_owned());
                    }
                    end_node(&mut open, String::new());
                }
            }
            Event::SequenceStart(..) => open.push(Open::List),
            Event::MappingStart(..) => open.push(Open::Map(None)),
            Event::SequenceEnd | Event::MappingEnd => {
                open.pop();
                end_node(&mut open, String::new());
            }
            Event::Alias(_) => return None,
            _ => {}
        }
    }
    Some(values)
}

/// In a mapping, a node is a key and the next one its value.
fn end_node(open: &mut [Open], words: String) {
    if let Some(Open::Map(key)) = open.last_mut() {
        *key = if key.is_some() { None } else { Some(words) };
    }
}

/// True for the value of the entry itself, the elements of its lists, and names in these.
fn is_wanted(open: &[Open]) -> bool {
    let is_name = |open: &Open| match open {
        Open::List => true,
        Open::Map(key) => key.as_deref() == Some("name"),
    };
    open.get(1..).is_some_and(|inner| inner.iter().all(is_name))
}

const NULLS: &[&str] = &["", "~", "null", "Null", "NULL"];

/// The words after the key, and those of the lines below without their list's marks.
fn as_written(entry: &str) -> Vec<String> {
    let value = entry.split_once(':').map_or(entry, |(_, value)| value);
    let lines = value.lines().map(str::trim).enumerate().filter_map(|(n, line)| {
        let line = line.strip_prefix("- ").unwrap_or(line);
        match super::front_matter::entry(line) {
            Some((key, value)) if n > 0 => (key == "name").then_some(value),
            _ => Some(line),
        }
    });
    lines.map(|line| unquoted(line).to_owned()).collect()
}

/// Without marks around the whole: the first one inside them, if any, opens a quotation
/// or is an apostrophe. In `"Stay" or "go"` it closes one.
fn unquoted(value: &str) -> &str {
    let inside = |mark: char| {
        let words = value.strip_prefix(mark)?.strip_suffix(mark)?;
        let opens = |(_, rest): (&str, &str)| rest.starts_with(char::is_alphanumeric);
        words.split_once(mark).is_none_or(opens).then_some(words)
    };
    inside('"').or(inside('\'')).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::values;

    #[track_caller]
    fn check(entry: &str, expected: &[&str]) {
        assert_eq!(values(entry), expected, "{entry}");
    }

    #[test]
    fn escapes_in_strings() {
        check(r#"title: "Lee: \"no risk\" at bridge""#, &["Lee: \"no risk\" at bridge"]);
        check(r#"title: "Rain \u2014 so it is""#, &["Rain — so it is"]);
        check("title: 'It''s late'", &["It's late"]);
    }

    #[test]
    fn commas_inside_quotes() {
        check("authors: [\"Lee, Ann\", 'Ray, Bo', Cy Poe]", &["Lee, Ann", "Ray, Bo", "Cy Poe"]);
        check("authors: [Ann Lee,\n  Bo Ray\n]", &["Ann Lee", "Bo Ray"]);
    }

    #[test]
    fn comments_after_values() {
        check("byline: Ann Lee # ours", &["Ann Lee"]);
        check("byline: \"Ann Lee #1\" # ours", &["Ann Lee #1"]);
        check("title: Bridge#2 closed", &["Bridge#2 closed"]);
    }

    #[test]
    fn names_of_people_with_fields() {
        check("author:\n  name: Ann Lee\n  mail: a@b.c", &["Ann Lee"]);
        check("authors:\n- mail: a@b.c\n  name: Ann Lee\n- Bo Ray\n", &["Ann Lee", "Bo Ray"]);
        check("authors: [{name: Ann Lee, of: {name: Orne, at: [1]}}, {no: body}]", &["Ann Lee"]);
    }

    #[test]
    fn values_that_state_nothing() {
        for value in ["", " ~", " null", " \"\"", " []", " [~]", " {a: b}", " # none"] {
            check(&format!("author:{value}\n"), &[]);
        }
        check("author: 'null'", &["null"]);
    }

    #[test]
    fn what_is_no_yaml_is_taken_as_written() {
        check("title: Bridge: Closed", &["Bridge: Closed"]);
        check("title: \"Stay\" or \"go\"", &["\"Stay\" or \"go\""]);
        check("title: \"She said \"go\" and went\"", &["She said \"go\" and went"]);
        check("title: [Watch] Rain falls", &["[Watch] Rain falls"]);
        check("author: @ann", &["@ann"]);
        check("title: *So* it is", &["*So* it is"]);
        check("authors:\n  - @ann\n  - name: Bo Ray\n    mail: @bo", &["@ann", "Bo Ray"]);
    }

    #[test]
    fn values_on_several_lines() {
        check("title: >-\n  Bridge\n  Closed\n\n", &["Bridge Closed"]);
        check("title: Bridge\n  Closed", &["Bridge Closed"]);
        check("title: |\n  Bridge\n  Closed", &["Bridge Closed"]);
    }

    #[test]
    fn nests_of_brackets_break_nothing() {
        for piece in ["[", "{", "[{a: ", "- ", "? ", "&a ", "*a ", "!", "\"", "a: "] {
            for n in [10, 1000, 100_000] {
                values(&format!("title: {}", piece.repeat(n)));
            }
        }
    }
}
