//! Which forms has a word?

use std::collections::BTreeMap;

/// A verb's forms, its base form among them; `irregular` adds to the regular ones. A verb with
/// a particle ("call for") changes its first word.
pub(super) fn forms(verb: &str, irregular: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let mut forms = vec![verb.to_owned()];
    forms.extend(irregular.get(verb).into_iter().flatten().cloned());
    let (head, rest) = verb.split_once(' ').map_or((verb, String::new()), |(a, b)| (a, format!(" {b}")));
    let past = match head.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        Some(stem) => format!("{stem}ied"),
        None if head.ends_with('e') => format!("{head}d"),
        None => format!("{head}ed"),
    };
    let going = match head.strip_suffix('e').filter(|stem| !stem.ends_with('e')) {
        Some(stem) => format!("{stem}ing"),
        None => format!("{head}ing"),
    };
    forms.extend([past, going, plural(head)].map(|form| form + &rest));
    forms
}

/// A noun's plural, or a verb's third person, which is made the same way.
pub(super) fn plural(word: &str) -> String {
    let stem = |n: usize| &word[..word.len() - n];
    if let Some(stem) = word.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        format!("{stem}ies")
    } else if word.ends_with("man") && word != "human" && word != "german" {
        format!("{}men", stem(3))
    } else if word.ends_with(['s', 'x', 'z']) || word.ends_with("ch") || word.ends_with("sh") {
        format!("{word}es")
    } else if matches!(word, "wife" | "midwife") {
        format!("{}ves", stem(2))
    } else {
        format!("{word}s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_and_nouns_are_inflected() {
        let check = |verb: &str, expected: &[&str]| {
            let found = forms(verb, &BTreeMap::new());
            assert_eq!(found, expected, "{verb}");
        };
        check("deny", &["deny", "denied", "denying", "denies"]);
        check("urge", &["urge", "urged", "urging", "urges"]);
        check("stress", &["stress", "stressed", "stressing", "stresses"]);
        check("agree", &["agree", "agreed", "agreeing", "agrees"]);
        check("call for", &["call for", "called for", "calling for", "calls for"]);
        let plurals = ["spokesman", "ally", "boss", "wife", "attorney", "aide"].map(plural);
        assert_eq!(plurals, ["spokesmen", "allies", "bosses", "wives", "attorneys", "aides"]);
    }
}
