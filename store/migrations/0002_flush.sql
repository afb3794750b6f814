-- The flush and its confirmation, as functions: each is one round trip and one transaction, and every write of an instance takes this path.

-- Takes back what flushes from `from_number` on proposed, as far as it has not left the house. Rows already sent keep their claims.
create function recall_flushes(the_run text, the_instance text, from_number int) returns void language plpgsql as $$
declare
  void_answers text[];
begin
  delete from outbox where run_id = the_run and instance = the_instance and flush_number >= from_number and state in ('held', 'ready');
  select array_agg(answer) into void_answers
    from flushes, unnest(answers) as answer
   where run_id = the_run and instance = the_instance and number >= from_number;
  delete from commands where run_id = the_run and id = any (void_answers) and instance = the_instance;
  update submissions set state = 'stored' where run_id = the_run and id = any (void_answers) and state = 'accepted';
  update gate_items set settled = counted
   where run_id = the_run and instance = the_instance and flush_number >= from_number and settled <> counted;
end $$;

-- Tells whoever listens that outbox rows or gates of these runs are ready. Transactions that notify commit one after another, which made a wake of many
-- instances at once three times slower; so only one at a time rings. Whoever listens also looks by itself every so often: a ring may be
-- missed by the last of many, as it may whenever a connection is lost.
create function ring_outbox(runs_ready text[]) returns void language plpgsql as $$
begin
  if pg_try_advisory_xact_lock(hashtext('shigeyi_outbox')) then
    perform pg_notify('shigeyi_outbox', ready) from (select distinct unnest(runs_ready) as ready) as once;
  end if;
end $$;

-- Outcomes: `written`; `same`: this number and digest were there and nothing changed; `superseded`: another digest was there and is void;
-- `gap`: rows between are missing, nothing written; `behind`: Postgres holds what history does not, or will not give it up, nothing written.
-- `conflict`: the instance must write itself in full. It stays true until it does, also when the first answer was lost.
create function write_flush(flush jsonb, out outcome text, out conflict boolean) language plpgsql as $$
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

  -- A wake's gate changes count at once, an Update's once confirmed, as with every other row that leaves the house.
  if jsonb_array_length(flush -> 'gates') > 0 then
    insert into gate_items (run_id, gate, instance, union_id, settled, counted, changed, flush_number)
    select distinct on (e.item ->> 'gate') the_run, e.item ->> 'gate', the_instance, the_union, (e.item ->> 'settled')::boolean,
           not has_answers and (e.item ->> 'settled')::boolean, not has_answers, the_number
      from jsonb_array_elements(flush -> 'gates') with ordinality as e (item, place)
     order by e.item ->> 'gate', e.place desc
    on conflict (run_id, gate, instance) do update
      set union_id = excluded.union_id, settled = excluded.settled, flush_number = excluded.flush_number,
          counted = case when has_answers then gate_items.counted else excluded.settled end,
          changed = gate_items.changed or not has_answers and gate_items.counted <> excluded.settled;
  end if;

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

-- For the repair, when Postgres is ahead of history: nothing that has not left the house will, and the next full flush counts as the truth.
create function quarantine_instance(the_run text, the_instance text) returns boolean language plpgsql as $$
begin
  perform from instances where run_id = the_run and id = the_instance for update;
  if not found then return false; end if;
  delete from outbox where run_id = the_run and instance = the_instance and state in ('held', 'ready');
  update gate_items set settled = counted where run_id = the_run and instance = the_instance and settled <> counted;
  update instances set quarantined = true where run_id = the_run and id = the_instance;
  return true;
end $$;

-- `refs`: [{run, instance, number, digest}]. History that holds a flush holds those before it, so they are released together.
-- Outcomes: `confirmed`; `unknown`: no such flush; `mismatch`: another digest is there, so the instance is asked to write itself in full.
create function confirm_flushes(refs jsonb) returns table (ref_run text, ref_instance text, ref_number int, outcome text) language plpgsql as $$
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
      update gate_items set counted = settled, changed = true
       where run_id = ref_run and instance = ref_instance and flush_number <= ref_number and settled <> counted;
      if found then runs_ready := runs_ready || ref_run; end if;
    end if;
    return next;
  end loop;
  if cardinality(runs_ready) > 0 then perform ring_outbox(runs_ready); end if;
end $$;

grant execute on function recall_flushes(text, text, int), ring_outbox(text[]), write_flush(jsonb), confirm_flushes(jsonb), quarantine_instance(text, text)
  to shigeyi_worker;
