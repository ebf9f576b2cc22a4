-- The version of the shape a stored profile was written in; profiles of older shapes are recomputed in the background.
ALTER TABLE profile ADD COLUMN format integer NOT NULL DEFAULT 1;
CREATE INDEX profile_format ON profile (format, model_id, start_at) WHERE grain = 'hour';
ALTER TABLE bin_set ADD COLUMN profile_format integer NOT NULL DEFAULT 1;
