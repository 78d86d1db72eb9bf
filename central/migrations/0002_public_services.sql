-- What anyone may read, in full: policies, standards, the use of funds, notices with their changes,
-- routes of complaints; and the answers to enrolments, for a kiosk that did not hear them.
-- Policies and notices took another form: they are imported anew.

ALTER TABLE office ADD COLUMN latitude REAL;
ALTER TABLE office ADD COLUMN longitude REAL;

DELETE FROM policy;

DROP TABLE notice;
-- A row is never deleted: a notice taken back keeps its id, and `revision` grows with every change.
-- `until_max` is the last day any version was to be shown, so that a kiosk which holds an earlier
-- version hears of its end.
CREATE TABLE notice (
    id TEXT PRIMARY KEY,
    area TEXT NOT NULL,
    until_day TEXT,
    until_max TEXT NOT NULL,
    body TEXT,
    revision INTEGER NOT NULL UNIQUE
) STRICT;
CREATE INDEX notice_still_shown ON notice (until_max, revision);

-- One row for each import that changed notices. The stamp is random: a cursor that names it was made
-- by this database and not before it was restored from a copy.
CREATE TABLE notice_change (
    revision INTEGER PRIMARY KEY,
    stamp BLOB NOT NULL
) STRICT;

CREATE TABLE standard (
    id TEXT PRIMARY KEY,
    area TEXT NOT NULL REFERENCES area (code),
    body TEXT NOT NULL
) STRICT;

CREATE TABLE fund_use (
    id TEXT PRIMARY KEY,
    area TEXT NOT NULL REFERENCES area (code),
    until_day TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;

-- Of a whole county: which of its halls a complaint came from shall not be readable from its route.
CREATE TABLE complaint_route (
    id TEXT PRIMARY KEY,
    area TEXT NOT NULL REFERENCES area (code),
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (area, kind)
) STRICT;

CREATE TABLE enrolment_answer (
    kiosk TEXT NOT NULL,
    key_hash BLOB NOT NULL,
    body_index BLOB NOT NULL,
    fingerprint BLOB NOT NULL,
    certificate_pem TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (kiosk, key_hash)
) STRICT, WITHOUT ROWID;
