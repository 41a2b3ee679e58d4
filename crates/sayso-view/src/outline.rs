//! In which order do statements stand, and inside which others?

use std::collections::HashMap;

use sayso::record::{Attribution, Form, TextSpan};

use crate::characters::flat;

/// A statement's place among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its place in `Record::attributions`.
    pub(crate) index: usize,
    /// The same of the statement it stands in.
    pub(crate) parent: Option<usize>,
    /// In how many others it stands.
    pub(crate) depth: usize,
}

/// All attributions, nested ones right after the one they are in, else in the record's
/// order.
///
/// A parent that comes later or doesn't exist is none, so that circles can't be.
pub(crate) fn outline(attributions: &[Attribution]) -> Vec<Entry> {
    let mut by_id: HashMap<&str, usize> = HashMap::new();
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); attributions.len()];
    let mut parents = Vec::with_capacity(attributions.len());
    let mut roots = Vec::new();
    for (index, attribution) in attributions.iter().enumerate() {
        let parent = attribution.parent.as_deref().and_then(|parent| by_id.get(parent)).copied();
        parents.push(parent);
        match parent {
            Some(parent) => children[parent].push(index),
            None => roots.push(index),
        }
        by_id.entry(&attribution.id).or_insert(index);
    }
    let mut entries = Vec::with_capacity(attributions.len());
    let mut waiting: Vec<(usize, usize)> = roots.into_iter().rev().map(|root| (root, 0)).collect();
    while let Some((index, depth)) = waiting.pop() {
        entries.push(Entry { index, parent: parents[index], depth });
        waiting.extend(children[index].iter().rev().map(|&child| (child, depth + 1)));
    }
    entries
}

/// The form as a word.
pub(crate) fn form_name(form: Form) -> &'static str {
    match form {
        Form::Direct => "direct",
        Form::Mixed => "mixed",
        Form::Indirect => "indirect",
    }
}

/// A source as a name. The comma that closes an aside belongs to the source's span, not
/// to its name.
pub(crate) fn speaker(words: &str) -> String {
    flat(words).trim_end_matches([',', ' ']).to_owned()
}

/// The content's pieces on one line.
pub(crate) fn content(pieces: &[TextSpan]) -> String {
    pieces.iter().map(|piece| flat(&piece.text)).collect::<Vec<_>>().join(" … ")
}

/// "1 statement", "28 statements"
pub(crate) fn n_statements(n: usize) -> String {
    format!("{n} statement{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(parents: &[(&str, Option<&str>)], expected: &[(usize, usize)]) {
        let attribution = |&(id, parent): &(&str, Option<&str>)| Attribution {
            id: id.to_owned(),
            parent: parent.map(str::to_owned),
            confidence: 1.0,
            ..Attribution::default()
        };
        let attributions: Vec<_> = parents.iter().map(attribution).collect();
        let found: Vec<_> = outline(&attributions).iter().map(|entry| (entry.index, entry.depth)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn nested_ones_follow_the_one_they_are_in() {
        check(
            &[("a1", None), ("a2", None), ("a3", Some("a1")), ("a4", Some("a3")), ("a5", Some("a2"))],
            &[(0, 0), (2, 1), (3, 2), (1, 0), (4, 1)],
        );
    }

    #[test]
    fn circles_and_unknown_parents_are_none() {
        check(
            &[("a1", Some("a2")), ("a2", Some("a1")), ("a3", Some("a3")), ("a4", Some("x"))],
            &[(0, 0), (1, 1), (2, 0), (3, 0)],
        );
    }

    #[test]
    fn of_two_with_one_id_the_first_is_the_parent() {
        check(&[("a", None), ("a", None), ("b", Some("a"))], &[(0, 0), (2, 1), (1, 0)]);
    }

    #[test]
    fn a_hundred_thousand_levels_are_no_danger() {
        let ids: Vec<String> = (0..100_000).map(|i| format!("a{i}")).collect();
        let parents: Vec<_> =
            (0..ids.len()).map(|i| (ids[i].as_str(), i.checked_sub(1).map(|at| ids[at].as_str()))).collect();
        let expected: Vec<_> = (0..ids.len()).map(|i| (i, i)).collect();
        check(&parents, &expected);
    }
}
