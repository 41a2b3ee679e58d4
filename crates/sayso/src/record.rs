//! What is known of one article, in the form that everything exchanges?
//!
//! Plain data, written as JSON. Offsets count Unicode code points of
//! `article.text`, half open; each span carries its words, so that a consumer can
//! verify it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The name and version of the record's form.
pub const SCHEMA: &str = "sayso.record/1";

/// All that was found in one article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// Always `sayso.record/1`.
    pub schema: String,
    /// Which program wrote this.
    pub producer: Producer,
    /// The article, with the text that all spans count in.
    pub article: ArticlePart,
    /// Who and what speaks or is spoken to, in the order of their first mention.
    pub actors: Vec<Actor>,
    /// Who said what, in the order of the text; a nested one follows the one it is in.
    pub attributions: Vec<Attribution>,
    /// Every number that measures something.
    #[serde(default)]
    pub figures: Vec<Figure>,
    /// Dates and words that mean days.
    #[serde(default)]
    pub dates: Vec<When>,
    /// The points in dispute, in the order of their first mention.
    #[serde(default)]
    pub issues: Vec<Issue>,
    /// What each party holds on them, as far as the text shows it.
    #[serde(default)]
    pub positions: Vec<Position>,
    /// Plans, drafts, deals and their like.
    #[serde(default)]
    pub proposals: Vec<Proposal>,
    /// Standings whose claim is in no attribution of the record.
    pub unbound: Vec<Standing>,
    /// What the outlet states in its own voice: sentences or clauses with nobody's name on them.
    pub own_voice: Vec<OwnVoice>,
    /// What the reader should know of how this came about.
    pub notes: Vec<String>,
}

/// Which program wrote a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Producer {
    /// sayso's version.
    pub version: String,
    /// The checksum of the weights, as their file states it.
    pub model_sha256: String,
}

/// An article's text and metadata. What nobody stated is null.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ArticlePart {
    /// What was named to be read: a path or an address, with the number of the line or item
    /// where it holds several. Null where a program gave the text itself.
    #[serde(default)]
    pub input: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Who wrote it, as stated.
    pub byline: Option<String>,
    /// When, as stated.
    pub published: Option<String>,
    /// The news agency whose words it carries, by its byline or dateline; an actor's id.
    pub wire: Option<String>,
    /// BCP 47 tag of the language that the text is in, by its words: "en", with the region
    /// where the page states one ("en-GB"), or another one's code ("de").
    pub language: Option<String>,
    /// The text that all spans count in.
    pub text: String,
    /// SHA-256 of the text's UTF-8 bytes, lower-case hex.
    pub sha256: String,
    /// The section headings in the text, in order, without the headline: as the format marks
    /// them, or as they were recognised in a plain text. Records without the field have none.
    #[serde(default)]
    pub headings: Vec<TextSpan>,
}

/// A place in the text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct TextSpan {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words there.
    pub text: String,
}

/// Whose words the content is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// All of it stands in quotation marks.
    Direct,
    /// None of it does.
    #[default]
    Indirect,
    /// Some of it does.
    Mixed,
}

/// One statement and whose it is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Attribution {
    /// Unique in the record: `a1`, `a2`, …
    pub id: String,
    /// Who; null when the text doesn't say.
    pub source: Option<TextSpan>,
    /// The actor that the source is; null when the text doesn't say, or doesn't say it surely.
    pub actor: Option<String>,
    /// The words that announce it; null when there are none.
    pub cue: Option<TextSpan>,
    /// What, in one or more pieces, in order.
    pub content: Vec<TextSpan>,
    /// Whose words it is in.
    pub form: Form,
    /// What the speaker does with the words.
    pub act: Act,
    /// The cue says that it was not done ("did not say"); what `decline` and `not-verify` say
    /// already isn't negated.
    pub negated: bool,
    /// The attribution whose content this one stands in.
    pub parent: Option<String>,
    /// The hands strictly between the article's outlet and the source, outermost first.
    pub chain: Vec<Hand>,
    /// Who was told.
    pub addressee: Option<Addressee>,
    /// Through what: an interview, a statement, a call.
    pub medium: Option<TextSpan>,
    /// At which event.
    pub occasion: Option<TextSpan>,
    /// When it was said.
    pub when: Option<When>,
    /// Words that lower certainty.
    pub hedges: Vec<Hedge>,
    /// What the text says of this claim's standing.
    pub status: Vec<Standing>,
    /// The cue judges the speaker ("admitted", "claimed").
    pub loaded: bool,
    /// How often such attributions are right, 0 to 1, in hundredths: measured on news of
    /// 2015-16, so elsewhere it is a guide. Three kinds have a fixed one that was set, not
    /// measured: clauses with "reportedly" 0.75, dash lines and turns of a transcript 0.9. Nested
    /// ones use the line of the others. The measured line ends at 0.93.
    pub confidence: f64,
}

