-- The sweep also asks about flushes that answered a command and hold nothing back: one that history does not hold shows what never happened.
create index flushes_answering on flushes (written_at) where not confirmed and answers <> '{}';
