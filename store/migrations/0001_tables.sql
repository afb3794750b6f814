-- Longer than 300 lines because a table, who may touch it and which of its rows they see belong on one page.
--
-- Three roles of the cluster (made by `platform/`): shigeyi_owner owns the schema and runs migrations; shigeyi_worker is the engine's
-- side and may touch every row; shigeyi_app is the side of people, and sees what the identity set for its transaction may see.
-- None is a superuser. Row-level security is forced, so it binds the owner too: a later migration that must rewrite rows says
-- `alter table … no force row level security` before and `force` after, in its own transaction, where nobody else can profit from it.
--
-- Conventions: instants named `…_at` of type bigint are campaign time in milliseconds since 1970-01-01T00:00Z; timestamptz is real time.
-- Ids are opaque ASCII text. Tables written by every flush have no foreign keys: each would lock the row of the run, which all share.

revoke all on schema public from public;
grant usage on schema public to shigeyi_app, shigeyi_worker;
alter default privileges revoke execute on functions from public;

-- Who asks. Set for one transaction by `withIdentity`; a setting that was never set, or is set back, reads as null and matches no row.
create function identity_role() returns text language sql stable parallel safe
  return nullif(current_setting('shigeyi.role', true), '');
create function identity_run() returns text language sql stable parallel safe
  return nullif(current_setting('shigeyi.run', true), '');
create function identity_union() returns text language sql stable parallel safe
  return nullif(current_setting('shigeyi.union', true), '');
create function identity_person() returns text language sql stable parallel safe
  return nullif(current_setting('shigeyi.person', true), '');
grant execute on function identity_role(), identity_run(), identity_union(), identity_person() to shigeyi_app, shigeyi_worker;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% of % refused: its rows are never changed', lower(tg_op), tg_table_name using errcode = 'restrict_violation';
end $$;

-- ── Plans and runs ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

create table plans (
  hash text primary key check (hash ~ '^[0-9a-f]{64}$'),
  kind text not null check (kind in ('plan', 'program')),
  -- The exact canonical text: `hash` is its SHA-256, and a jsonb column would not give the same bytes back.
  body text not null check (encode(sha256(convert_to(body, 'UTF8')), 'hex') = hash),
  created_at timestamptz not null default now()
);
create trigger plans_never_change before update or delete on plans for each row execute function refuse_change();
create trigger plans_never_empty before truncate on plans for each statement execute function refuse_change();

create table runs (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  campaign text not null,
  title jsonb not null,
  plan_hash text not null references plans (hash),
  programs jsonb not null,
  clock jsonb not null,
  revision int not null default 1,
  status text not null default 'starting' check (status in ('starting', 'running', 'closed')),
  starts_at bigint not null,
  ends_at bigint not null,
  -- Campaign time at which the run began.
  started_at bigint,
  -- Where a stepped clock stands.
  stepped_to bigint,
  created_at timestamptz not null default now(),
  closed_at timestamptz
);

create table revisions (
  run_id text not null references runs (id),
  revision int not null,
  kind text not null,
  detail jsonb not null default '{}',
  author text not null,
  created_at timestamptz not null default now(),
  primary key (run_id, revision)
);
create trigger revisions_never_change before update or delete on revisions for each row execute function refuse_change();

-- ── The register ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

create table unions (
  run_id text not null references runs (id),
  id text not null,
  name text not null,
  kind text not null,
  primary key (run_id, id)
);

-- One key per instance ('c', 'u/…', 'h/…') and per person ('p/…'), wrapped by a master key. Deleting the row erases what it sealed,
-- backups included.
create table data_keys (
  run_id text not null references runs (id),
  holder text not null,
  key_id text not null,
  wrapped bytea not null,
  created_at timestamptz not null default now(),
  primary key (run_id, holder)
);

create table people (
  run_id text not null references runs (id),
  id text not null,
  union_id text not null,
  role text not null,
  -- Name, telephone and post, sealed as one JSON text.
  sealed bytea not null,
  primary key (run_id, id)
);
create index people_of_union on people (run_id, union_id, role);

create table households (
  run_id text not null references runs (id),
  id text not null,
  union_id text not null,
  enrolment text not null check (enrolment in ('on-file', 'earlier-lifted', 'admitted')),
  file_level text not null,
  hardship_class text not null,
  -- Every other register field, sealed as one JSON text.
  sealed bytea not null,
  -- A keyed hash of the identity number: finds a person and refuses a second file without telling who it is.
  id_number_index bytea not null,
  primary key (run_id, id),
  constraint one_file_per_person unique (run_id, id_number_index)
);
create index households_of_union on households (run_id, union_id);

