-- Complaints, in a file of their own: neither its log nor the order of its pages tells anything about
-- visits, which are in the other one. No kiosk, no time finer than a day, no order of arrival: rows
-- are kept by a random id. Append-only: a change to the schema is a new file.

CREATE TABLE complaint (
    -- 32 hex digits, made by the kiosk or by whoever imports.
    id TEXT PRIMARY KEY,
    -- County, 6 digits.
    area TEXT,
    tracking_index BLOB NOT NULL,
    tracking_index_key TEXT NOT NULL,
    code_hash BLOB NOT NULL,
    code_key TEXT NOT NULL,
    -- Keyed digest of the sealed complaint, to know it again; NULL when it was imported.
    body_index BLOB,
    kind TEXT NOT NULL,
    -- Tracking number, subject, text and writer.
    content_sealed BLOB NOT NULL,
    received_on TEXT NOT NULL,
    state TEXT NOT NULL,
    office TEXT,
    accepted_on TEXT,
    reply_on TEXT,
    reply_sealed BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX complaint_by_tracking ON complaint (tracking_index);
