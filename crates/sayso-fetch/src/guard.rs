//! To which addresses may a connection go?
//!
//! The HTTP library asks its resolver before every connection, for literal addresses as
//! for names, and connects to what it answers. The guard stands there: what it judged is
//! what is connected to, and no second look-up can give another answer.

use std::fmt;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use crate::Error;
use crate::printable::printable;
use crate::ranges::special;

/// Names, with everything under them, that stand for machines nearby: by RFC 6761, RFC 6762,
/// RFC 8375, ICANN's choice of `internal` (`metadata.google.internal` among them), and the
/// short names of metadata services.
const NEARBY: &[(&str, &str)] = &[
    ("localhost", "this computer itself (loopback)"),
    ("local", "the local network"),
    ("home.arpa", "the local network"),
    ("internal", "a private network"),
    ("metadata", "a cloud provider's metadata service"),
    ("metadata.goog", "a cloud provider's metadata service"),
    ("instance-data", "a cloud provider's metadata service"),
];

/// A resolver that refuses what isn't public.
pub(crate) struct Guard<R> {
    pub(crate) names: R,
    pub(crate) allow_private: bool,
}

impl<R: Resolver> Resolver for Guard<R> {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let host = uri.host().unwrap_or_default();
        let refused =
            |range: &str, address| Error::Refused { host: printable(host), range: range.into(), address };
        if !self.allow_private
            && let Some(range) = nearby(host)
        {
            return Err(stop(refused(range, None)));
        }
        let addresses = self.names.resolve(uri, config, timeout).map_err(|error| match error {
            ureq::Error::Timeout(_) => error,
            _ => stop(Error::Unresolved { host: printable(host) }),
        })?;
        let found = addresses.iter().find_map(|address| Some((special(address.ip())?, address.ip())));
        match found {
            Some((range, address)) if !self.allow_private => {
                let is_literal = host.trim_matches(['[', ']']) == address.to_string();
                Err(stop(refused(range, (!is_literal).then_some(address))))
            }
            _ => Ok(addresses),
        }
    }
}

/// Our own error, handed through the library; `fetcher` takes it out again.
fn stop(error: Error) -> ureq::Error {
    ureq::Error::Other(Box::new(error))
}

fn nearby(host: &str) -> Option<&'static str> {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let under =
        |name: &str| host.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    NEARBY.iter().find(|(name, _)| under(name)).map(|(_, range)| *range)
}

impl<R> fmt::Debug for Guard<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard").field("allow_private", &self.allow_private).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_names_of_machines_nearby() {
        for host in [
            "localhost",
            "LocalHost.",
            "a.localhost",
            "metadata.google.internal",
            "printer.local",
            "metadata",
        ] {
            assert!(nearby(host).is_some(), "{host}");
        }
        for host in ["example.org", "notlocalhost", "localhost.example", "internal.example", "mylocal", ""] {
            assert_eq!(nearby(host), None, "{host}");
        }
    }
}
