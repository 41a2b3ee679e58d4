-- An article is one place on the web, or one file; a version is what it said at one time.
CREATE TABLE article (
  id INTEGER PRIMARY KEY,
  -- Its canonical address, or `file:` and a path; NULL for one of many in a file.
  place TEXT UNIQUE
) STRICT;

CREATE TABLE version (
  id INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
  -- Of the text's UTF-8 bytes, in hexadecimal.
  sha256 TEXT NOT NULL,
  -- What was named to be added.
  input TEXT,
  url TEXT,
  outlet TEXT,
  title TEXT,
  byline TEXT,
  published TEXT,
  -- The calendar day of `published`, as it states it; NULL where it states none.
  day TEXT,
  language TEXT,
  -- The news agency that it credits.
  wire TEXT,
  -- The version that it is a reprint of, which is itself none.
  origin INTEGER REFERENCES version ON DELETE SET NULL,
  story INTEGER REFERENCES story ON DELETE SET NULL,
  -- The version of the same article that came after it: this one is kept, and counts no more.
  superseded INTEGER REFERENCES version ON DELETE SET NULL,
  added TEXT NOT NULL,
  -- Deflate of the text.
  text BLOB NOT NULL,
  -- Which producer's record the tables show.
  producer INTEGER NOT NULL REFERENCES producer,
  -- Deflate of the record's JSON, without the text.
  record BLOB NOT NULL,
  UNIQUE (article, sha256)
) STRICT;
CREATE INDEX version_sha256 ON version (sha256);
CREATE INDEX version_day ON version (day);
CREATE INDEX version_origin ON version (origin);
CREATE INDEX version_story ON version (story);

-- What made records: positions of two models are never taken together.
CREATE TABLE producer (
  id INTEGER PRIMARY KEY,
  program TEXT NOT NULL,
  model TEXT NOT NULL,
  UNIQUE (program, model)
) STRICT;