/// Who a source can be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Actor {
    /// Unique in the record: `p1`, `p2`, …
    pub id: String,
    /// The fullest name in the text, without titles; of a document or a role the words that
    /// describe it; null for the unnamed.
    pub name: Option<String>,
    /// What it is.
    pub kind: ActorKind,
    /// Titles, as the text gives them ("Foreign Minister").
    pub titles: Vec<TextSpan>,
    /// What it belongs to, as the text gives it ("the Tax Policy Center").
    pub affiliations: Vec<TextSpan>,
    /// The sides that it speaks for ("Russia").
    pub parties: Vec<String>,
    /// Why: the words of the text and the rule.
    pub party_reason: Option<String>,
    /// Ids of a group's members, as far as the text names them.
    pub members: Vec<String>,
    /// Every mention found, in order; none for an actor that only the metadata names.
    pub mentions: Vec<Mention>,
}

/// What an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ActorKind {
    /// Somebody with a name.
    Person,
    /// A state or a bloc of states.
    State,
    /// A body: an office, a party, a company, a campaign.
    Organisation,
    /// Who publishes news.
    Outlet,
    /// What is written or recorded: a statement, a poll, a transcript.
    Document,
    /// Several together.
    Group,
    /// A post whose holder the text doesn't name ("a spokesman for the ministry").
    Role,
    /// Somebody without a name ("critics").
    Unnamed,
}

/// A reference to an actor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mention {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words there.
    pub text: String,
    /// How it refers.
    pub kind: MentionKind,
}

/// How a mention refers to its actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum MentionKind {
    /// By a name.
    Name,
    /// By "he", "we", "who".
    Pronoun,
    /// By other words.
    Description,
}

/// What a speaker does with the words, from cue and content together.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "their names say it")]
pub enum Act {
    #[default]
    State,
    Report,
    Announce,
    Confirm,
    Deny,
    Admit,
    Believe,
    Ask,
    Demand,
    Urge,
    Promise,
    Threaten,
    Warn,
    Accuse,
    Criticise,
    ExpressConcern,
    Praise,
    Accept,
    Reject,
    Decline,
    NotVerify,
}

/// One hand that a statement passed through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Hand {
    /// An actor's id.
    pub actor: String,
    /// What it is there.
    pub role: HandRole,
}

/// What a hand of a chain is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum HandRole {
    /// The news agency whose words the article carries.
    Wire,
    /// Another outlet.
    Outlet,
    /// A document.
    Document,
}

/// Who was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Addressee {
    /// The actor, where the text says it surely.
    pub actor: Option<String>,
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words there.
    pub text: String,
}

/// When something was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct When {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words there.
    pub text: String,
    /// The first day that it can mean, as `2016-03-15`; null where the words or the date of
    /// publication don't tell.
    pub from: Option<String>,
    /// The last one.
    pub to: Option<String>,
}

/// Words that lower certainty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Hedge {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words there.
    pub text: String,
    /// Whether that it was said, or what was said.
    pub of: HedgeOf,
}

/// What a hedge lowers the certainty of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum HedgeOf {
    /// That it was said ("reportedly").
    Report,
    /// What was said ("perhaps").
    Content,
}

/// What the text says of how a claim stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Standing {
    /// How it stands.
    pub kind: StandingKind,
    /// Who says so, or who would not say; an actor's id. Null for the outlet itself and where
    /// the text doesn't say.
    pub by: Option<String>,
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The clause.
    pub text: String,
    /// The words that limit it ("in those terms").
    pub scope: Option<String>,
}

/// How a claim stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StandingKind {
    /// Nobody has verified it, or it is said to lack evidence.
    Unverified,
    /// Somebody denies it.
    Denied,
    /// Somebody contests it.
    Disputed,
    /// It isn't known.
    Undetermined,
    /// An inquiry or a decision is awaited.
    Pending,
    /// It was withdrawn or corrected.
    Retracted,
    /// Somebody confirms it.
    Confirmed,
    /// Somebody would not say.
    DeclinedToComment,
    /// Somebody has not said.
    NoCommentYet,
    /// Somebody was asked; no answer is told.
    CommentSought,
}

impl StandingKind {
    /// It must be told with the claim: it is denied, disputed, unverified, withdrawn, or not settled.
    pub(crate) fn is_contested(self) -> bool {
        use StandingKind::{Denied, Disputed, Pending, Retracted, Undetermined, Unverified};
        matches!(self, Unverified | Denied | Disputed | Pending | Retracted | Undetermined)
    }
}

