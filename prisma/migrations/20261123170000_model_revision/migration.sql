-- Counts the changes of what events are judged by, so that rows judged by a remembered model are stored only while it holds.
ALTER TABLE model ADD COLUMN revision integer NOT NULL DEFAULT 0;
