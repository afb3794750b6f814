-- A gate does not wait for those whom its task does not concern: an item may say so, and what was settled may become unsettled again.

alter table gate_items
  -- The task does not concern it, as the last flush says; then it is not settled.
  add column excluded boolean not null default false,
  -- The same, as far as history is known to hold it; only this is left out of the count.
  add column left_out boolean not null default false;
drop index gate_items_held;
create index gate_items_held on gate_items (run_id, instance) where settled <> counted or excluded <> left_out;
-- Gates on a scope above ask what one union, or the campaign, has said.
create index gate_items_of_union on gate_items (run_id, union_id, gate);

-- `total` are those whom the task concerns.
alter table gates add column excluded int not null default 0;

-- What flushes from `from_number` on say to gates is taken back to what history holds.
create function recall_gate_items(the_run text, the_instance text, from_number int) returns void language sql as $$
  update gate_items set settled = counted, excluded = left_out
   where run_id = the_run and instance = the_instance and flush_number >= from_number and (settled <> counted or excluded <> left_out);
$$;

-- A wake's gate changes count at once, an Update's once confirmed, as with every other row that leaves the house. A full flush names every gate.
create function write_gate_items(flush jsonb, has_answers boolean) returns void language plpgsql as $$
begin
  if jsonb_array_length(flush -> 'gates') = 0 then return; end if;
  insert into gate_items (run_id, gate, instance, union_id, settled, excluded, counted, left_out, changed, flush_number)
  select distinct on (e.item ->> 'gate') flush ->> 'run', e.item ->> 'gate', flush ->> 'instance', flush ->> 'union',
         (e.item ->> 'settled')::boolean, e.item ? 'excluded',
         not has_answers and (e.item ->> 'settled')::boolean, not has_answers and e.item ? 'excluded',
         not has_answers and ((e.item ->> 'settled')::boolean or e.item ? 'excluded'), (flush ->> 'number')::int
    from jsonb_array_elements(flush -> 'gates') with ordinality as e (item, place)
   order by e.item ->> 'gate', e.place desc
  on conflict (run_id, gate, instance) do update
    set union_id = excluded.union_id, settled = excluded.settled, excluded = excluded.excluded, flush_number = excluded.flush_number,
        counted = case when has_answers then gate_items.counted else excluded.settled end,
        left_out = case when has_answers then gate_items.left_out else excluded.excluded end,
        changed = gate_items.changed
                  or not has_answers and (gate_items.counted <> excluded.settled or gate_items.left_out <> excluded.excluded);
end $$;

-- As before, but that what is said to gates is written and recalled by the functions above.
create or replace function recall_flushes(the_run text, the_instance text, from_number int) returns void language plpgsql as $$
declare
  void_answers text[];
begin
  delete from outbox where run_id = the_run and instance = the_instance and flush_number >= from_number and state in ('held', 'ready');
  select array_agg(answer) into void_answers
    from flushes, unnest(answers) as answer
   where run_id = the_run and instance = the_instance and number >= from_number;
  delete from commands where run_id = the_run and id = any (void_answers) and instance = the_instance;
  update submissions set state = 'stored' where run_id = the_run and id = any (void_answers) and state = 'accepted';
  perform recall_gate_items(the_run, the_instance, from_number);
end $$;

create or replace function write_flush(flush jsonb, out outcome text, out conflict boolean) language plpgsql as $$
declare
  the_run constant text := flush ->> 'run';
  the_instance constant text := flush ->> 'instance';
  the_union constant text := flush ->> 'union';
  the_number constant int := (flush ->> 'number')::int;
  the_digest constant text := flush ->> 'digest';
  is_full constant boolean := (flush ->> 'full')::boolean;
  has_answers constant boolean := jsonb_array_length(flush -> 'answers') > 0;
  answer_ids text[] := '{}';
  was record;
  written record;
  void_digest text;
  next_seq int;
