//! Which feeds were asked when, and which of their pages are known?

use std::collections::{HashMap, HashSet};

use rusqlite::{TransactionBehavior, params};

use crate::{Archive, Error, place};

/// A feed or sitemap, as it was when it was read last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feed {
    /// Its server's `ETag`.
    pub etag: Option<String>,
    /// Its server's `Last-Modified`.
    pub modified: Option<String>,
    /// When it was asked for last, in seconds since 1970.
    pub asked: i64,
    /// How often that failed since it was read.
    pub failures: u32,
}

/// What of feeds and sitemaps was read before.
#[derive(Debug, Default)]
pub struct Visited {
    feeds: HashMap<String, Feed>,
    pages: HashSet<String>,
}

impl Visited {
    /// What is known of a feed, by its address.
    pub fn feed(&self, url: &str) -> Option<&Feed> {
        self.feeds.get(url)
    }

    /// Whether a page was read before: one that a list named, or an article's.
    pub fn has(&self, url: &str) -> bool {
        place::canonical(url).is_some_and(|place| self.pages.contains(&place))
    }
}

impl Archive {
    /// What of feeds and sitemaps was read before.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn visited(&self) -> Result<Visited, Error> {
        let all = || -> rusqlite::Result<Visited> {
            let mut feeds = self.db.prepare("SELECT url, etag, modified, asked, failures FROM feed")?;
            let feeds = feeds.query_map([], |row| {
                let feed = Feed {
                    etag: row.get(1)?,
                    modified: row.get(2)?,
                    asked: row.get(3)?,
                    failures: row.get(4)?,
                };
                Ok((row.get(0)?, feed))
            })?;
            let feeds = feeds.collect::<Result<_, _>>()?;
            let mut pages = self.db.prepare(
                "SELECT url FROM page UNION SELECT place FROM article WHERE place NOT LIKE 'file:%'",
            )?;
            let pages = pages.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
            Ok(Visited { feeds, pages })
        };
        all().map_err(|error| self.told(error))
    }

    /// Remembers feeds that were read, and pages that lists named and that came.
    ///
    /// # Errors
    /// When the file can't be written.
    pub fn visit(&mut self, feeds: &[(String, Feed)], pages: &[String]) -> Result<(), Error> {
        let path = self.path.clone();
        let mut all = || {
            let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for (url, feed) in feeds {
                transaction
                    .prepare_cached(
                        "INSERT OR REPLACE INTO feed (url, etag, modified, asked, failures) VALUES (?1, ?2, ?3, ?4, ?5)",
                    )?
                    .execute(params![url, feed.etag, feed.modified, feed.asked, feed.failures])?;
            }
            for place in pages.iter().filter_map(|url| place::canonical(url)) {
                transaction
                    .prepare_cached("INSERT OR IGNORE INTO page (url) VALUES (?1)")?
                    .execute([place])?;
            }
            transaction.commit()
        };
        all().map_err(|error| Error::sqlite(&path, error))
    }
}
