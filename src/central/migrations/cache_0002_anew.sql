-- Notices of a sync that begins anew, until its last page is there; then they replace those held.
CREATE TABLE notice_anew (
    id        TEXT PRIMARY KEY,
    from_day  TEXT NOT NULL,
    until_day TEXT NOT NULL,
    body      BLOB NOT NULL
) STRICT, WITHOUT ROWID;