begin
  select i.flush_number, i.flush_digest, i.audit_seq, i.needs_full, i.quarantined, i.union_id into was
    from instances i where i.run_id = the_run and i.id = the_instance for update;
  if not found then
    insert into instances (run_id, id, scope, union_id) values (the_run, the_instance, flush ->> 'scope', the_union) on conflict do nothing;
    select i.flush_number, i.flush_digest, i.audit_seq, i.needs_full, i.quarantined, i.union_id into was
      from instances i where i.run_id = the_run and i.id = the_instance for update;
  end if;
  conflict := was.needs_full and not is_full;
  outcome := 'written';

  if was.quarantined then
    if not is_full then
      outcome := 'gap';
      return;
    end if;
    if the_number <= was.flush_number then void_digest := was.flush_digest; end if;
  elsif the_number <= was.flush_number then
    -- Locked, because a confirmation may be under way.
    select f.digest, f.confirmed into written
      from flushes f where f.run_id = the_run and f.instance = the_instance and f.number = the_number for update;
    if found and written.digest = the_digest then
      outcome := 'same';
      conflict := was.needs_full;
      return;
    end if;
    if the_number < was.flush_number or written.confirmed then
      outcome := 'behind';
      return;
    end if;
    void_digest := was.flush_digest;
  elsif the_number > was.flush_number + 1 then
    if not is_full then
      outcome := 'gap';
      return;
    end if;
  elsif was.flush_number > 0 and flush ->> 'previous' <> was.flush_digest then
    -- A late writer had superseded the flush that history went on from.
    void_digest := was.flush_digest;
  end if;

  next_seq := was.audit_seq;
  if void_digest is not null then
    outcome := 'superseded';
    conflict := not is_full;
    perform recall_flushes(the_run, the_instance, least(the_number, was.flush_number));
    delete from flushes where run_id = the_run and instance = the_instance and number > the_number;
    -- Which of the audit rows of that number count is read from its digest.
    update flushes set digest = flush ->> 'previous'
     where run_id = the_run and instance = the_instance and number = the_number - 1 and digest <> flush ->> 'previous';
    next_seq := next_seq + 1;
    insert into audit (run_id, instance, seq, flush_number, flush_digest, at, kind, actor, detail)
    values (the_run, the_instance, next_seq, the_number, the_digest, (flush ->> 'advancedTo')::bigint, 'void', 'store',
            jsonb_build_object('number', was.flush_number, 'digest', void_digest));
  end if;

  if is_full then
    delete from tasks
     where run_id = the_run and instance = the_instance
       and key not in (select item ->> 'key' from jsonb_array_elements(flush -> 'tasks') as item);
  end if;
  if jsonb_array_length(flush -> 'tasks') > 0 then
    insert into tasks (run_id, instance, key, template, union_id, status, opened_at, deadline, deadline_rev, holder, reviewer, step, rung, returns,
                       submission, submitted_at, submitted_by, settled_at, decided_by, late, held, source)
    select distinct on (r.key) the_run, the_instance, r.key, r.template, the_union, r.status, r."openedAt", r.deadline, r."deadlineRev", r.holder,
           r.reviewer, r.step, r.rung, r.returns, r.submission, r."submittedAt", r."submittedBy", r."settledAt", r."decidedBy", r.late, r.held, r.source
      from jsonb_to_recordset(flush -> 'tasks') as r (
             key text, template text, status text, "openedAt" bigint, deadline bigint, "deadlineRev" int, holder text, reviewer text, step int,
             rung int, returns int, submission text, "submittedAt" bigint, "submittedBy" text, "settledAt" bigint, "decidedBy" text, late boolean,
             held jsonb, source jsonb)
    on conflict (run_id, instance, key) do update
      set template = excluded.template, union_id = excluded.union_id, status = excluded.status, opened_at = excluded.opened_at,
          deadline = excluded.deadline, deadline_rev = excluded.deadline_rev, holder = excluded.holder, reviewer = excluded.reviewer,
          step = excluded.step, rung = excluded.rung, returns = excluded.returns, submission = excluded.submission,
          submitted_at = excluded.submitted_at, submitted_by = excluded.submitted_by, settled_at = excluded.settled_at,
          decided_by = excluded.decided_by, late = excluded.late, held = excluded.held, source = excluded.source,
          changed_in = excluded.changed_in;
  end if;

  if jsonb_array_length(flush -> 'audit') > 0 then
    insert into audit (run_id, instance, seq, flush_number, flush_digest, at, kind, task, command, actor, detail)
    select the_run, the_instance, next_seq + e.place, the_number, the_digest, (e.item ->> 'at')::bigint, e.item ->> 'kind', e.item ->> 'task',
           e.item ->> 'command', e.item ->> 'actor', e.item -> 'detail'
      from jsonb_array_elements(flush -> 'audit') with ordinality as e (item, place);
    next_seq := next_seq + jsonb_array_length(flush -> 'audit');
  end if;

  if has_answers then
    select array_agg(item ->> 'command') into answer_ids from jsonb_array_elements(flush -> 'answers') as item;
    insert into commands (run_id, id, instance, digest, answer, flush_number, accepted_at)
    select the_run, item ->> 'command', the_instance, item ->> 'digest', item, the_number, (item ->> 'at')::bigint
      from jsonb_array_elements(flush -> 'answers') as item
    on conflict do nothing;
    update submissions set state = 'accepted' where run_id = the_run and id = any (answer_ids) and state = 'stored';
  end if;

  -- Gate changes are kept by `gate_items`, which is their outbox.
  if jsonb_array_length(flush -> 'outbox') > 0 then
    insert into outbox (run_id, instance, flush_number, claim, kind, cause, at, due_at, payload, state)
    select the_run, the_instance, the_number, e.item ->> 'claim', e.item ->> 'kind', e.item ->> 'cause', (e.item ->> 'at')::bigint,
           (e.item ->> 'at')::bigint, e.item, case e.item ->> 'cause' when 'wake' then 'ready' else 'held' end
      from jsonb_array_elements(flush -> 'outbox') with ordinality as e (item, place)
     where e.item ->> 'kind' <> 'gate'
     order by e.place
    on conflict (run_id, claim) do nothing;
  end if;

  perform write_gate_items(flush, has_answers);

  if flush @> '{"outbox": [{"cause": "wake"}]}' then perform ring_outbox(array[the_run]); end if;

  insert into flushes (run_id, instance, number, digest, awaited, answers)
  values (the_run, the_instance, the_number, the_digest,
          flush @> '{"outbox": [{"cause": "update"}]}' or has_answers and jsonb_array_length(flush -> 'gates') > 0, answer_ids)
  on conflict (run_id, instance, number) do update
    set digest = excluded.digest, confirmed = false, awaited = excluded.awaited, answers = excluded.answers, written_at = now();

  update instances
     set status = flush ->> 'status', union_id = the_union, revision = (flush ->> 'revision')::int, flush_number = the_number,
         flush_digest = the_digest, needs_full = conflict, quarantined = false, audit_seq = next_seq,
         advanced_to = (flush ->> 'advancedTo')::bigint, next_wake = (flush ->> 'nextWake')::bigint, facts = flush -> 'facts',
         facts_at_enrolment = flush -> 'factsAtEnrolment', roles = flush -> 'roles', archive = flush -> 'archive', written_at = now()
   where run_id = the_run and id = the_instance;

  -- A household moved: everything of it moves along, so that its new union sees it and its old one does not.
  if was.union_id is distinct from the_union then
    update tasks set union_id = the_union where run_id = the_run and instance = the_instance and union_id is distinct from the_union;
    update submissions set union_id = the_union where run_id = the_run and instance = the_instance;
    update gate_items set union_id = the_union where run_id = the_run and instance = the_instance;
    if the_instance like 'h/%' then update households set union_id = the_union where run_id = the_run and id = substr(the_instance, 3); end if;
  end if;
