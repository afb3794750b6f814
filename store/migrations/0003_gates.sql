-- What a gate counts: the instances of the scope that feeds it.
create function gate_scope(the_run text, the_gate text) returns text language sql stable
  return (select case left(i.instance, 2) when 'u/' then 'union' when 'h/' then 'household' else 'campaign' end
            from gate_items i where i.run_id = the_run and i.gate = the_gate limit 1);

-- Counts the gates that have something new to say, or said it and were not heard: at most `max_gates` of them, each leased to the caller.
-- Only the relay writes `gates`, one relay at a time holds the row, and the count is taken in a statement after the lock: so a higher
-- version never carries an older count. `unions` lists those whose part changed since the version last sent, for gates counted by union.
create function claim_gates(max_gates int, lease_ms int)
  returns table (for_run text, for_gate text, new_version int, now_done int, now_total int, unions jsonb) language plpgsql as $$
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

    select count(*) filter (where i.counted) into now_done from gate_items i where i.run_id = for_run and i.gate = for_gate;
    select count(*) into now_total from instances n where n.run_id = for_run and n.scope = scope_counted;
    select coalesce(jsonb_agg(jsonb_build_object('union', part.union_id, 'done', part.done, 'total', whole.total) order by part.union_id), '[]')
      into unions
      from (select i.union_id, count(*) filter (where i.counted) as done from gate_items i
             where i.run_id = for_run and i.gate = for_gate and i.union_id is not null
             group by i.union_id having max(i.version) > claimed.sent_version) as part
      join (select n.union_id, count(*) as total from instances n where n.run_id = for_run and n.scope = scope_counted group by n.union_id) as whole
        on whole.union_id = part.union_id;
    update gates g
       set version = new_version, done = now_done, total = now_total, lease_until = clock_timestamp() + lease_ms * interval '1 millisecond'
     where g.run_id = for_run and g.gate = for_gate;
    return next;
  end loop;
end $$;

grant execute on function gate_scope(text, text), claim_gates(int, int) to shigeyi_worker;
