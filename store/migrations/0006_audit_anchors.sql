-- Anchors: now and then the ends of all chains of a run are put into one digest, and the digests into a chain of their own. Whoever keeps the
-- hash of one anchor outside of this database can later show that nothing written before it was changed, whoever may write here.

create table audit_anchors (
  run_id text not null references runs (id),
  -- From 1 without a gap.
  number int not null,
  made_at timestamptz not null,
  reason text not null check (reason in ('hourly', 'export', 'closing')),
  -- Instances that had written anything, and the rows of all of them.
  instances int not null,
  audit_rows bigint not null,
  -- SHA-256 of one line for each of these instances, in the order of their ids: `<id> <number of its last row> <hash of it, hexadecimal>`.
  digest bytea not null,
  -- SHA-256 of the hash of the anchor before, and of this one's text.
  hash bytea not null,
  primary key (run_id, number)
);
create trigger audit_anchors_never_change before update or delete on audit_anchors for each row execute function refuse_change();
create trigger audit_anchors_never_empty before truncate on audit_anchors for each statement execute function refuse_change();

create function anchor_text(a audit_anchors) returns text language sql stable parallel safe
  return '{"run":' || to_json(a.run_id) || ',"number":' || a.number
      || ',"made":"' || to_char(a.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '","reason":"' || a.reason
      || '","instances":' || a.instances || ',"rows":' || a.audit_rows || ',"digest":"' || encode(a.digest, 'hex') || '"}';

create function chain_anchor() returns trigger language plpgsql as $$
declare
  before bytea := '';
begin
  if new.number > 1 then
    select a.hash into before from audit_anchors a where a.run_id = new.run_id and a.number = new.number - 1;
    if not found then
      raise exception 'anchor % of % refused: there is none before it', new.number, new.run_id using errcode = 'restrict_violation';
    end if;
  end if;
  new.hash := sha256(before || convert_to(anchor_text(new), 'UTF8'));
  return new;
end $$;
create trigger audit_anchors_chain before insert on audit_anchors for each row execute function chain_anchor();

-- The last anchor made before the row was written; null while there was none. So the rows themselves tell with which of them an anchor's
-- digest can be made again.
alter table audit add column anchor int;

create or replace function audit_text(a audit) returns text language sql stable parallel safe
  return '{"run":' || to_json(a.run_id) || ',"instance":' || to_json(a.instance) || ',"seq":' || a.seq || ',"flush":' || a.flush_number
      || ',"digest":' || to_json(a.flush_digest) || ',"at":' || a.at
      || ',"written":"' || to_char(a.written_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '","kind":' || to_json(a.kind)
      || ',"task":' || coalesce(to_json(a.task)::text, 'null') || ',"command":' || coalesce(to_json(a.command)::text, 'null')
      || ',"actor":' || to_json(a.actor) || ',"detail":' || coalesce(a.detail::text, 'null')
      || coalesce(',"anchor":' || a.anchor, '') || '}';

create or replace function chain_audit() returns trigger language plpgsql as $$
declare
  before bytea := '';
  is_same boolean := false;
begin
  if new.seq > 1 then
    select a.hash, a.anchor, a.xmin = pg_current_xact_id()::xid into before, new.anchor, is_same
      from audit a where a.run_id = new.run_id and a.instance = new.instance and a.seq = new.seq - 1;
    if not found then
      raise exception 'audit row % of %/% refused: there is none before it', new.seq, new.run_id, new.instance using errcode = 'restrict_violation';
    end if;
  end if;
  -- Rows after the first of one transaction are on the same side of every anchor.
  if not is_same then
    -- Shared among writers, and held until they commit: an anchor waits for them, and they for it.
    perform pg_advisory_xact_lock_shared(hashtext('shigeyi_anchor'), hashtext(new.run_id));
    new.anchor := (select max(number) from audit_anchors where run_id = new.run_id);
  end if;
  new.hash := sha256(before || convert_to(audit_text(new), 'UTF8'));
  return new;
end $$;

-- Makes an anchor and returns its number. Null when there is nothing to do: an hourly one when another was made within `every_ms`, or the run is no
-- older than that; a closing one when there is one. Of several at once one makes it. Waits a second at most for writers, who wait meanwhile.
create function make_anchor(the_run text, the_reason text, every_ms bigint) returns int language plpgsql as $$
declare
  is_due boolean;
  last_number int;
begin
  perform set_config('lock_timeout', '1s', true);
  for attempt in 1..2 loop
    if attempt = 2 then perform pg_advisory_xact_lock(hashtext('shigeyi_anchor'), hashtext(the_run)); end if;
    select case the_reason
             when 'hourly' then coalesce(max(a.made_at), r.created_at) <= clock_timestamp() - every_ms * interval '1 millisecond'
             when 'closing' then not coalesce(bool_or(a.reason = 'closing'), false)
             else true
           end,
           coalesce(max(a.number), 0)
      into is_due, last_number
      from runs r
      left join audit_anchors a on a.run_id = r.id
     where r.id = the_run
     group by r.id;
    if is_due is not true then return null; end if;
  end loop;

  insert into audit_anchors (run_id, number, made_at, reason, instances, audit_rows, digest)
  select the_run, last_number + 1, clock_timestamp(), the_reason, count(*), coalesce(sum(audit_seq), 0),
         sha256(convert_to(coalesce(string_agg(id || ' ' || audit_seq || ' ' || encode(audit_hash, 'hex') || E'\n', '' order by id collate "C"), ''),
                           'UTF8'))
    from instances
   where run_id = the_run and audit_seq > 0;
  return last_number + 1;
end $$;

grant select, insert on audit_anchors to shigeyi_worker;
grant select on audit_anchors to shigeyi_app;
alter table audit_anchors enable row level security;
alter table audit_anchors force row level security;
create policy engine on audit_anchors to shigeyi_worker using (true) with check (true);
create policy anyone_known on audit_anchors for select to shigeyi_app
  using ((select identity_role()) = 'office' or run_id = (select identity_run()));
grant execute on function anchor_text(audit_anchors) to shigeyi_app, shigeyi_worker;
grant execute on function make_anchor(text, text, bigint) to shigeyi_worker;
