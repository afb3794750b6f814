-- Instances that stand still, as their states say: overdue is asked of them as of then, and their run does not close.
alter table instances add column paused_at bigint generated always as ((more #>> '{paused,since}')::bigint) stored;
create index instances_paused_now on instances (run_id, id) where paused_at is not null;
