-- What central said last, with its entity tag; one row a kind.
CREATE TABLE content (
    kind TEXT PRIMARY KEY,
    tag  TEXT,
    body BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE notice (
    id        TEXT PRIMARY KEY,
    from_day  TEXT NOT NULL,
    until_day TEXT NOT NULL,
    body      BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX notice_by_end ON notice (until_day);

-- Where to go on, and when what was true.
CREATE TABLE note (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
