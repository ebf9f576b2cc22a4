-- Tables of events, actuals, parts, profiles and metric points carry model_id in every key and have no
-- foreign keys, so that they can be distributed by model_id (docs/decisions/003-postgres-first.md).

CREATE TABLE project (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE "user" (
  id text PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL UNIQUE,
  "emailVerified" boolean NOT NULL DEFAULT false,
  image text,
  "createdAt" timestamptz NOT NULL DEFAULT now(),
  "updatedAt" timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE session (
  id text PRIMARY KEY,
  "expiresAt" timestamptz NOT NULL,
  token text NOT NULL UNIQUE,
  "createdAt" timestamptz NOT NULL DEFAULT now(),
  "updatedAt" timestamptz NOT NULL DEFAULT now(),
  "ipAddress" text,
  "userAgent" text,
  "userId" text NOT NULL REFERENCES "user" (id) ON DELETE CASCADE
);
CREATE INDEX session_user_id ON session ("userId");

CREATE TABLE account (
  id text PRIMARY KEY,
  "accountId" text NOT NULL,
  "providerId" text NOT NULL,
  "userId" text NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz NOT NULL DEFAULT now(),
  "updatedAt" timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX account_user_id ON account ("userId");

CREATE TABLE verification (
  id text PRIMARY KEY,
  identifier text NOT NULL,
  value text NOT NULL,
  "expiresAt" timestamptz NOT NULL,
  "createdAt" timestamptz NOT NULL DEFAULT now(),
  "updatedAt" timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE member (
  project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  user_id text NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (project_id, user_id)
);

CREATE TABLE setup_token (
  hash bytea PRIMARY KEY,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);

CREATE TABLE api_key (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  name text NOT NULL,
  prefix text NOT NULL,
  hash bytea NOT NULL UNIQUE,
  scopes text[] NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz,
  revoked_at timestamptz
);

CREATE TABLE model (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  slug text NOT NULL,
  display_name text NOT NULL,
  task text NOT NULL,
  positive_label text,
  decision_threshold double precision,
  tags jsonb NOT NULL DEFAULT '[]',
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (project_id, slug)
);

-- `ordinal` never changes and is never reused: Parquet columns are named after it.
CREATE TABLE feature (
  model_id uuid NOT NULL REFERENCES model (id) ON DELETE CASCADE,
  ordinal integer NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  min double precision,
  max double precision,
  sensitive boolean NOT NULL DEFAULT false,
  declared boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (model_id, ordinal),
  UNIQUE (model_id, name)
);

CREATE TABLE model_version (
  model_id uuid NOT NULL REFERENCES model (id) ON DELETE CASCADE,
  version text NOT NULL,
  first_seen_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (model_id, version)
);

-- One row for each stored request. Its events and actuals carry `seq`; `mirrored_at` is set in the same
-- transaction that puts the parts made from it into the manifest.
CREATE TABLE ingest_batch (
  model_id uuid NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  id uuid NOT NULL,
  events integer NOT NULL,
  actuals integer NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  mirrored_at timestamptz,
  PRIMARY KEY (model_id, seq)
);
CREATE INDEX ingest_batch_pending ON ingest_batch (model_id, seq) WHERE mirrored_at IS NULL;

CREATE TABLE event (
  model_id uuid NOT NULL,
  prediction_id text NOT NULL,
  batch_seq bigint NOT NULL,
  predicted_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  environment text NOT NULL,
  model_version text NOT NULL,
  content_hash bytea NOT NULL,
  body jsonb NOT NULL,
  PRIMARY KEY (model_id, prediction_id)
);
CREATE INDEX event_batch ON event (model_id, batch_seq);

-- Append-only. The actual of an event is the row with the greatest (actual_at, batch_seq), null times first.
CREATE TABLE actual (
  model_id uuid NOT NULL,
  prediction_id text NOT NULL,
  batch_seq bigint NOT NULL,
  actual_label text,
  actual_score double precision,
  actual_at timestamptz,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (model_id, prediction_id, batch_seq)
);
CREATE INDEX actual_batch ON actual (model_id, batch_seq);

CREATE TABLE quarantine (
  model_id uuid NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  batch_id uuid NOT NULL,
  kind text NOT NULL,
  row_index integer NOT NULL,
  prediction_id text,
  code text NOT NULL,
  pointer text NOT NULL,
  detail text NOT NULL,
  body text NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (model_id, id)
);

CREATE TABLE idempotency (
  model_id uuid NOT NULL,
  key text NOT NULL,
  body_hash bytea NOT NULL,
  status integer NOT NULL,
  answer jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (model_id, key)
);

-- The manifest. A part is live while replaced_at is null; every event is in exactly one live `events` part.
CREATE TABLE part (
  model_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  reference_id uuid,
  path text NOT NULL,
  rows integer NOT NULL,
  bytes bigint NOT NULL,
  min_at timestamptz NOT NULL,
  max_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  replaced_at timestamptz,
  PRIMARY KEY (model_id, id)
);
CREATE INDEX part_live ON part (model_id, kind, min_at, max_at) WHERE replaced_at IS NULL;

CREATE TABLE reference (
  model_id uuid NOT NULL,
  id uuid NOT NULL,
  source text NOT NULL,
  rows integer NOT NULL,
  min_at timestamptz,
  max_at timestamptz,
  active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (model_id, id)
);
CREATE UNIQUE INDEX reference_active ON reference (model_id) WHERE active;

-- `reference_profile` is the whole reference on these bins. A model without a reference has one bin set
-- without columns (reference_id null), so that volume and performance are known from the first event.
CREATE TABLE bin_set (
  model_id uuid NOT NULL,
  id uuid NOT NULL,
  reference_id uuid,
  body jsonb NOT NULL,
  reference_profile jsonb,
  active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (model_id, id)
);
CREATE UNIQUE INDEX bin_set_active ON bin_set (model_id) WHERE active;

CREATE TABLE profile (
  model_id uuid NOT NULL,
  bin_set_id uuid NOT NULL,
  grain text NOT NULL,
  start_at timestamptz NOT NULL,
  environment text NOT NULL,
  version text NOT NULL,
  events integer NOT NULL,
  body jsonb NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (model_id, bin_set_id, grain, start_at, environment, version)
);

-- Hours whose profiles are behind the parts. Written with the manifest, removed when profiles and monitors caught up.
CREATE TABLE stale_hour (
  model_id uuid NOT NULL,
  start_at timestamptz NOT NULL,
  mark bigint GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (model_id, start_at)
);

-- `column_key` is '' for metrics of the model as a whole; `version` '' means all versions.
CREATE TABLE metric_point (
  model_id uuid NOT NULL,
  metric text NOT NULL,
  column_key text NOT NULL,
  granularity text NOT NULL,
  start_at timestamptz NOT NULL,
  environment text NOT NULL,
  version text NOT NULL,
  bin_set_id uuid NOT NULL,
  value double precision,
  lower double precision,
  upper double precision,
  n integer NOT NULL,
  n_reference integer,
  p_value double precision,
  exactness text NOT NULL,
  error_bound double precision,
  status text NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (model_id, metric, column_key, granularity, start_at, environment, version)
);

CREATE TABLE channel (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  kind text NOT NULL,
  name text NOT NULL,
  url text NOT NULL,
  sealed_secret text NOT NULL,
  enabled boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE monitor (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  model_id uuid NOT NULL REFERENCES model (id) ON DELETE CASCADE,
  name text NOT NULL,
  metric text NOT NULL,
  column_key text NOT NULL DEFAULT '',
  granularity text NOT NULL,
  threshold jsonb NOT NULL,
  persistence jsonb NOT NULL,
  min_n integer,
  channels uuid[] NOT NULL DEFAULT ARRAY[]::uuid[],
  enabled boolean NOT NULL DEFAULT true,
  created_by text NOT NULL,
  judged_until timestamptz,
  last_state text NOT NULL DEFAULT 'waiting',
  last_value double precision,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX monitor_model ON monitor (model_id);

CREATE TABLE incident (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  model_id uuid NOT NULL REFERENCES model (id) ON DELETE CASCADE,
  monitor_id uuid NOT NULL REFERENCES monitor (id) ON DELETE CASCADE,
  status text NOT NULL,
  severity text NOT NULL,
  value double precision,
  threshold double precision,
  window_from timestamptz NOT NULL,
  window_to timestamptz NOT NULL,
  breach_from timestamptz NOT NULL,
  breach_to timestamptz NOT NULL,
  opened_at timestamptz(3) NOT NULL,
  acknowledged_at timestamptz,
  snoozed_until timestamptz,
  resolved_at timestamptz,
  evidence jsonb NOT NULL DEFAULT '{}'
);
CREATE UNIQUE INDEX incident_unresolved ON incident (monitor_id) WHERE status <> 'resolved';
CREATE INDEX incident_project ON incident (project_id, opened_at DESC, id);

CREATE TABLE incident_entry (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  incident_id uuid NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  at timestamptz NOT NULL DEFAULT now(),
  kind text NOT NULL,
  by text,
  text text
);
CREATE INDEX incident_entry_incident ON incident_entry (incident_id, id);

-- The record of what must be sent; queue jobs only carry its id.
CREATE TABLE delivery (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  channel_id uuid NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
  incident_id uuid REFERENCES incident (id) ON DELETE SET NULL,
  webhook_id text NOT NULL UNIQUE,
  type text NOT NULL,
  body text NOT NULL,
  status text NOT NULL DEFAULT 'pending',
  attempt_count integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz DEFAULT now(),
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX delivery_channel ON delivery (channel_id, created_at DESC, id);
CREATE INDEX delivery_pending ON delivery (next_attempt_at) WHERE status = 'pending';

CREATE TABLE delivery_attempt (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  delivery_id uuid NOT NULL REFERENCES delivery (id) ON DELETE CASCADE,
  at timestamptz NOT NULL DEFAULT now(),
  response_status integer,
  latency_ms integer,
  error text
);
CREATE INDEX delivery_attempt_delivery ON delivery_attempt (delivery_id, id);
