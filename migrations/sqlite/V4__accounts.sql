-- Accounts: what an operator prefers, knows and speaks, and which browsers are signed in.

-- A picture, re-encoded by us. The name is random, so that only those who were told it can open it.
create table image (
    name text primary key,
    media_type text not null,
    bytes blob not null,
    created_at integer not null
) strict, without rowid;

-- As in the IANA database; null: whatever the browser says.
alter table operator add column time_zone text;
-- How a new message calls the operator: a sound, a notification of the browser.
alter table operator add column alert_sound integer not null default 1;
alter table operator add column alert_notification integer not null default 0;
alter table operator add column avatar text references image (name);

-- Languages in which operators may answer; people of every other language get whoever is available.
create table enabled_language (
    language text primary key
) strict, without rowid;

insert into enabled_language (language) values
    ('ar'), ('de'), ('en'), ('es'), ('fr'), ('it'), ('ja'), ('nl'), ('pl'), ('pt'), ('tr'), ('zh');

-- Languages that an operator answers in, besides that of the console.
create table operator_language (
    operator_id integer not null references operator (id),
    language text not null,
    primary key (operator_id, language)
) strict, without rowid;

create table expertise (
    id integer primary key autoincrement,
    name text not null,
    -- The name as compared: one kind of white space, lower case.
    name_key text not null unique,
    created_at integer not null
) strict;

create table operator_expertise (
    operator_id integer not null references operator (id),
    expertise_id integer not null references expertise (id),
    primary key (operator_id, expertise_id)
) strict, without rowid;

create index operator_expertise_expertise on operator_expertise (expertise_id);

-- Browser and system in words, such as "Firefox, Linux".
alter table session add column browser text;
-- The network that it was opened from: the address without its last part.
alter table session add column network text;
-- Written at most every few minutes.
alter table session add column seen_at integer not null default 0;
