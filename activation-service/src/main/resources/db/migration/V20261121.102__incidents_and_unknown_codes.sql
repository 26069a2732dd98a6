-- Touched by failed outcomes only: a batch in which all goes well never comes here.

-- One row a kind of failure: what is no incident yet, and the incident that goes on. The row is the
-- fence between instances.
create table incident_watch (
  kind text primary key,
  -- When a tick has to look at it: end of the window, or of the quiet time.
  due_at timestamptz,
  document json not null
) with (fillfactor = 50);
create index incident_watch_due on incident_watch (due_at, kind) where due_at is not null;

-- Ids begin with the time, so their order is the order of opening.
create table incident (
  incident_id text primary key,
  kind text not null,
  state text not null,
  document json not null
) with (fillfactor = 70);

create table incident_member (
  incident_id text not null,
  device_id text not null,
  document json not null,
  primary key (incident_id, device_id)
) with (fillfactor = 80);

-- Verbatim, as they were printed.
create table unknown_code (
  code text primary key,
  count bigint not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  device_id text not null
) with (fillfactor = 70);

-- A report may change several licenses of a device at one instant.
alter table device_history add column product text not null default '';
alter table device_history drop constraint device_history_pkey;
alter table device_history add primary key (device_id, at, event_id, product);
