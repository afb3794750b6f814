-- A task that is opened again takes back what followed from it: what has come up and waits again has no row any more. A flush names such tasks as gone.
do $$
declare
  body text := pg_get_functiondef('write_flush(jsonb)'::regprocedure);
  was text := 'if jsonb_array_length(flush -> ''tasks'') > 0 then';
begin
  if length(body) - length(replace(body, was, '')) <> length(was) then
    raise exception 'write_flush does not hold "%" exactly once', was;
  end if;
  execute replace(body, was,
    'if flush ? ''gone'' then
    delete from tasks
     where run_id = the_run and instance = the_instance and key in (select jsonb_array_elements_text(flush -> ''gone''));
  end if;
  ' || was);
end $$;
