//! What does one article say, in its own record and with the archive's names?

use crate::export::{ROWS, read};
use crate::{Archive, Error, Row, Stored};

/// An article with its record, its statements as rows, and its positions.
#[derive(Debug, Clone, PartialEq)]
pub struct Whole {
    /// Number of the article in the archive.
    pub article: i64,
    /// The day on which it was published, as `2026-03-15`.
    pub day: Option<String>,
    /// Number of the article that it is a reprint of.
    pub reprint_of: Option<i64>,
    /// Whether the article says something else by now.
    pub superseded: bool,
    /// Text and record.
    pub stored: Stored,
    /// Its statements, in the record's order.
    pub rows: Vec<Row>,
    /// Its positions.
    pub stances: Vec<Stance>,
}

/// What an article shows of a party on an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stance {
    /// The party.
    pub party: String,
    /// The issue, by its name in the archive.
    pub issue: String,
    /// As `accepts-in-part`.
    pub stance: String,
    /// Numbers of the statements that show it, as `a3`.
    pub numbers: Vec<String>,
    /// Who says that the party holds it, where that is somebody else.
    pub by: Option<String>,
}

impl Archive {
    /// Hands each article on with all that it says, in the order in which they came.
    ///
    /// # Errors
    /// When the file can't be read or is damaged, or `take`'s own.
    pub fn wholes<E: From<Error>>(&self, mut take: impl FnMut(Whole) -> Result<(), E>) -> Result<(), E> {
        let told = |error| E::from(self.told(error));
        let sql = "SELECT input, url, outlet, title, byline, published, text, record, id, day, origin,
            superseded IS NOT NULL FROM version ORDER BY id";
        let mut all = self.db.prepare(sql).map_err(told)?;
        let mut found = all.query([]).map_err(told)?;
        while let Some(row) = found.next().map_err(told)? {
            let article = row.get(8).map_err(told)?;
            take(Whole {
                article,
                day: row.get(9).map_err(told)?,
                reprint_of: row.get(10).map_err(told)?,
                superseded: row.get(11).map_err(told)?,
                stored: self.unpacked(row).map_err(E::from)?,
                rows: self.rows_of(article).map_err(told)?,
                stances: self.stances_of(article).map_err(told)?,
            })?;
        }
        Ok(())
    }

    fn rows_of(&self, article: i64) -> rusqlite::Result<Vec<Row>> {
        let sql = format!("{ROWS} WHERE version.id = ?1 ORDER BY statement.id");
        self.db.prepare_cached(&sql)?.query_map([article], read)?.collect()
    }

    fn stances_of(&self, article: i64) -> rusqlite::Result<Vec<Stance>> {
        let sql = "SELECT party, issue.name, stance, statements, by_whom FROM position
            JOIN issue ON issue.id = issue WHERE version = ?1 ORDER BY position.id";
        let stance = |row: &rusqlite::Row<'_>| {
            Ok(Stance {
                party: row.get(0)?,
                issue: row.get(1)?,
                stance: row.get(2)?,
                numbers: row.get::<_, String>(3)?.split(' ').map(str::to_owned).collect(),
                by: row.get(4)?,
            })
        };
        self.db.prepare_cached(sql)?.query_map([article], stance)?.collect()
    }
}
