-- A stale hour is kept until it is judged; from when its profile is written, answers need no longer scan it.
ALTER TABLE stale_hour ADD COLUMN profiled boolean NOT NULL DEFAULT false;
-- When the whole history first stood on these bins; null while it is being recomputed.
ALTER TABLE bin_set ADD COLUMN recomputed_at timestamptz DEFAULT now();