-- ── What the engine writes ──────────────────────────────────────────────────────────────────────────────────────────────────────

create table instances (
  run_id text not null,
  id text not null check (id ~ '^(c|[uh]/.+)$'),
  scope text not null check (scope in ('campaign', 'union', 'household')),
  union_id text,
  -- `planned`: enrolled, its workflow has not written yet.
  status text not null default 'planned' check (status in ('planned', 'open', 'closed')),
  revision int not null default 0,
  flush_number int not null default 0,
  flush_digest text,
  -- Rows of another state were written under a number of its history: it must write itself in full.
  needs_full boolean not null default false,
  -- Postgres is ahead of history; the next full flush is taken whatever its number.
  quarantined boolean not null default false,
  audit_seq int not null default 0,
  advanced_to bigint,
  next_wake bigint,
  facts jsonb not null default '{}',
  facts_at_enrolment jsonb not null default '{}',
  roles jsonb not null default '{}',
  archive jsonb,
  -- The outbox claim that admitted it, or null when the roster did.
  created_by text,
  created_at timestamptz not null default now(),
  written_at timestamptz,
  primary key (run_id, id)
);
create index instances_of_union on instances (run_id, union_id);
create index instances_waking on instances (run_id, next_wake) where next_wake is not null;
create index instances_paired on instances (run_id, (roles ->> 'cadre')) where roles ? 'cadre';

create table tasks (
  run_id text not null,
  instance text not null,
  key text not null,
  template text not null,
  union_id text,
  status text not null,
  opened_at bigint not null,
  deadline bigint not null,
  deadline_rev int not null,
  holder text,
  reviewer text,
  step int not null,
  rung int not null,
  returns int not null,
  submission text,
  submitted_at bigint,
  submitted_by text,
  settled_at bigint,
  decided_by text,
  -- Handed in after its deadline. Overdue is not here: it is a question asked at an instant.
  late boolean not null,
  held jsonb,
  source jsonb,
  -- The transaction that wrote the row: `findOpenTasksSince` can tell what it has not seen yet without missing slow writers.
  changed_in xid8 not null default pg_current_xact_id(),
  primary key (run_id, instance, key)
);
create index tasks_of_union on tasks (run_id, union_id, status);
create index tasks_of_holder on tasks (run_id, holder, status);
create index tasks_in_review on tasks (run_id, reviewer) where status = 'inReview';
create index tasks_by_deadline on tasks (run_id, deadline) where status in ('open', 'returned', 'inReview');
create index tasks_changed on tasks (run_id, changed_in);

create table submissions (
  run_id text not null,
  id text not null,
  instance text not null,
  task text not null,
  union_id text,
  author text not null,
  kind text not null check (kind in ('form', 'reason', 'admission')),
  form text,
  -- There is no digest beside it to tell a repetition by: answers are few enough to be guessed from one. A repetition is opened and compared.
  sealed bytea not null,
  state text not null default 'stored' check (state in ('stored', 'accepted', 'refused')),
  created_at timestamptz not null default now(),
  primary key (run_id, id)
);
create index submissions_of_task on submissions (run_id, instance, task);

create table flushes (
  run_id text not null,
  instance text not null,
  number int not null,
  digest text not null,
  -- History holds it.
  confirmed boolean not null default false,
  -- Something was held back until it is confirmed.
  awaited boolean not null,
  -- The commands it answered.
  answers text[] not null default '{}',
  written_at timestamptz not null default now(),
  primary key (run_id, instance, number)
);
create index flushes_unconfirmed on flushes (written_at) where awaited and not confirmed;

create table commands (
  run_id text not null,
  id text not null,
  instance text not null,
  digest text not null,
  answer jsonb not null,
  flush_number int not null,
  accepted_at bigint not null,
  primary key (run_id, id)
);

create table audit (
  run_id text not null,
  instance text not null,
  -- From 1 without a gap, so that a missing row shows.
  seq int not null,
  flush_number int not null,
  -- A row counts when this is the digest that `flushes` has for its number; the others were voided by a `void` row.
  flush_digest text not null,
  at bigint not null,
  kind text not null,
  task text,
  command text,
  actor text not null,
  detail jsonb,
  written_at timestamptz not null default now(),
  primary key (run_id, instance, seq)
);
create trigger audit_never_changes before update or delete on audit for each row execute function refuse_change();
create trigger audit_never_empty before truncate on audit for each statement execute function refuse_change();

