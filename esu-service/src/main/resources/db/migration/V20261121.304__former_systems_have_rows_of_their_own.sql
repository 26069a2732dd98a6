-- A device that was upgraded has a row for each system it ran, so that a report on a past day counts
-- the one of that day. Just one row of a device is open at its end: the system it runs now.
alter table esu_device
  add column since date not null default '-infinity',
  add column until date not null default 'infinity',
  drop constraint esu_device_pkey,
  add primary key (device_id, until);
