-- One workflow task may write several flushes: what answers a conflict follows at once. When such a task is lost, the numbers of all of them are
-- free again in history, and the next proposal comes under the first. It was taken for one that came late, and refused for ever.

-- The workflow's own time at which the flush was composed; it never goes back in one history. Of two proposals under one number the later is by a
-- workflow task that came after the other was lost. Null in rows from before it was said.
alter table flushes add column proposed_at bigint;

-- Whether history has lost every flush from this number on: none is known to be held, and all were proposed before this one.
create function are_lost(the_run text, the_instance text, from_number int, proposal_at bigint) returns boolean language sql stable
  return proposal_at is not null
     and not exists (select from flushes f
                      where f.run_id = the_run and f.instance = the_instance and f.number >= from_number
                        and (f.confirmed or f.proposed_at is null or f.proposed_at >= proposal_at));
grant execute on function are_lost(text, text, int, bigint) to shigeyi_worker;

do $$
declare
  body text := pg_get_functiondef('write_flush(jsonb)'::regprocedure);
  change record;
begin
  for change in
    select * from (values
      ('if the_number < was.flush_number or written.confirmed then',
       'if written.confirmed
       or the_number < was.flush_number and not are_lost(the_run, the_instance, the_number, (flush ->> ''proposedAt'')::bigint) then'),
      ('insert into flushes (run_id,', 'insert into flushes (proposed_at, run_id,'),
      ('values (the_run, the_instance, the_number, the_digest,',
       'values ((flush ->> ''proposedAt'')::bigint, the_run, the_instance, the_number, the_digest,'),
      ('set digest = excluded.digest, confirmed = false,',
       'set proposed_at = excluded.proposed_at, digest = excluded.digest, confirmed = false,')) as c (was, becomes)
  loop
    if length(body) - length(replace(body, change.was, '')) <> length(change.was) then
      raise exception 'write_flush does not hold "%" exactly once', change.was;
    end if;
    body := replace(body, change.was, change.becomes);
  end loop;
  execute body;
end $$;
