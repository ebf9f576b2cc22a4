-- What is expected of the data of a model; a version is never changed, the newest one holds.
CREATE TABLE expectation_suite (
  model_id uuid NOT NULL,
  version integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by text NOT NULL,
  summary text,
  body jsonb NOT NULL,
  PRIMARY KEY (model_id, version)
);
