-- A chat that was put away under a passphrase of its own: fallow.store.parcel says what its bytes are.

CREATE TABLE parcel (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,            -- random, 32 hex digits
    made_at INTEGER NOT NULL,
    opens_on TEXT NOT NULL,             -- a local day, YYYY-MM-DD
    taken TEXT NOT NULL CHECK (taken IN ('words', 'messages')),
    messages INTEGER NOT NULL,
    size INTEGER NOT NULL,
    digest TEXT NOT NULL,               -- SHA-256 of its bytes but the last 32, hex
    given_at INTEGER                    -- NULL: it lies here
) STRICT;

CREATE TABLE parcel_piece (
    parcel INTEGER NOT NULL REFERENCES parcel (number),
    nth INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (parcel, nth)
) STRICT, WITHOUT ROWID;
