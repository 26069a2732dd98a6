-- A batch locks the document itself: of two tables joined, only the locked one is read anew after a
-- wait, and a document read beside a locked row could be the one from before.
-- The day on which a tick looks at a device stands apart from the row that reports read, so that a
-- turn of the year rewrites neither that row nor its indexes.
create table esu_due (
  device_id text primary key,
  due_on date not null
) with (fillfactor = 90);
create index esu_due_on on esu_due (due_on, device_id);
insert into esu_due (device_id, due_on)
select device_id, due_on from esu_device where due_on is not null;

alter table esu_device drop column version, drop column due_on;

-- The programs that rows and days were made from; others make every device due once more.
create table esu_plan (
  only_one boolean primary key default true check (only_one),
  digest text not null
);
