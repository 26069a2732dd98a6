-- What was decided on each request, one row an answer, as published byte by byte.
-- The primary key is the fence between instances that decide the same request.
create table outcome (
  request_id uuid not null,
  seq int not null,
  content_id uuid not null,
  topic text,
  record_key text,
  event_id uuid,
  event_type text,
  source text,
  decided_at timestamptz,
  body bytea,
  fact_topic text,
  fact_key text,
  primary key (request_id, seq)
);