create table outbox (
  id bigint generated always as identity primary key,
  run_id text not null,
  instance text not null,
  flush_number int not null,
  claim text not null,
  kind text not null check (kind in ('message', 'command', 'admission')),
  cause text not null check (cause in ('update', 'wake')),
  at bigint not null,
  -- Campaign time before which it stays; moved by a daily list that has already gone out that day.
  due_at bigint not null,
  payload jsonb not null,
  state text not null check (state in ('held', 'ready', 'sending', 'sent', 'failed')),
  attempts int not null default 0,
  -- When it may be tried again; while `sending`, when the lease ends.
  next_attempt_at timestamptz not null default now(),
  last_error text,
  sent_at timestamptz,
  created_at timestamptz not null default now(),
  constraint one_row_per_claim unique (run_id, claim)
);
create index outbox_due on outbox (run_id, due_at, id) where state in ('ready', 'sending');
create index outbox_failed on outbox (run_id) where state = 'failed';
create index outbox_recallable on outbox (run_id, instance, flush_number) where state in ('held', 'ready');

create table deliveries (
  run_id text not null,
  claim text not null,
  channel text not null,
  recipient text not null,
  purpose text not null,
  -- The day of the list that carried it, or null when it went alone.
  digest_day date,
  sent_at bigint not null,
  sent_really_at timestamptz not null default now(),
  primary key (run_id, claim, channel)
);
create index deliveries_to on deliveries (run_id, recipient, digest_day);

-- What each instance says to the gates it feeds. There is no counter to add to: every flush of a run would wait for its row.
create table gate_items (
  run_id text not null,
  gate text not null,
  instance text not null,
  union_id text,
  -- As the last flush says.
  settled boolean not null,
  -- As far as history is known to hold it; only this is counted.
  counted boolean not null default false,
  -- `counted` was changed since the last count.
  changed boolean not null default false,
  -- The count that took the last change in.
  version int not null default 0,
  flush_number int not null,
  primary key (run_id, gate, instance)
);
create index gate_items_changed on gate_items (run_id, gate) where changed;
create index gate_items_held on gate_items (run_id, instance) where settled <> counted;

-- Written by the relay alone.
create table gates (
  run_id text not null,
  gate text not null,
  version int not null default 0,
  done int not null default 0,
  total int not null default 0,
  sent_version int not null default 0,
  lease_until timestamptz not null default '-infinity',
  primary key (run_id, gate)
);
create index gates_unsent on gates (run_id, gate) where sent_version < version;

-- ── Who may do what ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

grant select, insert on plans, revisions, audit, deliveries to shigeyi_worker;
grant select, insert, update on runs, unions, people, households, instances, submissions, gates to shigeyi_worker;
grant select, insert, update, delete on data_keys, tasks, flushes, commands, outbox, gate_items to shigeyi_worker;

grant select on plans, runs, revisions, unions, data_keys, people, households, instances, tasks, submissions, flushes, commands, audit, deliveries,
                gates to shigeyi_app;
grant insert on submissions to shigeyi_app;
grant update (state) on submissions to shigeyi_app;

do $$
declare
  name text;
