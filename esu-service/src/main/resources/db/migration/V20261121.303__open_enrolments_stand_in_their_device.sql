-- An open enrolment stands in the document of its device, which is written with every step anyway;
-- its row only says where. The row gets the enrolment itself when that has ended.
alter table enrolment alter column document drop not null;
update enrolment set state = 'OPEN', document = null where state in ('REQUESTED', 'ACCEPTED');
