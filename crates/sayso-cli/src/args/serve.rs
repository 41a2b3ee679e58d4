//! How is it served?

use std::net::IpAddr;
use std::path::PathBuf;

use clap::ValueEnum;

use super::{ArchiveArg, Intake};

#[derive(Debug, clap::Args)]
pub(crate) struct ServeArgs {
    /// The port, on this machine
    #[arg(long, value_name = "NUMBER", default_value_t = 8017)]
    pub(crate) port: u16,

    /// The address to listen on; another than this machine's own needs --tokens
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub(crate) listen: IpAddr,

    /// A name by which browsers may call this server, beside localhost; may be given again
    #[arg(long, value_name = "NAME")]
    pub(crate) host: Vec<String>,

    /// Who may ask: a file with lines of `read` or `write` and the SHA-256 of a token
    #[arg(long, value_name = "FILE")]
    pub(crate) tokens: Option<PathBuf>,

    /// Prints a new token with its line for --tokens, and ends
    #[arg(long, value_enum, value_name = "RIGHT")]
    pub(crate) new_token: Option<NewToken>,

    /// Serve everybody who reaches --listen, without tokens: they may read and change the archive
    #[arg(long, conflicts_with = "tokens")]
    pub(crate) let_everybody_in: bool,

    #[command(flatten)]
    pub(crate) archive: ArchiveArg,

    #[command(flatten)]
    pub(crate) intake: Intake,

    /// Read with the rules in this folder
    #[arg(long, value_name = "FOLDER")]
    pub(crate) rules: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum NewToken {
    /// To read, brief, check and ask the archive.
    Read,
    /// To add to the archive too.
    Write,
}
