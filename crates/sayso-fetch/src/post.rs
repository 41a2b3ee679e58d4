//! How is a program's interface asked, where the user gave its address?
//!
//! The user names the server, mostly one on his own computer, so that the guard of pages doesn't hold here. Nothing is
//! asked of any other: redirects are not followed.

use std::io::Read;
use std::net::IpAddr;
use std::time::Duration;

use ureq::Agent;
use ureq::config::Config;
use ureq::tls::{RootCerts, TlsConfig};

use crate::printable::printable;
use crate::target;

/// Bytes of an answer at most.
const MOST: u64 = 4 << 20;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PostError {
    /// It is no http or https address, or holds a password.
    #[error("{0}")]
    Address(crate::Error),
    /// A key would go over the network for all to read.
    #[error("{url}: a key is sent only over https, or to this computer")]
    Bare {
        /// Who was to be asked.
        url: String,
    },
    /// The server refused or failed.
    #[error("{url}: the server answers {status}: {words}")]
    Status {
        /// Who was asked.
        url: String,
        /// Its status.
        status: u16,
        /// What it says.
        words: String,
    },
    /// It could not be reached, or broke off.
    #[error("{url}: {words}")]
    Network {
        /// Who was asked.
        url: String,
        /// Why.
        words: String,
    },
}

/// Sends JSON to an address and gives back the answer's text. `key` is sent as a bearer token.
///
/// # Errors
/// When there is no answer of at most 4 MB with a status of success within `timeout`.
pub fn post(url: &str, key: Option<&str>, json: &str, timeout: Duration) -> Result<String, PostError> {
    let target = target::parse(url).map_err(PostError::Address)?;
    let is_local = target.host_str().is_some_and(|host| {
        host == "localhost"
            || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    });
    if key.is_some() && target.scheme() == "http" && !is_local {
        return Err(PostError::Bare { url: printable(url) });
    }
    let network = |error: &dyn std::fmt::Display| PostError::Network {
        url: printable(url),
        words: printable(&error.to_string()),
    };
    let config = Config::builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(None)
        .timeout_global(Some(timeout))
        .tls_config(TlsConfig::builder().root_certs(RootCerts::WebPki).build())
        .build();
    let agent: Agent = config.into();
    let mut request = agent.post(target.as_str()).header("Content-Type", "application/json");
    if let Some(key) = key {
        request = request.header("Authorization", format!("Bearer {key}"));
    }
    let response = request.send(json).map_err(|error| network(&error))?;
    let status = response.status().as_u16();
    let mut bytes = Vec::new();
    let body = response.into_body().into_reader();
    body.take(MOST + 1).read_to_end(&mut bytes).map_err(|error| network(&error))?;
    if bytes.len() as u64 > MOST {
        return Err(network(&"the answer is longer than 4 MB"));
    }
    let words = String::from_utf8_lossy(&bytes).into_owned();
    // Whatever a server repeats, the key stands in no message and no brief.
    let words = key.filter(|key| !key.is_empty()).map_or(words.clone(), |key| words.replace(key, "…"));
    if (200..300).contains(&status) {
        Ok(words)
    } else {
        Err(PostError::Status { url: printable(url), status, words: printable(&words) })
    }
}

#[cfg(test)]
mod tests {
    use testweb::{Reply, Server};

    use super::*;

    const A_MOMENT: Duration = Duration::from_secs(10);

    #[test]
    fn the_key_stands_in_no_answer() {
        let server = Server::start(|path| match path {
            "/good" => Reply::new(200, &[], b"{\"said\": \"hunter2\"}"),
            _ => Reply::new(401, &[], b"bad key hunter2"),
        });
        let asked = |path| post(&server.url(path), Some("hunter2"), "{}", A_MOMENT);
        assert_eq!(asked("/good").expect("an answer"), "{\"said\": \"…\"}");
        let said = asked("/bad").expect_err("a refusal").to_string();
        assert!(said.contains("401: bad key …") && !said.contains("hunter2"), "{said}");
        let visits = server.stop();
        assert!(visits.requests[0].to_lowercase().contains("authorization: bearer hunter2"));
    }

    #[test]
    fn a_key_goes_over_no_open_network() {
        let error = post("http://models.example/v1", Some("hunter2"), "{}", A_MOMENT).expect_err("refused");
        assert!(matches!(error, PostError::Bare { .. }), "{error}");
        assert!(matches!(post("ftp://x", None, "{}", A_MOMENT), Err(PostError::Address(_))));
        assert!(matches!(post("http://127.0.0.1:9/", None, "{}", A_MOMENT), Err(PostError::Network { .. })));
    }
}
