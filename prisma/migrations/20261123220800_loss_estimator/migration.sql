-- What was learnt of the errors of a regression from the reference of a bin set. The body says in which format it is;
-- one of another format is learnt anew.
CREATE TABLE loss_estimator (
  model_id uuid NOT NULL,
  bin_set_id uuid NOT NULL,
  format integer NOT NULL,
  body jsonb NOT NULL,
  learnt_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (model_id, bin_set_id)
);
