-- Events are told apart by their content itself, which jsonb compares whatever the order of keys.
ALTER TABLE event DROP COLUMN content_hash;
