-- Windows after the newest judged one that wait for labels.
ALTER TABLE monitor ADD COLUMN awaiting_labels integer NOT NULL DEFAULT 0;
