-- Instants are microseconds since 1970-01-01 UTC; a message of a source without a zone has its wall clock read as UTC.

CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,            -- random, 32 hex digits
    body BLOB NOT NULL                  -- fallow.plan.encode_event
) STRICT;

CREATE TABLE preference (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
    id TEXT PRIMARY KEY,
    started_at INTEGER NOT NULL,
    saved_at INTEGER NOT NULL,
    body TEXT NOT NULL,
    sealed INTEGER NOT NULL CHECK (sealed IN (0, 1)),
    opens_at INTEGER
) STRICT;

CREATE TABLE source (
    number INTEGER PRIMARY KEY,         -- what messages refer to
    id TEXT NOT NULL UNIQUE,
    imported_at INTEGER NOT NULL,
    format TEXT NOT NULL,
    messages INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    with_text INTEGER NOT NULL CHECK (with_text IN (0, 1)),
    ego TEXT NOT NULL,
    "alter" TEXT NOT NULL,
    zone TEXT,
    zoned INTEGER NOT NULL CHECK (zoned IN (0, 1)),
    resolution INTEGER NOT NULL CHECK (resolution > 0),
    problems BLOB NOT NULL
) STRICT;

-- The primary key is what makes two messages the same, so importing twice is importing once.
CREATE TABLE message (
    at INTEGER NOT NULL,
    sender INTEGER NOT NULL CHECK (sender IN (0, 1)),
    kind INTEGER NOT NULL,
    words INTEGER NOT NULL,
    size INTEGER NOT NULL,
    nth INTEGER NOT NULL,               -- which of several alike in their source, from 0
    place INTEGER NOT NULL,             -- order among the messages of one instant in their source, from 0
    "offset" INTEGER NOT NULL,          -- seconds to add for the local wall clock
    source INTEGER NOT NULL REFERENCES source (number),
    body TEXT,                          -- the words, where they were kept
    PRIMARY KEY (at, sender, kind, words, size, nth)
) STRICT, WITHOUT ROWID;

-- Computed from messages; every change of those empties it in the same transaction.
CREATE TABLE derived (
    name TEXT PRIMARY KEY,
    body BLOB NOT NULL
) STRICT;
