-- Corrections of the register leave a household's workflow as outbox rows; the worker applies them.
-- Whoever adds another kind keeps these.
alter table outbox drop constraint outbox_kind_check;
alter table outbox add constraint outbox_kind_check check (kind in ('message', 'command', 'admission', 'correction'));

-- What came of each, by its claim: applied once, however often it is passed on. No words: those are in the submission.
create table corrections (
  run_id text not null,
  claim text not null,
  household text not null,
  -- Of the register.
  field text not null,
  submission text not null,
  outcome text not null check (outcome in ('corrected', 'taken', 'overtaken')),
  -- Campaign time at which the task was done that holds it.
  done_at bigint not null,
  applied_at timestamptz not null default now(),
  primary key (run_id, claim)
);
create index corrections_of_household on corrections (run_id, household, field);
grant select, insert on corrections to shigeyi_worker;
alter table corrections enable row level security;
alter table corrections force row level security;
create policy engine on corrections to shigeyi_worker using (true) with check (true);

-- A line of an instance's audit that the instance did not write itself: something was done to it from outside. It stands under the flush it follows
-- from, which history holds by then, so no later flush makes it void.
create function append_audit(the_run text, the_instance text, the_flush int, the_at bigint, the_kind text, the_task text, the_command text,
                             the_actor text, the_detail jsonb) returns void language plpgsql as $$
declare
  next_seq int;
  the_digest text;
begin
  select i.audit_seq + 1 into next_seq from instances i where i.run_id = the_run and i.id = the_instance for update;
  if not found then
    raise exception 'there is no instance %/%', the_run, the_instance using errcode = 'no_data_found';
  end if;
  select f.digest into the_digest from flushes f where f.run_id = the_run and f.instance = the_instance and f.number = the_flush;
  insert into audit (run_id, instance, seq, flush_number, flush_digest, at, kind, task, command, actor, detail)
  values (the_run, the_instance, next_seq, the_flush, coalesce(the_digest, ''), the_at, the_kind, the_task, the_command, the_actor, the_detail);
  update instances set audit_seq = next_seq where run_id = the_run and id = the_instance;
end $$;
grant execute on function append_audit(text, text, int, bigint, text, text, text, text, jsonb) to shigeyi_worker;
