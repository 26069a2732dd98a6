-- What rules fold is one document a device. What reports count and filter by stands in a narrow row
-- beside it, so that a report over a fleet reads little.

create table esu_device (
  device_id text primary key,
  version bigint not null,
  product text,
  site text,
  collection text,
  -- Days that licenses and the platform cover; a day is asked for with @>.
  licensed datemultirange not null,
  platform datemultirange not null,
  -- Last sign-in, where the platform's entitlement hangs on it.
  signed_in_on date,
  first_covered_on date,
  -- Codes of what the system lacks; null when nothing.
  blocked text,
  -- Numbers of years on which sources disagree; null when none.
  disputed int[],
  incidents int not null,
  -- When a tick has to look at it.
  due_on date
) with (fillfactor = 80);
create index esu_device_due on esu_device (due_on, device_id) where due_on is not null;
create index esu_device_site on esu_device (site, device_id);
create index esu_device_product on esu_device (product, device_id);
create index esu_device_blocked on esu_device (device_id) where blocked is not null;
create index esu_device_disputed on esu_device (device_id) where disputed is not null;
create index esu_device_incidents on esu_device (device_id) where incidents > 0;
create index esu_device_signed_in on esu_device (device_id) where signed_in_on is not null;

create table esu_document (
  device_id text primary key,
  document json not null
) with (fillfactor = 70);

-- One record of coverage for each device, program and year.
create table esu_year (
  device_id text not null,
  program text not null,
  year int not null,
  product text not null,
  held boolean not null,
  primary key (device_id, program, year)
) with (fillfactor = 80);
create index esu_year_held on esu_year (program, year, device_id) where held;

create table enrolment (
  request_id uuid primary key,
  device_id text not null,
  program text,
  year int,
  state text not null,
  document json not null
) with (fillfactor = 70);
create index enrolment_device on enrolment (device_id, request_id);
create index enrolment_state on enrolment (state, request_id);

-- Year warnings that were told.
create table year_warning (
  program text not null,
  year int not null,
  days_before int not null,
  told_at timestamptz not null,
  primary key (program, year, days_before)
);

-- ESU pools as key-service last told them.
create table esu_key (
  key_id text primary key,
  version bigint not null,
  available bigint not null,
  document json not null
);

-- Devices linked to license resources of Azure Arc.
create table arc_license (
  license_id text primary key
);
create table arc_link (
  license_id text not null,
  device_id text not null,
  cores int not null,
  primary key (license_id, device_id)
);
