-- Lists: how all conversations are found, sorted and grouped, and the searches that people keep.

-- Messages of the conversation; kept, since counting them for each row of a list would read the whole log.
alter table conversation add column message_count integer not null default 0;

update conversation set message_count = (
    select count(*) from event e
    where e.conversation_id = conversation.id and e.kind = 'message.posted');

create index conversation_created on conversation (created_at, id);
create index conversation_channel_created on conversation (channel_id, created_at, id);
create index conversation_operator_created on conversation (operator_id, created_at, id);
create index conversation_status_created on conversation (coalesce(status, 'ended'), created_at, id);
-- Written once, at the end; open ones stand together at the beginning.
create index conversation_duration on conversation (coalesce(ended_at - created_at, -1), id);

create table favorite (
    id integer primary key autoincrement,
    operator_id integer not null references operator (id),
    -- The list that it searches.
    list text not null,
    name text not null,
    -- The search as the console keeps it.
    search text not null,
    shared integer not null default 0,
    -- Applied when the list is opened.
    initial integer not null default 0,
    created_at integer not null
) strict;

create index favorite_list on favorite (list, operator_id);
