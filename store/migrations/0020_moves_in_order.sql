-- As before; and a union that a household comes to tells it anew how the gates on that union stand: it came with what was read before. Rows are taken in
-- one order, so that two who change places do not wait for each other.
create or replace function move_gate_items(the_run text, the_instance text, from_union text, to_union text) returns void language sql as $$
  update gate_items set union_id = to_union where run_id = the_run and instance = the_instance;
  insert into gate_recounts (run_id, gate, union_id)
  select g.run_id, g.gate, u.id
    from gates g cross join unnest(array[from_union, to_union]) as u (id) cross join lateral gate_scope(g.run_id, g.gate) as counts
   where g.run_id = the_run and u.id is not null
     and (counts = case left(the_instance, 2) when 'u/' then 'union' when 'h/' then 'household' else 'campaign' end
          or counts = 'union' and u.id = to_union)
   order by g.gate, u.id
  on conflict (run_id, gate, union_id) do update set changed = true;
$$;