end $$;

create or replace function quarantine_instance(the_run text, the_instance text) returns boolean language plpgsql as $$
begin
  perform from instances where run_id = the_run and id = the_instance for update;
  if not found then return false; end if;
  delete from outbox where run_id = the_run and instance = the_instance and state in ('held', 'ready');
  perform recall_gate_items(the_run, the_instance, 0);
  update instances set quarantined = true where run_id = the_run and id = the_instance;
  return true;
end $$;

create or replace function confirm_flushes(refs jsonb) returns table (ref_run text, ref_instance text, ref_number int, outcome text) language plpgsql as $$
declare
  found_digest text;
  ref_digest text;
  runs_ready text[] := '{}';
begin
  -- In one order for everybody, so that two confirmations cannot wait for each other. One by one, because the planner takes the number of
  -- refs for large and would rather read all flushes than look these up.
  for ref_run, ref_instance, ref_number, ref_digest in
    select r.run, r.instance, r.number, r.digest
      from jsonb_to_recordset(refs) as r (run text, instance text, number int, digest text)
     order by r.run, r.instance, r.number
  loop
    select f.digest into found_digest
      from flushes f where f.run_id = ref_run and f.instance = ref_instance and f.number = ref_number for update;
    if found_digest is null then
      outcome := 'unknown';
    elsif found_digest <> ref_digest then
      outcome := 'mismatch';
      update instances set needs_full = true where run_id = ref_run and id = ref_instance;
    else
      outcome := 'confirmed';
      update flushes set confirmed = true
       where run_id = ref_run and instance = ref_instance and number <= ref_number and not confirmed;
      update outbox set state = 'ready', next_attempt_at = now()
       where run_id = ref_run and instance = ref_instance and flush_number <= ref_number and state = 'held';
      if found then runs_ready := runs_ready || ref_run; end if;
      update gate_items set counted = settled, left_out = excluded, changed = true
       where run_id = ref_run and instance = ref_instance and flush_number <= ref_number and (settled <> counted or excluded <> left_out);
      if found then runs_ready := runs_ready || ref_run; end if;
    end if;
    return next;
  end loop;
  if cardinality(runs_ready) > 0 then perform ring_outbox(runs_ready); end if;
