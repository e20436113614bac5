-- Revisions: an author edits or deletes a message. Its own row is changed, so that no replay shows what was removed.

-- On a message: what was done to it last.
alter table event add column revision text check (revision in ('edited', 'deleted'));
-- On the event that tells of it: the number of that message.
alter table event add column message_seq bigint;

create index event_message on event (conversation_id, message_seq) where message_seq is not null;
