-- Instructions that become tasks: what is to be done is stored sealed, as reasons are, and the task carries its id (`item.words` in its state). Whoever
-- has the task may read it.
alter table submissions drop constraint submissions_kind_check;
alter table submissions add constraint submissions_kind_check check (kind in ('form', 'reason', 'admission', 'words'));

create index tasks_by_words on tasks (run_id, (more -> 'item' ->> 'words')) where more ? 'item';

create policy of_assigned on submissions for select to shigeyi_app using (
  kind = 'words'
  and run_id = (select identity_run())
  and exists (select from tasks t
               where t.run_id = submissions.run_id and t.more ? 'item' and t.more -> 'item' ->> 'words' = submissions.id
                 and (t.holder = (select identity_person()) or t.reviewer = (select identity_person())
                   or t.more ->> 'owner' = (select identity_person()) or t.more ->> 'standsFor' = (select identity_person()))));
