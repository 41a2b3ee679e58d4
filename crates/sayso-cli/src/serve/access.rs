//! Who may ask?
//!
//! Without tokens everybody who reaches the server may do everything, which is why it then listens on loopback alone. A
//! token is 32 random bytes, of which the server's file has the SHA-256; a browser gives it once and has a session instead.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use axum::http::{HeaderMap, header};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// How long a session holds.
const SESSION: Duration = Duration::from_hours(12);
/// Sessions at once; the oldest goes.
const SESSIONS: usize = 1_000;
/// The cookie's name.
const COOKIE: &str = "sayso";

/// What somebody may do; who may write may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Right {
    Read,
    Write,
}

#[derive(Debug, Default)]
pub(super) struct Access {
    /// Digests of tokens. None: everybody may do everything.
    tokens: Vec<([u8; 32], Right)>,
    /// By their digests too, so that a copy of the memory opens none.
    sessions: Mutex<HashMap<[u8; 32], (Right, Instant)>>,
}

impl Access {
    /// Tokens of a file: lines of a right, the SHA-256 of a token in hexadecimal, and what it is for.
    pub(super) fn of_file(path: &Path) -> Result<Self> {
        let name = path.display();
        let words = std::fs::read_to_string(path).with_context(|| name.to_string())?;
        let mut tokens = Vec::new();
        for (n, line) in (1..).zip(words.lines()) {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let mut parts = line.split_whitespace();
            let right = match parts.next() {
                Some("read") => Right::Read,
                Some("write") => Right::Write,
                _ => bail!("{name}: line {n} begins with neither `read` nor `write`"),
            };
            let digest = parts.next().and_then(hex).ok_or_else(|| {
                anyhow!(
                    "{name}: line {n} has no SHA-256 of a token; `sayso serve --new-token {}` makes one",
                    right.name()
                )
            })?;
            tokens.push((digest, right));
        }
        if tokens.is_empty() {
            bail!("{name}: it has no token; `sayso serve --new-token write` makes one");
        }
        Ok(Self { tokens, sessions: Mutex::default() })
    }

    pub(super) fn is_open(&self) -> bool {
        self.tokens.is_empty()
    }

    /// What the sender of a request may do.
    pub(super) fn right(&self, headers: &HeaderMap) -> Option<Right> {
        if self.is_open() {
            return Some(Right::Write);
        }
        let said = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let bearer = said
            .and_then(|said| said.split_once(' '))
            .filter(|(kind, _)| kind.eq_ignore_ascii_case("bearer"));
        if let Some((_, token)) = bearer {
            return self.right_of(token.trim());
        }
        let digest = digest(cookie(headers)?);
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|_, (_, since)| since.elapsed() < SESSION);
        // The table is keyed by a digest: what its look-up takes tells nothing of the session's own letters.
        sessions.get(&digest).map(|(right, _)| *right)
    }

    fn right_of(&self, token: &str) -> Option<Right> {
        let given = digest(token);
        // All are compared, whichever it is.
        let mut found = None;
        for (known, right) in &self.tokens {
            if bool::from(known.ct_eq(&given)) {
                found = found.max(Some(*right));
            }
        }
        found
    }

    /// Begins a session for who has a token; the cookie that says so.
    pub(super) fn session(&self, token: &str) -> Result<Option<String>> {
        let Some(right) = self.right_of(token) else { return Ok(None) };
        let id = random()?;
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        if sessions.len() >= SESSIONS
            && let Some(oldest) = sessions.iter().min_by_key(|(_, (_, since))| *since).map(|(id, _)| *id)
        {
            sessions.remove(&oldest);
        }
        sessions.insert(digest(&id), (right, Instant::now()));
        Ok(Some(format!("{COOKIE}={id}; Path=/; HttpOnly; SameSite=Strict; Max-Age={}", SESSION.as_secs())))
    }

    /// Ends the sender's session; the cookie that says so.
    pub(super) fn end(&self, headers: &HeaderMap) -> String {
        if let Some(id) = cookie(headers) {
            self.sessions.lock().unwrap_or_else(PoisonError::into_inner).remove(&digest(id));
        }
        format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0")
    }
}

impl Right {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
        }
    }
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, id)| id)
}

fn digest(words: &str) -> [u8; 32] {
    Sha256::digest(words).into()
}

/// 32 random bytes in hexadecimal.
fn random() -> Result<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| anyhow!("the system gives no random numbers: {error}"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn hex(words: &str) -> Option<[u8; 32]> {
    let mut bytes = [0_u8; 32];
    if words.len() != 64 || !words.is_ascii() {
        return None;
    }
    for (byte, at) in bytes.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(&words[at..at + 2], 16).ok()?;
    }
    Some(bytes)
}

/// A new token, and the line that a file of tokens has for it.
pub(super) fn new_token(right: Right) -> Result<(String, String)> {
    // So that nobody takes it for its digest.
    let token = format!("sayso-{}", random()?);
    let digest: String = digest(&token).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((token, format!("{} {digest}", right.name())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: header::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, value.parse().expect("a header"))])
    }

    #[test]
    fn a_token_opens_what_it_is_for() {
        let (reads, line) = new_token(Right::Read).expect("random numbers");
        let (writes, other) = new_token(Right::Write).expect("random numbers");
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("tokens");
        std::fs::write(&file, format!("# who\n{line} the desk\n\n{other}\n")).expect("a file");
        let access = Access::of_file(&file).expect("tokens");
        assert!(!access.is_open());
        let bearer = |token: &str| access.right(&with(header::AUTHORIZATION, &format!("Bearer {token}")));
        assert_eq!(bearer(&reads), Some(Right::Read));
        assert_eq!(bearer(&writes), Some(Right::Write));
        assert_eq!(bearer("x"), None);
        assert_eq!(access.right(&HeaderMap::new()), None);
        assert_eq!(access.session("x").expect("random numbers"), None);
        let cookie = access.session(&reads).expect("random numbers").expect("a session");
        assert!(cookie.contains("HttpOnly; SameSite=Strict"), "{cookie}");
        let sent = with(header::COOKIE, &format!("a=b; {}", cookie.split(';').next().expect("a pair")));
        assert_eq!(access.right(&sent), Some(Right::Read));
        access.end(&sent);
        assert_eq!(access.right(&sent), None);
    }

    #[test]
    fn a_file_of_tokens_that_is_none_gets_one_clear_line() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("tokens");
        for (words, expected) in [
            ("", "it has no token"),
            ("admin 00", "line 1 begins with neither"),
            ("\nread 00", "line 2 has no SHA-256"),
        ] {
            std::fs::write(&file, words).expect("a file");
            let error = Access::of_file(&file).expect_err("no tokens").to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