/// A number that measures something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Figure {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words there, with those that tell how exact it is.
    pub text: String,
    /// The number, in `unit`s; the lower end of a range.
    pub value: f64,
    /// The upper end of a range.
    pub high: Option<f64>,
    /// `percent`, an ISO 4217 code, or a singular noun ("hour", "ship").
    pub unit: String,
    /// How exact it is said to be.
    pub approx: Approx,
    /// What is measured ("duration").
    pub what: Option<String>,
    /// Of what, in the text's words.
    pub of: Option<String>,
    /// The day or days it is for, by the text's words in its sentence.
    pub as_of: Option<When>,
    /// The innermost attribution that it stands in; null where the outlet gives it.
    pub attributed_to: Option<String>,
}

/// How exact a figure is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Approx {
    /// As it stands.
    #[default]
    Exact,
    /// "About", "some".
    About,
    /// "Nearly", "fewer than".
    Under,
    /// "More than".
    Over,
    /// "At least", "dozens".
    AtLeast,
    /// "Up to".
    AtMost,
}

/// A point in dispute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Issue {
    /// Unique in the record: `i1`, `i2`, …
    pub id: String,
    /// By the text's own words.
    pub name: String,
    /// Every mention found, in order.
    pub mentions: Vec<TextSpan>,
}

/// What parties hold on an issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Position {
    /// Who holds it: states, bodies, or somebody for himself.
    pub parties: Vec<String>,
    /// An issue's id.
    pub issue: String,
    /// What they hold.
    pub stance: Stance,
    /// In the text's own words, those of the first attribution.
    pub detail: String,
    /// First code point of `detail`.
    pub start: usize,
    /// One past its last code point.
    pub end: usize,
    /// The attributions that show it, by id, in order.
    pub attributions: Vec<String>,
}

/// What a party holds on an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "their names say it")]
pub enum Stance {
    Supports,
    Opposes,
    Demands,
    Offers,
    Accepts,
    AcceptsInPart,
    Rejects,
    /// Under a condition.
    Conditional,
    Accuses,
    Concerned,
    Undecided,
    /// Asked, and says nothing.
    Silent,
}

impl Stance {
    /// As in the record.
    pub fn name(self) -> &'static str {
        match self {
            Self::Supports => "supports",
            Self::Opposes => "opposes",
            Self::Demands => "demands",
            Self::Offers => "offers",
            Self::Accepts => "accepts",
            Self::AcceptsInPart => "accepts-in-part",
            Self::Rejects => "rejects",
            Self::Conditional => "conditional",
            Self::Accuses => "accuses",
            Self::Concerned => "concerned",
            Self::Undecided => "undecided",
            Self::Silent => "silent",
        }
    }
}

/// Something under discussion that somebody put forward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Proposal {
    /// By the text's own words.
    pub name: String,
    /// The party that put it forward, where the text tells.
    pub proposed_by: Option<String>,
    /// Every mention, in order.
    pub mentions: Vec<TextSpan>,
    /// Its versions, where the text tells some apart.
    pub versions: Vec<Version>,
    /// Who has it, and who hasn't.
    pub received: Vec<Receipt>,
    /// Who accepts or rejects it or a point of it.
    pub responses: Vec<Response>,
}

/// One version of a proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Version {
    /// "initial", "revised", "updated and refined".
    pub label: String,
    /// Its mentions, in order.
    pub mentions: Vec<TextSpan>,
    /// What is said of it: the clauses or sentences of its mentions, each once.
    pub said: Vec<TextSpan>,
}

/// Whether a proposal reached somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Receipt {
    /// The party.
    pub party: String,
    /// False where the text says that it did not.
    pub received: bool,
    /// The version's label, where the text tells.
    pub version: Option<String>,
    /// The attribution that says so.
    pub attribution: String,
}

/// What a party makes of a proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Response {
    /// The party.
    pub party: String,
    /// What it holds.
    pub stance: Stance,
    /// In the text's words.
    pub detail: String,
    /// The attributions that show it.
    pub attributions: Vec<String>,
}

/// What the outlet states itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OwnVoice {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words there.
    pub text: String,
    /// Words that lower its certainty.
    pub hedges: Vec<Hedge>,
}

impl Record {
    /// True when the text was taken for English, so that attributions were looked for.
    pub fn is_english(&self) -> bool {
        self.article.language.as_deref().is_none_or(|code| code.starts_with("en"))
    }

    /// The record's JSON Schema (draft 2020-12), pretty-printed with a line end.
    pub fn json_schema() -> String {
        let schema = schemars::schema_for!(Self);
        let mut json = serde_json::to_string_pretty(&schema).unwrap_or_default();
        json.push('\n');
        json
    }
}
