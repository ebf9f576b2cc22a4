-- An uploaded file and how far its rows are taken in. The file lies in the data folder under the import's id.
-- `holder` is the worker that works on it; it may be taken over once `held_until` is past.
CREATE TABLE import (
  model_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  kind text NOT NULL,
  format text NOT NULL,
  name text,
  options jsonb NOT NULL,
  status text NOT NULL DEFAULT 'waiting',
  bytes bigint NOT NULL,
  bytes_done bigint NOT NULL DEFAULT 0,
  rows_total bigint,
  rows_done bigint NOT NULL DEFAULT 0,
  accepted bigint NOT NULL DEFAULT 0,
  duplicates bigint NOT NULL DEFAULT 0,
  rejected bigint NOT NULL DEFAULT 0,
  rejected_rows jsonb NOT NULL DEFAULT '[]',
  cancel_requested boolean NOT NULL DEFAULT false,
  attempts integer NOT NULL DEFAULT 0,
  holder uuid,
  held_until timestamptz,
  problem jsonb,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  started_at timestamptz,
  finished_at timestamptz,
  PRIMARY KEY (model_id, id)
);
CREATE INDEX import_newest ON import (model_id, created_at DESC, id DESC);
CREATE INDEX import_unfinished ON import (created_at) WHERE status IN ('waiting', 'running');
