-- Only the key is ever looked for. Figures about the other columns would guide no plan, and a young
-- table, which is analyzed again with every tenth that is added, would pay for them each time.
alter table outcome
  alter column request_id set statistics 10,
  alter column seq set statistics 0,
  alter column content_id set statistics 0,
  alter column topic set statistics 0,
  alter column record_key set statistics 0,
  alter column event_id set statistics 0,
  alter column event_type set statistics 0,
  alter column source set statistics 0,
  alter column decided_at set statistics 0,
  alter column body set statistics 0,
  alter column fact_topic set statistics 0,
  alter column fact_key set statistics 0;
