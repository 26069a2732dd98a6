-- What only operators ask for. No table here is touched by a decision on an activation that goes
-- well: rows of hosts and devices are locked and written there, so they stay small.

create table kms_host_health (
  host text primary key,
  document json not null
) with (fillfactor = 50);

-- The newest request of each client, as the host logged it.
create table kms_request (
  host text not null,
  cmid text not null,
  requested_at timestamptz not null,
  document json not null,
  primary key (host, cmid)
) with (fillfactor = 80);
create index kms_request_recent on kms_request (host, requested_at desc, cmid);

-- What devices are looked for by; written when one of it changes.
create table device_facet (
  device_id text primary key,
  kms_host text,
  kms_port int,
  kms_origin text,
  deployment text,
  image_id text,
  ship boolean,
  failing_reason text,
  failing_cause text,
  failing_code text,
  failing_since timestamptz
) with (fillfactor = 80);
create index device_facet_kms on device_facet (kms_host, device_id) where kms_host is not null;
create index device_facet_failing on device_facet (failing_reason, failing_cause, device_id)
  where failing_reason is not null;
create index device_facet_deployment on device_facet (deployment, device_id)
  where deployment is not null;
create index device_facet_ship on device_facet (device_id) where ship;

insert into device_facet (device_id, kms_host, kms_port, kms_origin, deployment, image_id,
                          failing_reason, failing_cause, failing_code, failing_since)
select device_id, document->'kms'->>'host', (document->'kms'->>'port')::int,
       document->'kms'->>'origin', document->'installed'->>'deployment',
       document->'installed'->>'imageId', f->>'reason', f->>'cause', f->>'code',
       case when f is null then null else (document->'trouble'->>'since')::timestamptz end
from (select d.device_id, d.document,
             case when d.document->'trouble'->>'state' = 'FAILING'
                  then d.document->'trouble'->'failures'->-1 end as f
      from device d) known
where document->'kms'->>'host' is not null or document->'installed'->>'deployment' is not null
   or document->'installed'->>'imageId' is not null or f is not null;

-- The newest state of each key that key-service published.
create table key_fact (
  key_id text primary key,
  version bigint not null,
  document json not null
) with (fillfactor = 70);

-- Master data of operators (docs/adr/0006); every change stays under the id of its request.
create table work_item (
  item_id uuid primary key,
  state text not null,
  owner text not null,
  due_on date not null,
  device_id text,
  incident_id text,
  document json not null
) with (fillfactor = 70);
create index work_item_device on work_item (device_id, item_id) where device_id is not null;
create index work_item_incident on work_item (incident_id, item_id) where incident_id is not null;

create table work_item_change (
  request_id uuid primary key,
  item_id uuid not null,
  number int not null,
  -- What was asked, to tell a repetition from another request under the same id.
  asked text not null,
  document json not null,
  unique (item_id, number)
);
