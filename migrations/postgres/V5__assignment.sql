-- Assignment: what a channel allows each operator, conversations that wait, and how conversations went.

alter table channel add column max_sessions_mode text not null default 'unlimited'
    check (max_sessions_mode in ('unlimited', 'limited'));
-- Conversations that one operator has at a time in this channel, where it is limited.
alter table channel add column max_sessions bigint not null default 10 check (max_sessions > 0);
alter table channel add column block_assignment_during_call bigint not null default 0;

-- Since when nobody answers it though the visitor was promised somebody; null: somebody does, or it was left alone.
alter table conversation add column waiting_since bigint;
-- Left with an e-mail address while nobody was there: the visitor does not wait in the window.
alter table conversation add column left_message bigint not null default 0;
-- How it went; null while it goes on.
alter table conversation add column outcome text
    check (outcome in ('no_answer', 'no_one_available', 'success', 'escalated'));

create index conversation_waiting on conversation (waiting_since) where waiting_since is not null;
create index conversation_help on conversation (id) where status = 'looking_for_help';
