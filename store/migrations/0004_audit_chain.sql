-- The audit as evidence: every row carries a hash of itself and of the row before it, so that none can be changed, taken out, put in or moved
-- without every later hash giving it away. One chain for each instance. The database makes the hashes itself, when a row is written: no writer
-- can leave them out, and none can choose them. Rows of a superseded flush stay in the chain, as they stay in the table.

-- What a row's hash covers, as text: every column but the hash. Kept texts must stay what they are, or old hashes no longer fit: a column that
-- comes later is added behind `detail`, and left out where it is null.
create function audit_text(a audit) returns text language sql stable parallel safe
  return '{"run":' || to_json(a.run_id) || ',"instance":' || to_json(a.instance) || ',"seq":' || a.seq || ',"flush":' || a.flush_number
      || ',"digest":' || to_json(a.flush_digest) || ',"at":' || a.at
      || ',"written":"' || to_char(a.written_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '","kind":' || to_json(a.kind)
      || ',"task":' || coalesce(to_json(a.task)::text, 'null') || ',"command":' || coalesce(to_json(a.command)::text, 'null')
      || ',"actor":' || to_json(a.actor) || ',"detail":' || coalesce(a.detail::text, 'null') || '}';

alter table audit add column hash bytea;
-- The hash of the row that `audit_seq` counts last; null as long as there is none. With it a row missing at the end shows as well.
alter table instances add column audit_hash bytea;

alter table audit no force row level security, disable trigger audit_never_changes;
alter table instances no force row level security;
do $$
declare
  entry audit;
  before bytea;
begin
  for entry in select * from audit order by run_id, instance, seq loop
    before := sha256(case when entry.seq = 1 then '' else before end || convert_to(audit_text(entry), 'UTF8'));
    update audit set hash = before where run_id = entry.run_id and instance = entry.instance and seq = entry.seq;
  end loop;
end $$;
update instances i set audit_hash = a.hash
  from audit a where a.run_id = i.run_id and a.instance = i.id and a.seq = i.audit_seq;
alter table instances force row level security;
alter table audit force row level security, enable trigger audit_never_changes;
alter table audit alter column hash set not null;

create function chain_audit() returns trigger language plpgsql as $$
declare
  before bytea := '';
begin
  if new.seq > 1 then
    select a.hash into before from audit a where a.run_id = new.run_id and a.instance = new.instance and a.seq = new.seq - 1;
    if not found then
      raise exception 'audit row % of %/% refused: there is none before it', new.seq, new.run_id, new.instance using errcode = 'restrict_violation';
    end if;
  end if;
  new.hash := sha256(before || convert_to(audit_text(new), 'UTF8'));
  return new;
end $$;
-- A row sees those that the same statement has put before it.
create trigger audit_chain before insert on audit for each row execute function chain_audit();

create function end_of_audit() returns trigger language plpgsql as $$
begin
  new.audit_hash := (select a.hash from audit a where a.run_id = new.run_id and a.instance = new.id and a.seq = new.audit_seq);
  return new;
end $$;
create trigger instances_audit_end before update of audit_seq, audit_hash on instances for each row
  when (new.audit_seq <> old.audit_seq or new.audit_hash is distinct from old.audit_hash) execute function end_of_audit();

grant execute on function audit_text(audit) to shigeyi_app, shigeyi_worker;
