-- What an import said it read, as JSON; empty for what was brought in before it was kept.

ALTER TABLE source ADD COLUMN receipt BLOB NOT NULL DEFAULT x'';
