-- A household that moves to another union counts there from then on, and no longer where it was.

-- Unions whose part of a gate is told anew although nobody of theirs has anything new to say: somebody came, or went.
create table gate_recounts (
  run_id text not null,
  gate text not null,
  union_id text not null,
  -- Not yet taken into a count.
  changed boolean not null default true,
  -- The count that took it in.
  version int not null default 0,
  primary key (run_id, gate, union_id)
);
create index gate_recounts_changed on gate_recounts (run_id, gate) where changed;
alter table gate_recounts enable row level security;
alter table gate_recounts force row level security;
create policy engine on gate_recounts to shigeyi_worker using (true) with check (true);
grant select, insert, update, delete on gate_recounts to shigeyi_worker;

-- Everything a household has said to gates moves along; gates that have counted it, or have not heard of it yet, count both unions anew.
create function move_gate_items(the_run text, the_instance text, from_union text, to_union text) returns void language sql as $$
  update gate_items set union_id = to_union where run_id = the_run and instance = the_instance;
  insert into gate_recounts (run_id, gate, union_id)
  select g.run_id, g.gate, u.id
    from gates g cross join unnest(array[from_union, to_union]) as u (id)
   where g.run_id = the_run and u.id is not null
     and gate_scope(g.run_id, g.gate) = case left(the_instance, 2) when 'u/' then 'union' when 'h/' then 'household' else 'campaign' end
  on conflict (run_id, gate, union_id) do update set changed = true;
$$;
grant execute on function move_gate_items(text, text, text, text) to shigeyi_worker;

do $$
declare
  body text := pg_get_functiondef('write_flush(jsonb)'::regprocedure);
  was text := 'update gate_items set union_id = the_union where run_id = the_run and instance = the_instance;';
begin
  if length(body) - length(replace(body, was, '')) <> length(was) then
    raise exception 'write_flush does not hold "%" exactly once', was;
  end if;
  execute replace(body, was, 'perform move_gate_items(the_run, the_instance, was.union_id, the_union);');
end $$;

-- As before, with the unions that are told anew.
create or replace function claim_gates(max_gates int, lease_ms int)
  returns table (for_run text, for_gate text, new_version int, now_done int, now_total int, now_excluded int, unions jsonb) language plpgsql as $$
declare
  claimed record;
  scope_counted text;
begin
  insert into gates (run_id, gate) select distinct i.run_id, i.gate from gate_items i where i.changed on conflict do nothing;

  for claimed in
    select g.run_id, g.gate, g.version, g.sent_version from gates g
     where g.lease_until < clock_timestamp()
       and (g.sent_version < g.version
            or exists (select from gate_items i where i.run_id = g.run_id and i.gate = g.gate and i.changed)
            or exists (select from gate_recounts r where r.run_id = g.run_id and r.gate = g.gate and r.changed))
     order by g.run_id, g.gate
     limit max_gates
       for update skip locked
  loop
    for_run := claimed.run_id;
    for_gate := claimed.gate;
    new_version := claimed.version;
    scope_counted := gate_scope(for_run, for_gate);
    -- What a flush is writing at this moment is left for the next count.
    with free as (
      select i.instance from gate_items i
       where i.run_id = for_run and i.gate = for_gate and i.changed
         for update skip locked)
    update gate_items i set changed = false, version = claimed.version + 1
      from free
     where i.run_id = for_run and i.gate = for_gate and i.instance = free.instance;
    if found then new_version := claimed.version + 1; end if;
    with free as (
      select r.union_id from gate_recounts r
       where r.run_id = for_run and r.gate = for_gate and r.changed
         for update skip locked)
    update gate_recounts r set changed = false, version = claimed.version + 1
      from free
     where r.run_id = for_run and r.gate = for_gate and r.union_id = free.union_id;
    if found then new_version := claimed.version + 1; end if;
    continue when new_version = claimed.sent_version;

    select count(*) filter (where i.counted), count(*) filter (where i.left_out) into now_done, now_excluded
      from gate_items i where i.run_id = for_run and i.gate = for_gate;
    select count(*) - now_excluded into now_total from instances n where n.run_id = for_run and n.scope = scope_counted;
    select coalesce(jsonb_agg(jsonb_build_object('union', part.union_id, 'done', part.done, 'total', coalesce(whole.total, 0) - part.excluded,
                                                 'excluded', part.excluded) order by part.union_id), '[]')
      into unions
      from (select told.union_id, count(*) filter (where i.counted) as done, count(*) filter (where i.left_out) as excluded
              from (select i.union_id from gate_items i
                     where i.run_id = for_run and i.gate = for_gate and i.union_id is not null
                     group by i.union_id having max(i.version) > claimed.sent_version
                    union
                    select r.union_id from gate_recounts r
                     where r.run_id = for_run and r.gate = for_gate and r.version > claimed.sent_version) as told
              left join gate_items i on i.run_id = for_run and i.gate = for_gate and i.union_id = told.union_id
             group by told.union_id) as part
      left join (select n.union_id, count(*) as total from instances n where n.run_id = for_run and n.scope = scope_counted group by n.union_id) as whole
        on whole.union_id = part.union_id;
    update gates g
       set version = new_version, done = now_done, total = now_total, excluded = now_excluded, lease_until = clock_timestamp() + lease_ms * interval '1 millisecond'
     where g.run_id = for_run and g.gate = for_gate;
    return next;
  end loop;
end $$;
