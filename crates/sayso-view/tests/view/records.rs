//! Which records do the tests look at?

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use sayso::record::{
    Act, Actor, ActorKind, Addressee, ArticlePart, Attribution, Form, Hand, HandRole, Hedge, HedgeOf,
    Mention, MentionKind, OwnVoice, Producer, Record, Standing, StandingKind, TextSpan, When,
};

/// A record of a text without attributions.
pub(crate) fn bare(text: &str) -> Record {
    Record {
        schema: sayso::record::SCHEMA.to_owned(),
        producer: Producer { version: "0.1.0".to_owned(), model_sha256: "770d82f362d9c3a5".to_owned() },
        article: ArticlePart {
            language: Some("en-GB".to_owned()),
            text: text.to_owned(),
            sha256: "8d1a".to_owned(),
            ..ArticlePart::default()
        },
        actors: Vec::new(),
        attributions: Vec::new(),
        figures: Vec::new(),
        dates: Vec::new(),
        issues: Vec::new(),
        positions: Vec::new(),
        proposals: Vec::new(),
        unbound: Vec::new(),
        own_voice: Vec::new(),
        notes: Vec::new(),
    }
}

/// Where the words first stand in the text.
pub(crate) fn span(text: &str, words: &str) -> TextSpan {
    let at = text.find(words).expect("the test's words stand in its text");
    let start = text[..at].chars().count();
    TextSpan { start, end: start + words.chars().count(), text: words.to_owned() }
}

