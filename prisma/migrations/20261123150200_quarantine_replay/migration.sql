-- What became of a rejected row, and what its envelope said: without it a replay would give the row another version.
-- `field` is the pointer without the row's index and without the position inside a vector; rejected rows are grouped by it.
ALTER TABLE quarantine
  ADD COLUMN status text NOT NULL DEFAULT 'waiting',
  ADD COLUMN settled_at timestamptz,
  ADD COLUMN envelope_version text,
  ADD COLUMN envelope_environment text,
  ADD COLUMN field text NOT NULL GENERATED ALWAYS AS (
    regexp_replace(
      regexp_replace(pointer, '^/(events|actuals)/[0-9]+', ''),
      '^(/features/[^/]+|/embedding_features/[^/]+/vector)/[0-9]+$', '\1'
    )
  ) STORED;
CREATE INDEX quarantine_group ON quarantine (model_id, status, code, field, id);
CREATE INDEX quarantine_received ON quarantine (model_id, received_at);

-- Rules that mend rows before they are checked.
ALTER TABLE model ADD COLUMN mapping_rules jsonb NOT NULL DEFAULT '[]';

-- Rows of the batch that were stored anew, and rows that were refused. Replays count as neither: their rows were counted
-- when they came.
ALTER TABLE ingest_batch
  ADD COLUMN accepted integer NOT NULL DEFAULT 0,
  ADD COLUMN rejected integer NOT NULL DEFAULT 0;
UPDATE ingest_batch SET accepted = greatest(events, actuals);
CREATE INDEX ingest_batch_received ON ingest_batch (model_id, received_at);

-- What became of a feature: new, missing, retyped, back. The latest row of a feature is its state.
CREATE TABLE schema_change (
  model_id uuid NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  at timestamptz NOT NULL,
  feature text NOT NULL,
  kind text NOT NULL,
  from_kind text,
  to_kind text,
  n integer NOT NULL,
  model_version text,
  PRIMARY KEY (model_id, id)
);
CREATE INDEX schema_change_feature ON schema_change (model_id, feature, id DESC);
