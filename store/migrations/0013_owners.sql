-- Somebody may have a task done for them, or act in the place of somebody who is away: both names stand in the state, and whoever it is done for
-- sees it. Who had it delegated may hand it in all the same.
alter policy of_identity on tasks using (
  (select identity_role()) = 'office'
  or run_id = (select identity_run())
    and (holder = (select identity_person()) or reviewer = (select identity_person()) or submitted_by = (select identity_person())
      or more ->> 'owner' = (select identity_person()) or more ->> 'standsFor' = (select identity_person())
      or (select identity_role()) in ('union-head', 'union-officer') and union_id = (select identity_union())
      or (select identity_role()) = 'leading-group' and left(instance, 2) <> 'h/'));

alter policy of_identity on instances using (
  (select identity_role()) = 'office'
  or run_id = (select identity_run())
    and ((select identity_role()) in ('union-head', 'union-officer') and union_id = (select identity_union())
      or (select identity_role()) = 'leading-group' and scope <> 'household'
      or (select identity_role()) = 'cadre' and roles ->> 'cadre' = (select identity_person())
      or exists (select from tasks t
                  where t.run_id = instances.run_id and t.instance = instances.id
                    and (t.holder = (select identity_person()) or t.reviewer = (select identity_person())
                      or t.more ->> 'owner' = (select identity_person())))));

alter policy of_identity on submissions using (
  (select identity_role()) = 'office'
  or run_id = (select identity_run())
    and (author = (select identity_person())
      or (select identity_role()) in ('union-head', 'union-officer') and union_id = (select identity_union())
      or exists (select from tasks t
                  where t.run_id = submissions.run_id and t.instance = submissions.instance and t.key = submissions.task
                    and (t.holder = (select identity_person()) or t.reviewer = (select identity_person())
                      or t.more ->> 'owner' = (select identity_person())))));

alter policy of_author on submissions with check (
  author = (select identity_person())
  and ((select identity_role()) = 'office' or run_id = (select identity_run()))
  and exists (select from tasks t
               where t.run_id = submissions.run_id and t.instance = submissions.instance and t.key = submissions.task
                 and t.union_id is not distinct from submissions.union_id
                 and (t.holder = (select identity_person()) or t.reviewer = (select identity_person())
                   or t.more ->> 'owner' = (select identity_person()))));