/// Who, cue, contents, form and the parent's number: "" and 0 for none.
pub(crate) type Said<'a> = (&'a str, &'a str, &'a [&'a str], Form, usize);

/// A record whose attributions are found by their words.
pub(crate) fn record(text: &str, said: &[Said<'_>]) -> Record {
    let some = |words: &str| (!words.is_empty()).then(|| span(text, words));
    let attribution = |(i, &(source, cue, content, form, parent)): (usize, &Said<'_>)| Attribution {
        id: format!("a{}", i + 1),
        source: some(source),
        cue: some(cue),
        content: content.iter().map(|words| span(text, words)).collect(),
        form,
        parent: (parent > 0).then(|| format!("a{parent}")),
        confidence: 0.97,
        ..Attribution::default()
    };
    let attributions = said.iter().enumerate().map(attribution).collect();
    Record { attributions, ..bare(text) }
}

/// An actor of that kind and name, with nothing else known.
pub(crate) fn somebody(id: &str, name: &str, kind: ActorKind) -> Actor {
    Actor {
        id: id.to_owned(),
        name: (!name.is_empty()).then(|| name.to_owned()),
        kind,
        titles: Vec::new(),
        affiliations: Vec::new(),
        parties: Vec::new(),
        party_reason: None,
        members: Vec::new(),
        mentions: Vec::new(),
    }
}

/// Words with all the signs that a view could take for its own.
pub(crate) fn words() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Z ,.“”é]{1,8}",
        2 => "[<>&\"'`*_#~^$\\\\|!(){}+=@:/;-]{1,4}",
        1 => prop::sample::select(vec![
            "</script>", "<!--", "]]>", "<b>", "&amp;", "{", "\n\n", "\n", "\r\n", "\r", "\t", "\u{0}", "\u{1b}[31m",
            "\u{85}", "\u{2028}", "\u{202e}", "\u{feff}", "=1+1", "\n- ", "1. ", "  ", "\u{a0}", "https://x.example",
            "[a](b)", "😀",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// A span that is mostly in the text and says its words, and sometimes lies.
fn place(text: String) -> impl Strategy<Value = TextSpan> {
    let n = text.chars().count();
    (0..=n, 0..=n + 1, 0..12u8).prop_map(move |(a, b, lie)| {
        let (start, end) = if lie == 0 { (a, b) } else { (a.min(b), a.max(b)) };
        let words = text.chars().skip(start).take(end.saturating_sub(start)).collect();
        TextSpan { start, end, text: if lie == 1 { "no such words".to_owned() } else { words } }
    })
}

/// Ids of which some are an actor's, some are nobody's, and some are anything.
fn id(letter: char) -> impl Strategy<Value = String> {
    prop_oneof![8 => (1..9u8).prop_map(move |i| format!("{letter}{i}")), 1 => words()]
}

fn hedge(text: String) -> impl Strategy<Value = Hedge> {
    (place(text), prop::sample::select(vec![HedgeOf::Report, HedgeOf::Content]))
        .prop_map(|(TextSpan { start, end, text }, of)| Hedge { start, end, text, of })
}

fn standing(text: String) -> impl Strategy<Value = Standing> {
    use StandingKind::*;
    let kinds = vec![
        Unverified,
        Denied,
        Disputed,
        Undetermined,
        Pending,
        Retracted,
        Confirmed,
        DeclinedToComment,
        NoCommentYet,
        CommentSought,
    ];
    (place(text), prop::sample::select(kinds), option::of(id('p')), option::of(words())).prop_map(
        |(TextSpan { start, end, text }, kind, by, scope)| Standing { kind, by, start, end, text, scope },
    )
}

fn actor(text: &str) -> impl Strategy<Value = Actor> + use<> {
    use ActorKind::*;
    let kinds = vec![Person, State, Organisation, Outlet, Document, Group, Role, Unnamed];
    let kinds = prop::sample::select(kinds);
    let refers =
        prop::sample::select(vec![MentionKind::Name, MentionKind::Pronoun, MentionKind::Description]);
    let mention = (place(text.to_owned()), refers)
        .prop_map(|(TextSpan { start, end, text }, kind)| Mention { start, end, text, kind });
    let spans = || vec(place(text.to_owned()), 0..2);
    let sides = (vec(words(), 0..2), option::of(words()), vec(id('p'), 0..2));
    (id('p'), option::of(words()), kinds, spans(), spans(), sides, vec(mention, 0..3)).prop_map(
        |(id, name, kind, titles, affiliations, (parties, party_reason, members), mentions)| Actor {
            id,
            name,
            kind,
            titles,
            affiliations,
            parties,
            party_reason,
            members,
            mentions,
        },
    )
}

/// What is said of a statement beyond its words.
fn known(text: &str) -> impl Strategy<Value = Attribution> + use<> {
    let acts = vec![Act::State, Act::Deny, Act::ExpressConcern, Act::NotVerify];
    let roles = prop::sample::select(vec![HandRole::Wire, HandRole::Outlet, HandRole::Document]);
    let hand = (id('p'), roles).prop_map(|(actor, role)| Hand { actor, role });
    let span = || option::of(place(text.to_owned()));
    let days = (option::of(words()), option::of(Just("2016-03-15".to_owned())));
    let circumstances = (span(), option::of(id('p')), span(), span(), span(), days);
    (
        option::of(id('p')),
        prop::sample::select(acts),
        any::<(bool, bool)>(),
        vec(hand, 0..3),
        circumstances,
        vec(hedge(text.to_owned()), 0..3),
        vec(standing(text.to_owned()), 0..3),
    )
        .prop_map(|(actor, act, (negated, loaded), chain, circumstances, hedges, status)| {
            let (to, told, medium, occasion, when, (first, last)) = circumstances;
            Attribution {
                actor,
                act,
                negated,
                chain,
                addressee: to.map(|TextSpan { start, end, text }| Addressee {
                    actor: told,
                    start,
                    end,
                    text,
                }),
                medium,
                occasion,
                when: when.map(|TextSpan { start, end, text }| When {
                    start,
                    end,
                    text,
                    from: first,
                    to: last,
                }),
                hedges,
                status,
                loaded,
                ..Attribution::default()
            }
        })
}

fn attribution(text: &str) -> impl Strategy<Value = Attribution> + use<> {
    let form = prop::sample::select(vec![Form::Direct, Form::Mixed, Form::Indirect]);
    (
        id('a'),
        option::of(place(text.to_owned())),
        option::of(place(text.to_owned())),
        vec(place(text.to_owned()), 0..3),
        form,
        option::of((1..9u8).prop_map(|i| format!("a{i}"))),
        (-100..200i32).prop_map(|hundredths| f64::from(hundredths) / 100.0),
        known(text),
    )
        .prop_map(|(id, source, cue, content, form, parent, confidence, known)| Attribution {
            id,
            source,
            cue,
            content,
            form,
            parent,
            confidence,
            ..known
        })
}

/// Any record at all, true or not.
pub(crate) fn any_record() -> impl Strategy<Value = Record> {
    let known = (option::of(words()), option::of(words()), option::of(words()), option::of(words()));
    (words(), known, option::of(id('p')), vec(words(), 0..2)).prop_flat_map(
        |(text, (title, outlet, published, url), wire, notes)| {
            let own = (place(text.clone()), vec(hedge(text.clone()), 0..2))
                .prop_map(|(TextSpan { start, end, text }, hedges)| OwnVoice { start, end, text, hedges });
            let all = (
                vec(actor(&text), 0..5),
                vec(attribution(&text), 0..7),
                vec(standing(text.clone()), 0..2),
                vec(own, 0..2),
            );
            all.prop_map(move |(actors, attributions, unbound, own_voice)| {
                let mut record = Record { actors, attributions, unbound, own_voice, ..bare(&text) };
                record.article.title.clone_from(&title);
                record.article.outlet.clone_from(&outlet);
                record.article.published.clone_from(&published);
                record.article.url.clone_from(&url);
                record.article.wire.clone_from(&wire);
                record.notes.clone_from(&notes);
                record
            })
        },
    )
}
