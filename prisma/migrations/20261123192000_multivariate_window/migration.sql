-- A window compared with the reference on all columns together, or waiting for it. The result of an earlier comparison
-- stays until a new one replaces it. `holder` is the worker at it; it may be taken over once `held_until` is past.
CREATE TABLE multivariate_window (
  model_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  bin_set_id uuid NOT NULL,
  environment text NOT NULL,
  from_at timestamptz(3) NOT NULL,
  to_at timestamptz(3) NOT NULL,
  source text NOT NULL,
  state text NOT NULL DEFAULT 'waiting',
  progress double precision NOT NULL DEFAULT 0,
  cancel_requested boolean NOT NULL DEFAULT false,
  attempts integer NOT NULL DEFAULT 0,
  holder uuid,
  held_until timestamptz,
  detail text,
  result jsonb,
  requested_at timestamptz(3) NOT NULL DEFAULT now(),
  finished_at timestamptz(3),
  PRIMARY KEY (model_id, id)
);
CREATE UNIQUE INDEX multivariate_window_once
  ON multivariate_window (model_id, bin_set_id, environment, from_at, to_at);
CREATE INDEX multivariate_window_unfinished ON multivariate_window (requested_at)
  WHERE state IN ('waiting', 'running');