end $$;

-- As before, with those left out.
drop function claim_gates(int, int);
create function claim_gates(max_gates int, lease_ms int)
  returns table (for_run text, for_gate text, new_version int, now_done int, now_total int, now_excluded int, unions jsonb) language plpgsql as $$
declare
  claimed record;
  scope_counted text;
begin
  insert into gates (run_id, gate) select distinct i.run_id, i.gate from gate_items i where i.changed on conflict do nothing;

  for claimed in
    select g.run_id, g.gate, g.version, g.sent_version from gates g
     where g.lease_until < clock_timestamp()
       and (g.sent_version < g.version or exists (select from gate_items i where i.run_id = g.run_id and i.gate = g.gate and i.changed))
     order by g.run_id, g.gate
     limit max_gates
       for update skip locked
  loop
    for_run := claimed.run_id;
    for_gate := claimed.gate;
    new_version := claimed.version;
    scope_counted := gate_scope(for_run, for_gate);
    -- An item that a flush is writing at this moment is left for the next count.
    with free as (
      select i.instance from gate_items i
       where i.run_id = for_run and i.gate = for_gate and i.changed
         for update skip locked)
    update gate_items i set changed = false, version = claimed.version + 1
      from free
     where i.run_id = for_run and i.gate = for_gate and i.instance = free.instance;
    if found then new_version := claimed.version + 1; end if;
    continue when new_version = claimed.sent_version;

    select count(*) filter (where i.counted), count(*) filter (where i.left_out) into now_done, now_excluded
      from gate_items i where i.run_id = for_run and i.gate = for_gate;
    select count(*) - now_excluded into now_total from instances n where n.run_id = for_run and n.scope = scope_counted;
    select coalesce(jsonb_agg(jsonb_build_object('union', part.union_id, 'done', part.done, 'total', whole.total - part.excluded,
                                                 'excluded', part.excluded) order by part.union_id), '[]')
      into unions
      from (select i.union_id, count(*) filter (where i.counted) as done, count(*) filter (where i.left_out) as excluded from gate_items i
             where i.run_id = for_run and i.gate = for_gate and i.union_id is not null
             group by i.union_id having max(i.version) > claimed.sent_version) as part
      join (select n.union_id, count(*) as total from instances n where n.run_id = for_run and n.scope = scope_counted group by n.union_id) as whole
        on whole.union_id = part.union_id;
    update gates g
       set version = new_version, done = now_done, total = now_total, excluded = now_excluded, lease_until = clock_timestamp() + lease_ms * interval '1 millisecond'
     where g.run_id = for_run and g.gate = for_gate;
    return next;
  end loop;
end $$;

grant execute on function recall_gate_items(text, text, int), write_gate_items(jsonb, boolean), claim_gates(int, int) to shigeyi_worker;
