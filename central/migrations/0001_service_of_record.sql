-- Append-only: a change to the schema is a new file.
-- Words (programme, stage, status, ...) are stored as they travel in JSON. Days are ISO 8601 text,
-- moments are milliseconds since 1970 (UTC), money is integer fen. Columns called *sealed* hold
-- `algorithm | key id | nonce | ciphertext`; *_index columns hold keyed digests.

CREATE TABLE area (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    review_body TEXT NOT NULL,
    court TEXT NOT NULL
) STRICT;

CREATE TABLE office (
    id TEXT PRIMARY KEY,
    area TEXT NOT NULL REFERENCES area (code),
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    phone TEXT NOT NULL,
    hours TEXT NOT NULL
) STRICT;

CREATE TABLE hall (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    office TEXT NOT NULL REFERENCES office (id)
) STRICT;

CREATE TABLE hall_area (
    hall TEXT NOT NULL REFERENCES hall (id) ON DELETE CASCADE,
    area TEXT NOT NULL REFERENCES area (code),
    PRIMARY KEY (hall, area)
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
    id TEXT PRIMARY KEY,
    number_index BLOB NOT NULL UNIQUE,
    number_index_key TEXT NOT NULL,
    number_sealed BLOB NOT NULL,
    name_sealed BLOB NOT NULL,
    phone_sealed BLOB,
    account_sealed BLOB,
    code_hash BLOB,
    code_key TEXT
) STRICT;

CREATE TABLE household (
    id TEXT PRIMARY KEY,
    area TEXT NOT NULL REFERENCES area (code)
) STRICT;

CREATE TABLE household_member (
    household TEXT NOT NULL REFERENCES household (id) ON DELETE CASCADE,
    person TEXT NOT NULL REFERENCES person (id),
    position INTEGER NOT NULL,
    relation TEXT NOT NULL,
    PRIMARY KEY (household, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX household_member_by_person ON household_member (person);

CREATE TABLE application (
    id TEXT PRIMARY KEY,
    area TEXT NOT NULL REFERENCES area (code),
    household TEXT NOT NULL REFERENCES household (id),
    applicant TEXT NOT NULL REFERENCES person (id),
    office TEXT NOT NULL REFERENCES office (id),
    programme TEXT NOT NULL,
    category TEXT,
    submitted_on TEXT NOT NULL,
    status TEXT NOT NULL,
    urgent INTEGER NOT NULL,
    extended INTEGER NOT NULL,
    needs TEXT,
    grant_fen INTEGER
) STRICT;
CREATE INDEX application_by_household ON application (household);

CREATE TABLE stage_event (
    application TEXT NOT NULL REFERENCES application (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    stage TEXT NOT NULL,
    began TEXT NOT NULL,
    done TEXT,
    PRIMARY KEY (application, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE decision (
    application TEXT PRIMARY KEY REFERENCES application (id) ON DELETE CASCADE,
    outcome TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    notified_on TEXT,
    reason_sealed BLOB NOT NULL,
    articles TEXT NOT NULL
) STRICT;

CREATE TABLE disbursement (
    id TEXT PRIMARY KEY,
    application TEXT NOT NULL REFERENCES application (id),
    paid_on TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
    purpose TEXT NOT NULL
) STRICT;
CREATE INDEX disbursement_by_application ON disbursement (application, paid_on);

CREATE TABLE time_limit (
    id TEXT PRIMARY KEY,
    area TEXT NOT NULL REFERENCES area (code),
    programme TEXT NOT NULL,
    stage TEXT NOT NULL,
    binds TEXT NOT NULL,
    counts_from TEXT NOT NULL,
    days INTEGER NOT NULL,
    unit TEXT NOT NULL,
    instrument TEXT NOT NULL,
    article TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_until TEXT
) STRICT;
CREATE INDEX time_limit_by_area ON time_limit (area, programme);

CREATE TABLE policy (
    id TEXT PRIMARY KEY,
    area TEXT NOT NULL REFERENCES area (code),
    position INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX policy_by_area ON policy (area, position);

CREATE TABLE notice (
    id TEXT PRIMARY KEY,
    area TEXT NOT NULL REFERENCES area (code),
    from_day TEXT NOT NULL,
    until_day TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX notice_by_area ON notice (area, until_day);

CREATE TABLE kiosk (
    id TEXT PRIMARY KEY,
    hall TEXT,
    token_hash BLOB,
    token_expires_at INTEGER,
    revoked_at INTEGER
) STRICT;

CREATE TABLE kiosk_reader (
    kiosk TEXT NOT NULL REFERENCES kiosk (id) ON DELETE CASCADE,
    sam_serial TEXT NOT NULL,
    PRIMARY KEY (kiosk, sam_serial)
) STRICT, WITHOUT ROWID;

CREATE TABLE kiosk_certificate (
    fingerprint BLOB PRIMARY KEY,
    kiosk TEXT NOT NULL REFERENCES kiosk (id),
    issued_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE visit (
    id INTEGER PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    kiosk TEXT NOT NULL,
    person_index BLOB NOT NULL,
    person_index_key TEXT NOT NULL,
    evidence TEXT NOT NULL,
    adult INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;
CREATE INDEX visit_by_time ON visit (opened_at);

CREATE TABLE idempotency (
    kiosk TEXT NOT NULL,
    key_hash BLOB NOT NULL,
    body_index BLOB NOT NULL,
    token_hash BLOB,
    answer_sealed BLOB,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (kiosk, key_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE attempt (
    person_index BLOB NOT NULL,
    kiosk TEXT NOT NULL,
    wrong INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    wrong_that_day INTEGER NOT NULL,
    PRIMARY KEY (person_index, kiosk)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    writer TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kiosk TEXT NOT NULL,
    purpose TEXT NOT NULL,
    evidence TEXT NOT NULL,
    person_index BLOB,
    person_index_key TEXT,
    released TEXT NOT NULL,
    outcome TEXT NOT NULL,
    algorithm TEXT NOT NULL,
    key_id TEXT NOT NULL,
    prev BLOB NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (writer, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE probe (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    at INTEGER NOT NULL
) STRICT;
