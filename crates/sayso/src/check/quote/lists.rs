//! Which words turn, limit or only join what is said?

use std::collections::HashSet;
use std::sync::LazyLock;

/// A closed class of words, by their keys.
pub(super) struct Class(LazyLock<HashSet<&'static str>>);

impl Class {
    pub(super) fn has(&self, key: &str) -> bool {
        self.0.contains(key)
    }
}

macro_rules! class {
    ($(#[$doc:meta])* $name:ident: $words:literal) => {
        $(#[$doc])*
        pub(super) static $name: Class = Class(LazyLock::new(|| $words.split_whitespace().collect()));
    };
}

class! {
    /// Words that only join others. Those of the classes below are listed there alone.
    FUNCTION: "a an the this that these those of in on at to for from by with as and or so then than too also \
        i me my we our you your he him his she her it its they them their who whom whose which what \
        there here up down out off over into about after before when while where how why because \
        'm 're 've 's 'd be been being am is are was were do does did have has had having \
        well just very really quite even still both each such own other another any us US it's \
        oh ah um uh yes yeah okay ok per between through during against under toward towards upon"
}
class! {
    /// Words that turn a statement into its opposite.
    NEGATION: "not n't no never none nobody nothing nowhere neither nor without hardly barely scarcely"
}
class! {
    MODAL: "will would shall should can could may might must ought 'll"
}
class! {
    /// Words that say how sure, how much or how many.
    HEDGE: "perhaps maybe probably possibly possible likely unlikely presumably apparently allegedly reportedly \
        supposedly almost nearly about roughly approximately around some many most few all every always often \
        sometimes rarely seldom only partly mostly seem seems seemed appear appears appeared little"
}
class! {
    /// Forms of one verb in several tenses.
    TENSED: "am is are was were be been have has had do does did 'm 're 've"
}
class! {
    /// What a condition begins with.
    CONDITION: "if unless until till provided providing except"
}
class! {
    CONTRAST: "but however although though yet"
}
class! {
    /// Directly before what they limit.
    LIMIT: "only almost nearly hardly barely scarcely half partly allegedly supposedly"
}
class! {
    /// Clauses that make what follows somebody else's words or no statement at all.
    TURNING: "wrong false untrue lie lies myth nonsense absurd ridiculous fiction doubt doubts deny denied denies \
        pretend pretending wish wishes hope hopes whether imagine suppose"
}
class! {
    /// Verbs of speech and thought, as far as they have an object that somebody holds.
    REPORTING: "say says said tell tells told claim claims claimed argue argues argued believe believes believed \
        think thinks thought allege alleges alleged insist insists insisted suggest suggests suggested \
        assert asserts asserted assume assumes assumed"
}
class! {
    /// What a writer uses to carry a negation outside of the quotation marks.
    NEGATIVE_FRAME: "not n't no never none nobody nothing nowhere neither nor without hardly barely scarcely \
        deny denied denies denying denial refuse refused refuses refusing reject rejected rejects rejecting \
        doubt doubts doubted doubting dismiss dismissed dismisses dismissing oppose opposed opposes opposing \
        dispute disputed disputes disputing rule ruled rules lack lacks lacked lacking fail failed fails failing \
        decline declined declines declining against unlikely cannot rather instead avoid avoided avoids stop \
        stopped end ended abandon abandoned prevent prevented impossible unable unwilling wrong false untrue \
        disagree disagreed disagrees scoff scoffed criticise criticize criticized criticised question questioned \
        sceptical skeptical scepticism skepticism far less short disavow disavowed contradict contradicted \
        contradicts rebut rebutted cease ceased halt halted ban banned block blocked little few"
}
class! {
    /// The same for a condition.
    CONDITIONAL_FRAME: "if unless until till provided providing except condition conditions conditional depend \
        depends depending case whenever contingent without"
}
class! {
    /// What carries that somebody else holds it.
    REPORTED_FRAME: "told claim claims claimed argue argues argued belief believe believes believed alleged allege \
        alleges accused accusation accusations allegation allegations according heard hearing people critics \
        others suggestion suggestions those assumption assume assumed"
}

/// How much it says that two texts share the word.
pub(super) fn weight(key: &str) -> f32 {
    match key {
        key if NEGATION.has(key) || HEDGE.has(key) => 0.6,
        key if MODAL.has(key) => 0.4,
        key if FUNCTION.has(key) => 0.3,
        _ => 1.0,
    }
}
