-- What is written and never sent is of more than one kind: a draft for an urge, a letter, what is better now, a question.

ALTER TABLE draft ADD COLUMN kind TEXT NOT NULL DEFAULT 'draft';
