//! Who said what, and in whose words?
//!
//! [`Engine`] is the one door: load it once, give it articles, get [`Record`]s.
//!
//! ```
//! use sayso::{Article, Engine};
//!
//! let engine = Engine::embedded()?;
//! let article = Article::from_text("“The bridge is safe,” Ms. Lee said on Monday.");
//! let record = engine.read(&article);
//!
//! let attribution = &record.attributions[0];
//! assert_eq!(attribution.source.as_ref().unwrap().text, "Ms. Lee");
//! assert_eq!(attribution.cue.as_ref().unwrap().text, "said");
//! assert_eq!(attribution.content[0].text, "“The bridge is safe,”");
//! # Ok::<(), sayso::Error>(())
//! ```
//!
//! The modules stand in the order in which data flows; each arrow is one plain
//! function between two types. Nothing here opens a file or a connection.

mod language;
mod rules;
mod weights;

pub mod tag;

mod attribute;
mod grammar;
mod quoted;
mod transcript;

mod chain;
mod confidence;
mod figure;
mod own_voice;
mod resolve;
mod standing;
mod statement;
mod when;
mod word_list;

mod agenda;

mod assemble;

pub mod brief;
pub mod check;
mod engine;
pub mod matrix;
pub mod record;
pub mod reprint;
pub mod row;

pub use engine::{Engine, Error, ErrorKind, FOREIGN_NOTE, Given, PronounChoice, ReadOptions};
pub use language::{Language, detect, surely_foreign};
pub use quoted::form;
pub use record::Record;
pub use rules::{RULE_FILES, Rules, RulesError};
pub use sayso_text::{Article, CharIndex, Document, Span};
