alter table people
  -- Has left, in campaign time. What they did stays theirs, and messages still find them; but nobody puts them to work, and they have no say.
  add column left_at bigint,
  -- To whom their posts and work go: noted when that one is put into the register, so that it is known after an interruption.
  add column successor text;
