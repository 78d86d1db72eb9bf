-- Sealed complaints on their way. Keyed by a random id and without row numbers: nothing here tells
-- which came first, what it is, or who was at the kiosk.
CREATE TABLE sealed (
    id         TEXT PRIMARY KEY,
    body       BLOB NOT NULL,
    -- Seconds since 1970 by central's clock; NULL while that was not heard, 0 for at once.
    not_before INTEGER,
    attempts   INTEGER NOT NULL DEFAULT 0,
    -- Central did not take it; it is told to staff and offered again.
    refused    INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
