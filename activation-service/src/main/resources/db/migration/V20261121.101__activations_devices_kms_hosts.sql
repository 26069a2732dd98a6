-- What rules fold is one document; what operators filter or ticks search by is a column.
-- A decision on a MAK writes one activation row and one device row.

create table activation (
  request_id uuid primary key,
  device_id text not null,
  state text not null,
  -- End of the lease or of the validity: when a tick has to look at it.
  due_at timestamptz,
  document json not null
) with (fillfactor = 70);
create index activation_due on activation (due_at, request_id) where due_at is not null;

create table device (
  device_id text primary key,
  version bigint not null,
  product text,
  site text,
  license_status int,
  document json not null
) with (fillfactor = 70);

-- Only what changed or contradicts the present; the event id keeps lines of one instant apart.
create table device_history (
  device_id text not null,
  at timestamptz not null,
  event_id uuid not null,
  document json not null,
  primary key (device_id, at, event_id)
);

-- Fits again after a reinstallation on unchanged hardware.
create table confirmation (
  device_id text not null,
  installation_id text not null,
  confirmation_id text not null,
  confirmed_at timestamptz not null,
  primary key (device_id, installation_id)
);

create table kms_host (
  host text primary key,
  last_seen_at timestamptz not null,
  document json not null
) with (fillfactor = 50);

-- A host may have hundreds of thousands of clients; its count needs the most recent ones only.
create table kms_contact (
  host text not null,
  cmid text not null,
  last_seen_at timestamptz not null,
  primary key (host, cmid)
) with (fillfactor = 80);
create index kms_contact_recent on kms_contact (host, last_seen_at desc, cmid);

-- Which devices use a client machine ID: more than one means clones of one image.
create table cmid_device (
  cmid text not null,
  device_id text not null,
  last_seen_at timestamptz not null,
  primary key (cmid, device_id)
) with (fillfactor = 80);
