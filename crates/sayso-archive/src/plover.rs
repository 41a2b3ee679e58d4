//! Which class of political event is a statement?
//!
//! PLOVER (openeventdata/PLOVER) codes what actors do to each other, and most that they do in the news is said: they accuse,
//! demand, agree. A class is given only where the act alone says it; of a promise or a warning it doesn't say whether
//! cooperation or force is meant, what is urged may be advice, and what somebody did not do is no event.

/// The acts that are a class by themselves; `docs/archive.md` has the same table with its reasons.
const CLASSES: [(&str, &str); 7] = [
    ("accept", "AGREE"),
    ("praise", "SUPPORT"),
    ("demand", "REQUEST"),
    ("accuse", "ACCUSE"),
    ("criticise", "ACCUSE"),
    ("reject", "REJECT"),
    ("threaten", "THREATEN"),
];

/// The class of what is done with a content, by the act's name in a record; `None` where the act doesn't say.
pub(crate) fn class(act: &str, negated: bool, content: &str) -> Option<&'static str> {
    // Who agrees that something is so shares an opinion, and commits to nothing.
    let shares = act == "accept" && content.get(..5).is_some_and(|words| words.eq_ignore_ascii_case("that "));
    CLASSES.iter().find(|(known, _)| *known == act && !negated && !shares).map(|(_, class)| *class)
}

#[cfg(test)]
mod tests {
    use sayso::record::Act;

    use super::*;
    use sayso::row::named;

    #[test]
    fn a_class_only_where_the_act_says_it() {
        for (act, negated, expected) in [
            (Act::Accuse, false, Some("ACCUSE")),
            (Act::ExpressConcern, false, None),
            (Act::Promise, false, None),
            (Act::Warn, false, None),
            (Act::Deny, false, None),
            (Act::Decline, false, None),
            (Act::Reject, false, Some("REJECT")),
            (Act::Accept, true, None),
            (Act::Urge, false, None),
        ] {
            assert_eq!(class(&named(&act), negated, "the plan"), expected, "{act:?}");
        }
        assert_eq!(class("accept", false, "to meet again"), Some("AGREE"));
        assert_eq!(class("accept", false, "that the evidence is thin"), None);
    }

    #[test]
    fn every_act_of_the_table_is_one_of_a_record() {
        for (act, _) in CLASSES {
            assert!(serde_json::from_str::<Act>(&format!("\"{act}\"")).is_ok(), "{act}");
        }
    }
}
