create table agreement (
  agreement_id text primary key,
  version bigint not null,
  program text not null,
  windows_orders bigint not null,
  valid_from timestamptz,
  valid_to timestamptz,
  portal_keys text[],
  changed_at timestamptz not null,
  written_at timestamptz not null default now()
);

-- The only place where product keys are; sealed with AES-GCM, found by fingerprint.
create table sealed_key (
  fingerprint text primary key,
  sealing_key_id text not null,
  nonce bytea not null,
  ciphertext bytea not null,
  sealed_at timestamptz not null default now()
);

-- Pool figures stand beside the key, because every decision reads both and a batch writes both once.
create table product_key (
  key_id text primary key,
  version bigint not null,
  kind text not null,
  fingerprint text not null unique,
  partial_key text not null,
  products text not null,
  product_slugs text[] not null,
  agreement_id text,
  site text,
  expires_at timestamptz,
  blocked boolean not null,
  low_pool_percent int,
  low_pool_seats bigint,
  purchased bigint not null check (purchased >= 0),
  available bigint not null check (available >= 0),
  reserved bigint not null check (reserved >= 0),
  consumed bigint not null check (consumed >= 0),
  overdrawn bigint not null check (overdrawn >= 0),
  saved bigint not null,
  changed_at timestamptz not null,
  -- The database's clock, for publishing lately written facts once more; no rule reads it.
  written_at timestamptz not null default now(),
  check (purchased + overdrawn = available + reserved + consumed)
) with (fillfactor = 50);

create table seat (
  device_id text not null,
  key_id text not null,
  installation_id text not null,
  state text not null,
  open_requests uuid[] not null,
  activations int not null,
  lease_until timestamptz,
  -- Held by one device at a time (retail, OEM) or counted by host (KMS host keys).
  exclusive boolean not null,
  primary key (device_id, key_id, installation_id)
) with (fillfactor = 80);
create index seat_exclusive on seat (key_id) where exclusive;

create table ledger_entry (
  entry_id bigint generated always as identity,
  key_id text not null,
  event_id uuid not null,
  from_account text not null,
  to_account text not null,
  seats bigint not null check (seats > 0),
  at timestamptz not null,
  primary key (key_id, entry_id)
);