-- Runs of words that find reprints: a sample of each text's.
CREATE TABLE run (
  hash INTEGER NOT NULL,
  version INTEGER NOT NULL REFERENCES version ON DELETE CASCADE,
  PRIMARY KEY (hash, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_version ON run (version);

CREATE TABLE actor (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  -- Merged into this one by hand.
  into_actor INTEGER REFERENCES actor
) STRICT;

-- Names by which an actor is known in every article.
CREATE TABLE alias (
  key TEXT NOT NULL,
  actor INTEGER NOT NULL REFERENCES actor ON DELETE CASCADE,
  -- It was given by hand, and holds whatever an article takes its bearer for.
  by_hand INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (key, actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX alias_actor ON alias (actor);

-- Offices that articles give an actor, with the days of these.
CREATE TABLE title (
  actor INTEGER NOT NULL REFERENCES actor ON DELETE CASCADE,
  words TEXT NOT NULL,
  first TEXT,
  last TEXT,
  PRIMARY KEY (actor, words)
) STRICT, WITHOUT ROWID;

-- Who an article's actor is, by hand: remembered by the text's checksum, so that it outlives a reading.
CREATE TABLE correction (
  sha256 TEXT NOT NULL,
  -- Place of the source in the text, in code points.
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  -- The name that was given.
  name TEXT NOT NULL,
  PRIMARY KEY (sha256, first, last)
) STRICT, WITHOUT ROWID;

-- What was said of names by hand, in order.
CREATE TABLE decision (
  id INTEGER PRIMARY KEY,
  -- merge, rename or split
  what TEXT NOT NULL,
  name TEXT NOT NULL,
  into_name TEXT NOT NULL
) STRICT;

CREATE TABLE statement (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL REFERENCES version ON DELETE CASCADE,
  -- Its number in the record, as `a3`.
  number TEXT NOT NULL,
  actor INTEGER REFERENCES actor,
  -- The words for the source, the cue and the content.
  source TEXT,
  cue TEXT,
  content TEXT NOT NULL,
  form TEXT NOT NULL,
  act TEXT NOT NULL,
  negated INTEGER NOT NULL,
  hedged INTEGER NOT NULL,
  -- The hands it came through, as people read them.
  chain TEXT NOT NULL,
  confidence REAL NOT NULL,
  -- From the first to the last of its parts, in code points.
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  -- The statement within which it stands.
  parent TEXT,
  day TEXT,
  -- The lowest id of those that are the same statement.
  same INTEGER NOT NULL,
  -- It was corrected by hand.
  corrected INTEGER NOT NULL
) STRICT;
CREATE INDEX statement_version ON statement (version);
CREATE INDEX statement_actor ON statement (actor, day);
CREATE INDEX statement_same ON statement (same);
CREATE INDEX statement_day ON statement (day);

-- What a statement is found by. Day, month and year, act, form, actor, standings and parties are words of a column of their
-- own, so that one full-text query answers all of it without a look at the rows:
-- `d020260315 m0202603 y02026 a0deny f0direct w012 s0denied pty new zealand ytp`. The 0 is in no word that an article has.
CREATE VIEW statement_text (id, version, source, content, outlet, issues, facets) AS
  SELECT statement.id, version, source, content, version.outlet,
    (SELECT group_concat('iss ' || key, ' ') FROM on_issue JOIN issue ON issue.id = issue
     WHERE on_issue.statement = statement.id),
    concat_ws(' ', 'd0' || replace(statement.day, '-', ''), 'm0' || substr(replace(statement.day, '-', ''), 1, 6),
      'y0' || substr(statement.day, 1, 4), 'a0' || replace(act, '-', ''), 'f0' || form, 'w0' || actor,
      (SELECT group_concat('s0' || replace(kind, '-', ''), ' ') FROM standing WHERE standing.statement = statement.id),
      (SELECT group_concat('pty ' || party || ' ytp', ' ') FROM speaks_for WHERE speaks_for.statement = statement.id))
  FROM statement JOIN version ON version.id = statement.version WHERE superseded IS NULL;
CREATE VIRTUAL TABLE statement_words USING fts5 (
  source, content, outlet, issues, facets, content = 'statement_text', content_rowid = 'id',
  tokenize = "porter unicode61 remove_diacritics 2"
);

CREATE TABLE speaks_for (
  statement INTEGER NOT NULL REFERENCES statement ON DELETE CASCADE,
  party TEXT NOT NULL,
  PRIMARY KEY (statement, party)
) STRICT, WITHOUT ROWID;
CREATE INDEX speaks_for_party ON speaks_for (party);

CREATE TABLE standing (
  statement INTEGER NOT NULL REFERENCES statement ON DELETE CASCADE,
  kind TEXT NOT NULL,
  -- Who says so, as people read it.
  by_whom TEXT,
  words TEXT NOT NULL
) STRICT;
CREATE INDEX standing_statement ON standing (statement);
CREATE INDEX standing_kind ON standing (kind);

CREATE TABLE issue (
  id INTEGER PRIMARY KEY,
  -- Its words in the singular and in small letters.
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL
) STRICT;

CREATE TABLE on_issue (
  statement INTEGER NOT NULL REFERENCES statement ON DELETE CASCADE,
  issue INTEGER NOT NULL REFERENCES issue,
  PRIMARY KEY (statement, issue)
) STRICT, WITHOUT ROWID;
CREATE INDEX on_issue_issue ON on_issue (issue);

CREATE TABLE position (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL REFERENCES version ON DELETE CASCADE,
  party TEXT NOT NULL,
  issue INTEGER NOT NULL REFERENCES issue,
  stance TEXT NOT NULL,
  detail TEXT NOT NULL,
  -- The numbers of its statements, parted by spaces.
  statements TEXT NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  -- Who says that the party holds it, where that is somebody else.
  by_whom TEXT,
  -- How that stands, parted by `, `.
  status TEXT NOT NULL,
  day TEXT
) STRICT;
CREATE INDEX position_version ON position (version);
CREATE INDEX position_day ON position (day, party, issue);

CREATE TABLE story (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL
) STRICT;

-- What tells an article's story: stems of names, of words of its headline and of words that it repeats.
CREATE TABLE mark (
  word TEXT NOT NULL,
  version INTEGER NOT NULL REFERENCES version ON DELETE CASCADE,
  PRIMARY KEY (word, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX mark_version ON mark (version);

-- Feeds and sitemaps that were read: what their servers said last, and when to ask again.
CREATE TABLE feed (
  url TEXT PRIMARY KEY,
  etag TEXT,
  modified TEXT,
  -- Seconds since 1970.
  asked INTEGER NOT NULL,
  -- Failures since it was last read.
  failures INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Pages that they named and that came, whatever was in them: an article's own address may be another.
CREATE TABLE page (
  url TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