begin
  foreach name in array array['plans', 'runs', 'revisions', 'unions', 'data_keys', 'people', 'households', 'instances', 'tasks', 'submissions',
                              'flushes', 'commands', 'audit', 'outbox', 'deliveries', 'gate_items', 'gates'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy engine on %I to shigeyi_worker using (true) with check (true)', name);
  end loop;
end $$;

-- The office sees every run. Everybody else is somebody in one run, and every rule below for them begins with that run.
-- Functions stand in sub-selects so that Postgres asks them once per statement and not once per row. A rule only guards: whoever lists
-- many rows also says which union or holder they want, and finds them by index.

create policy anyone_known on plans for select to shigeyi_app using ((select identity_role()) is not null);
create policy anyone_known on runs for select to shigeyi_app
  using ((select identity_role()) = 'office' or id = (select identity_run()));
create policy anyone_known on revisions for select to shigeyi_app
  using ((select identity_role()) = 'office' or run_id = (select identity_run()));

create policy of_identity on unions for select to shigeyi_app using (
  (select identity_role()) = 'office'
  or run_id = (select identity_run())
    and ((select identity_role()) in ('leading-group', 'inspector') or id = (select identity_union())));

create policy of_identity on people for select to shigeyi_app using (
  (select identity_role()) = 'office'
  or run_id = (select identity_run())
    and (id = (select identity_person())
      or (select identity_role()) in ('union-head', 'union-officer') and union_id = (select identity_union())
      or (select identity_role()) = 'leading-group' and role <> 'cadre'));

-- Refers to no other table: the rules of `instances` ask this one, and must not be asked back.
create policy of_identity on tasks for select to shigeyi_app using (
  (select identity_role()) = 'office'
  or run_id = (select identity_run())
    and (holder = (select identity_person()) or reviewer = (select identity_person()) or submitted_by = (select identity_person())
      or (select identity_role()) in ('union-head', 'union-officer') and union_id = (select identity_union())
      or (select identity_role()) = 'leading-group' and left(instance, 2) <> 'h/'));

create policy of_identity on instances for select to shigeyi_app using (
  (select identity_role()) = 'office'
  or run_id = (select identity_run())
    and ((select identity_role()) in ('union-head', 'union-officer') and union_id = (select identity_union())
      or (select identity_role()) = 'leading-group' and scope <> 'household'
      or (select identity_role()) = 'cadre' and roles ->> 'cadre' = (select identity_person())
      or exists (select from tasks t
                  where t.run_id = instances.run_id and t.instance = instances.id
                    and (t.holder = (select identity_person()) or t.reviewer = (select identity_person())))));

-- A cadre or an inspector sees the household whose instance they see; the leading group sees none.
create policy of_identity on households for select to shigeyi_app using (
  (select identity_role()) = 'office'
  or run_id = (select identity_run())
    and ((select identity_role()) in ('union-head', 'union-officer') and union_id = (select identity_union())
      or (select identity_role()) in ('cadre', 'inspector')
        and exists (select from instances i where i.run_id = households.run_id and i.id = 'h/' || households.id)));

create policy of_identity on data_keys for select to shigeyi_app using (
  (select identity_role()) = 'office'
  or run_id = (select identity_run())
    and (exists (select from instances i where i.run_id = data_keys.run_id and i.id = data_keys.holder)
      or exists (select from people p where p.run_id = data_keys.run_id and 'p/' || p.id = data_keys.holder)));

create policy of_identity on submissions for select to shigeyi_app using (
  (select identity_role()) = 'office'
  or run_id = (select identity_run())
    and (author = (select identity_person())
      or (select identity_role()) in ('union-head', 'union-officer') and union_id = (select identity_union())
      or exists (select from tasks t
                  where t.run_id = submissions.run_id and t.instance = submissions.instance and t.key = submissions.task
                    and (t.holder = (select identity_person()) or t.reviewer = (select identity_person())))));
-- One hands in under one's own name, and only for a task one holds or reviews.
create policy of_author on submissions for insert to shigeyi_app with check (
  author = (select identity_person())
  and ((select identity_role()) = 'office' or run_id = (select identity_run()))
  and exists (select from tasks t
               where t.run_id = submissions.run_id and t.instance = submissions.instance and t.key = submissions.task
                 and t.union_id is not distinct from submissions.union_id
                 and (t.holder = (select identity_person()) or t.reviewer = (select identity_person()))));
create policy of_author_later on submissions for update to shigeyi_app
  using (author = (select identity_person()) and ((select identity_role()) = 'office' or run_id = (select identity_run())))
  with check (author = (select identity_person()));

-- An instance's books are seen by whoever sees the instance.
create policy of_instance on flushes for select to shigeyi_app using (
  exists (select from instances i where i.run_id = flushes.run_id and i.id = flushes.instance));
create policy of_instance on commands for select to shigeyi_app using (
  exists (select from instances i where i.run_id = commands.run_id and i.id = commands.instance));
create policy of_instance on audit for select to shigeyi_app using (
  exists (select from instances i where i.run_id = audit.run_id and i.id = audit.instance));

create policy of_recipient on deliveries for select to shigeyi_app using (
  (select identity_role()) = 'office'
  or run_id = (select identity_run()) and recipient = (select identity_person()));

create policy of_identity on gates for select to shigeyi_app using (
  (select identity_role()) = 'office'
  or run_id = (select identity_run()) and (select identity_role()) = 'leading-group');
