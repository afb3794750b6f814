-- Adjustments of a run that goes on. What concerns many instances is a revision of the run, with an item for each of them: the reconciler goes
-- through the items, and may be interrupted anywhere.

alter table revisions
  -- The command that made it: asked again, it is found again.
  add column command text,
  -- Of the stored words.
  add column reason text,
  -- Campaign time.
  add column at bigint,
  add constraint one_revision_per_command unique (run_id, command);

create table revision_items (
  run_id text not null,
  revision int not null,
  instance text not null,
  state text not null default 'pending' check (state in ('pending', 'done', 'refused')),
  -- Digest of the differences that were seen before: the instance refuses anything else.
  expect text,
  -- Tasks that it touched.
  adjusted int,
  -- Of a refusal.
  code text,
  message text,
  done_at timestamptz,
  primary key (run_id, revision, instance),
  foreign key (run_id, revision) references revisions (run_id, revision)
);
create index revision_items_pending on revision_items (run_id, instance, revision) where state = 'pending';

grant select, insert, update on revision_items to shigeyi_worker;
grant select on revision_items to shigeyi_app;
alter table revision_items enable row level security;
alter table revision_items force row level security;
create policy engine on revision_items to shigeyi_worker using (true) with check (true);
create policy of_instance on revision_items for select to shigeyi_app using (
  exists (select from instances i where i.run_id = revision_items.run_id and i.id = revision_items.instance));

-- What a state holds beside the columns, so that it can be put together again from the rows: for previews, without asking every workflow.
alter table tasks add column more jsonb not null default '{}';
alter table instances add column more jsonb not null default '{}';

do $$
declare
  body text := pg_get_functiondef('write_flush(jsonb)'::regprocedure);
  change record;
begin
  for change in
    select * from (values
      ('from jsonb_to_recordset(flush -> ''tasks'') as r (',
       'from jsonb_array_elements(flush -> ''tasks'') as t (item) cross join lateral jsonb_to_record(t.item) as r ('),
      ('insert into tasks (run_id,', 'insert into tasks (more, run_id,'),
      ('select distinct on (r.key) the_run,',
       'select distinct on (r.key) t.item - array[''key'', ''template'', ''status'', ''openedAt'', ''deadline'', ''deadlineRev'', ''holder'', ''reviewer'', ''step'',
                                   ''rung'', ''returns'', ''submission'', ''submittedAt'', ''submittedBy'', ''settledAt'', ''decidedBy'', ''late'',
                                   ''held'', ''source'', ''reviewDeadline''], the_run,'),
      ('set template = excluded.template,', 'set more = excluded.more, template = excluded.template,'),
      ('archive = flush -> ''archive'',', 'archive = flush -> ''archive'', more = coalesce(flush -> ''more'', ''{}''),')) as c (was, becomes)
  loop
    if length(body) - length(replace(body, change.was, '')) <> length(change.was) then
      raise exception 'write_flush does not hold "%" exactly once', change.was;
    end if;
    body := replace(body, change.was, change.becomes);
  end loop;
  execute body;
end $$;
