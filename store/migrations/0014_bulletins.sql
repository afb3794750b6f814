-- A bulletin leaves the campaign's workflow as an outbox row; what it says is counted when it is sent.
-- Whoever adds another kind keeps these.
alter table outbox drop constraint outbox_kind_check;
alter table outbox add constraint outbox_kind_check check (kind in ('message', 'command', 'admission', 'correction', 'bulletin'));
