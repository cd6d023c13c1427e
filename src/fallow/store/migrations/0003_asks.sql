-- Whether a message asks, when it was read, and periods from which messages are known to be missing.

ALTER TABLE message ADD COLUMN asks INTEGER CHECK (asks IN (0, 1));      -- NULL: not known
ALTER TABLE message ADD COLUMN read_at INTEGER;                          -- NULL: not known
ALTER TABLE source ADD COLUMN unseen BLOB NOT NULL DEFAULT x'';          -- pairs of int64, little-endian

-- What `find_questions` would have said of the words that were kept.
UPDATE message SET asks = CASE
    WHEN kind <> 0 THEN 0
    WHEN body IS NOT NULL THEN body GLOB '*[?]' OR body GLOB '*[?][^0-9A-Za-z]*' OR body GLOB '*[;՞؟？]*'
END;

DELETE FROM derived WHERE name <> 'store.count';
