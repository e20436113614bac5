-- What a team may know beyond what is said: pages that a visitor looked at, what a conversation needs, where operators are.

-- Off: no page that a visitor looks at is kept, but the one where a conversation was started.
alter table channel add column records_page_views integer not null default 0;

create table page_view (
    id integer primary key autoincrement,
    visitor_id integer not null references visitor (id),
    channel_id integer not null references channel (id),
    url text not null,
    title text,
    viewed_at integer not null
) strict;

create index page_view_visitor on page_view (visitor_id, id);
create index page_view_viewed on page_view (viewed_at);

-- What whoever takes the conversation should know.
create table conversation_expertise (
    conversation_id integer not null references conversation (id),
    expertise_id integer not null references expertise (id),
    primary key (conversation_id, expertise_id)
) strict, without rowid;

create index conversation_expertise_expertise on conversation_expertise (expertise_id);

-- As a two-letter code; null: not told. Visitors from there come first to this operator.
alter table operator add column country text;
