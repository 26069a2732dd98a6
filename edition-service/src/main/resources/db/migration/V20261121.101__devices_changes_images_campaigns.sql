-- What rules fold is one document; what operators filter, ticks search or campaigns count by is a
-- column.

create table edition_device (
  device_id text primary key,
  edition text,
  document json not null
) with (fillfactor = 70);

-- Upgrades and re-images, from request to end.
create table device_change (
  request_id uuid primary key,
  device_id text not null,
  kind text not null,
  state text not null,
  reason text,
  campaign_id text,
  wave int not null,
  -- When a tick has to look at it.
  due_at timestamptz,
  requested_at timestamptz not null,
  ended_at timestamptz,
  -- The activation that follows; its results find the change by it.
  activation_id uuid,
  -- The pool whose seat it still waits for.
  pool_key_id text,
  document json not null
) with (fillfactor = 70);
create index device_change_due on device_change (due_at, request_id) where due_at is not null;
create index device_change_device on device_change (device_id, requested_at);
create index device_change_activation on device_change (activation_id)
  where activation_id is not null;
create index device_change_campaign on device_change (campaign_id, wave, state)
  where campaign_id is not null;
create index device_change_pool on device_change (pool_key_id) where pool_key_id is not null;

create table image (
  image_id text primary key,
  version bigint not null,
  document json not null
);

create table reimage_override (
  override_id text primary key,
  device_id text,
  image_id text,
  valid_until timestamptz not null,
  document json not null
);
create index reimage_override_device on reimage_override (device_id);
create index reimage_override_image on reimage_override (image_id);

create table campaign (
  campaign_id text primary key,
  state text not null,
  document json not null
);

-- What other services say, newest version only.
create table agreement_fact (
  agreement_id text primary key,
  version bigint not null,
  document json not null
);
create table key_fact (
  key_id text primary key,
  version bigint not null,
  partial_key text not null,
  products text[] not null,
  document json not null
) with (fillfactor = 50);
create index key_fact_partial on key_fact (upper(partial_key));
create index key_fact_products on key_fact using gin (products);
