-- A review may have a deadline of its own. While it runs, the reviewer is who may be overdue, and not whoever handed the work in.
alter table tasks add column review_deadline bigint;

-- The flush writes it too. Its function is long and many migrations change a little of it, so each of these changes is made where it stands: a text
-- that is not found exactly once stops the migration.
do $$
declare
  body text := pg_get_functiondef('write_flush(jsonb)'::regprocedure);
  change record;
begin
  for change in
    select * from (values
      ('decided_by, late, held, source)', 'decided_by, late, held, source, review_deadline)'),
      ('r.late, r.held, r.source', 'r.late, r.held, r.source, r."reviewDeadline"'),
      ('held jsonb, source jsonb)', 'held jsonb, source jsonb, "reviewDeadline" bigint)'),
      ('source = excluded.source,', 'source = excluded.source, review_deadline = excluded.review_deadline,')) as c (was, becomes)
  loop
    if length(body) - length(replace(body, change.was, '')) <> length(change.was) then
      raise exception 'write_flush does not hold "%" exactly once', change.was;
    end if;
    body := replace(body, change.was, change.becomes);
  end loop;
  execute body;
end $$;
