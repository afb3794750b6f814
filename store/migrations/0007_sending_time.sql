-- A message that quiet hours hold back falls due when they are over, and not when it is claimed. The row says so itself, for whoever writes it.
create function fall_due_after_quiet_hours() returns trigger language plpgsql as $$
begin
  new.due_at := (new.payload ->> 'sendAt')::bigint;
  return new;
end $$;
create trigger outbox_sending_time before insert on outbox for each row
  when (new.payload ? 'sendAt') execute function fall_due_after_quiet_hours();
