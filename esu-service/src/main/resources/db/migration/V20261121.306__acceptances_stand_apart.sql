-- The answer that accepted an enrolment, as long as that is open: the device's document need neither
-- be locked nor written for it.
create table acceptance (
  request_id uuid primary key,
  document json not null
);
insert into acceptance (request_id, document)
select e.request_id, j -> 'result'
from enrolment e
join esu_document x using (device_id)
cross join json_array_elements(x.document -> 'enrolments') j
where e.state = 'OPEN' and j ->> 'requestId' = e.request_id::text and j ->> 'state' = 'ACCEPTED';
