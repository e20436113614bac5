-- What a channel's widget does on which page, when somebody answers there, and who a visitor says to be.

-- Rises with each change of the form, so that nobody saves over what somebody else saved meanwhile.
alter table channel add column version integer not null default 1;
-- In the archive: shown on no page, kept for the team.
alter table channel add column archived_at integer;
-- Deleted: gone for everybody, kept since its conversations name it.
alter table channel add column deleted_at integer;
-- What the window says outside the business hours; empty: the translated default.
alter table channel add column away_message text not null default '';
-- Websites that may load the widget, one origin a line; empty: every website.
alter table channel add column allowed_origins text not null default '';
-- As JSON; null: always open.
alter table channel add column business_hours text;
-- What the website signs its users' ids with; null until somebody asks for it.
alter table channel add column identity_secret text;
-- Name of its picture among the images.
alter table channel add column image text;

create table rule (
    id integer primary key autoincrement,
    channel_id integer not null references channel (id),
    -- Order of matching, from 1.
    sequence integer not null,
    action text not null
        check (action in ('show', 'show_with_notification', 'open_automatically', 'hide')),
    -- Seconds until the window opens by itself.
    open_after integer not null default 0,
    url_regex text not null default '',
    -- Codes with spaces between them; empty: everywhere.
    countries text not null default ''
) strict;

create index rule_channel on rule (channel_id, sequence);

create table installation (
    channel_id integer not null references channel (id),
    origin text not null,
    -- Written at most once an hour.
    last_loaded_at integer not null,
    primary key (channel_id, origin)
) strict, without rowid;

-- What the website told of a visitor. `user_id`, `name` and `email` are keys like any other.
create table visitor_attribute (
    visitor_id integer not null references visitor (id),
    key text not null,
    value text not null,
    -- Signed with the channel's secret: the visitor cannot have made it up.
    verified integer not null default 0,
    primary key (visitor_id, key)
) strict, without rowid;
