-- The foundation: who signs in, where visitors enter, and the log of what was said.
-- Times are UTC epoch milliseconds, flags 0 or 1.

create table setting (
    key text primary key,
    value text not null
) strict, without rowid;

create table operator (
    id integer primary key autoincrement,
    email text not null,
    -- The address as compared: trimmed and in lower case.
    email_key text not null unique,
    name text not null,
    -- What visitors see instead of the name.
    chat_name text not null,
    password_hash text,
    role text not null check (role in ('operator', 'administrator')),
    language text not null,
    active integer not null default 1,
    created_at integer not null
) strict;

-- Kept apart from `operator`, since it changes every few seconds.
create table operator_presence (
    operator_id integer primary key references operator (id),
    choice text not null check (choice in ('online', 'away', 'busy', 'offline')),
    -- A connected console was last known to a node.
    seen_at integer not null,
    -- A person last did something in it.
    active_at integer not null,
    -- Open conversations that the operator answers: kept, since assignment asks for everybody's at each start.
    ongoing integer not null default 0
) strict;

create table session (
    token_hash text primary key,
    operator_id integer not null references operator (id),
    created_at integer not null,
    expires_at integer not null
) strict, without rowid;

create index session_operator on session (operator_id);

create table api_key (
    id integer primary key autoincrement,
    operator_id integer not null references operator (id),
    name text not null,
    key_hash text not null unique,
    created_at integer not null
) strict;

create table setup_link (
    token_hash text primary key,
    expires_at integer not null
) strict, without rowid;

create table channel (
    id integer primary key autoincrement,
    name text not null,
    -- Empty texts stand for the translated default.
    button_text text not null default '',
    notification_text text not null default '',
    welcome_message text not null default '',
    input_placeholder text not null default '',
    button_background_color text not null,
    button_text_color text not null,
    header_background_color text not null,
    title_color text not null,
    created_at integer not null
) strict;

create table channel_operator (
    channel_id integer not null references channel (id),
    operator_id integer not null references operator (id),
    joined_at integer not null,
    primary key (channel_id, operator_id)
) strict, without rowid;

create index channel_operator_operator on channel_operator (operator_id);

create table visitor (
    id integer primary key autoincrement,
    secret_hash text not null unique,
    name text,
    email text,
    language text,
    country text,
    time_zone text,
    created_at integer not null
) strict;

create table conversation (
    id integer primary key autoincrement,
    channel_id integer not null references channel (id),
    visitor_id integer not null references visitor (id),
    -- Made by the browser, so that starting twice makes one conversation.
    client_id text not null,
    operator_id integer references operator (id),
    status text check (status in ('in_progress', 'waiting_for_customer', 'looking_for_help')),
    last_seq integer not null default 0,
    last_visitor_seq integer not null default 0,
    last_message_seq integer,
    last_active_at integer not null,
    page_url text,
    page_title text,
    created_at integer not null,
    ended_at integer,
    unique (visitor_id, client_id),
    check ((ended_at is null) = (status is not null))
) strict;

create index conversation_open on conversation (operator_id) where ended_at is null;
create index conversation_channel on conversation (channel_id, ended_at);
-- Heads that changed: the open ones are few, and an index on the last activity would be written with every message.
create index conversation_ended on conversation (ended_at) where ended_at is not null;

-- The log. A message is its event row; its text is in `body`.
create table event (
    conversation_id integer not null references conversation (id),
    seq integer not null,
    -- Null: the visitor never sees it.
    visitor_seq integer,
    kind text not null,
    author_kind text not null check (author_kind in ('visitor', 'operator', 'chatbot', 'system')),
    -- The operator that it is about: author of a message, assigned, joined, left.
    operator_id integer,
    client_id text,
    body text,
    created_at integer not null,
    primary key (conversation_id, seq)
) strict, without rowid;

create unique index event_client on event (conversation_id, client_id) where client_id is not null;

create table member (
    conversation_id integer not null references conversation (id),
    kind text not null check (kind in ('visitor', 'operator')),
    -- Id of the visitor or operator.
    person_id integer not null,
    joined_at integer not null,
    left_at integer,
    -- Until when it stands in the operator's own list: far in the future while open, a day after the end, 0 after leaving.
    listed_until integer not null,
    -- Marks: how far the member has received and read, in the visitor's numbers.
    delivered_seq integer not null default 0,
    read_seq integer not null default 0,
    primary key (conversation_id, kind, person_id)
) strict, without rowid;

create index member_listed on member (kind, person_id, listed_until);
