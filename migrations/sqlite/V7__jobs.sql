-- Jobs: work that outlives the request which asked for it. And the links by which operators come in.

create table job (
    id integer primary key autoincrement,
    -- What to do, as JSON.
    work text not null,
    -- Work that is done again and again has a name, so that it is there once.
    name text unique,
    -- Not before.
    due_at integer not null,
    -- The node that took it works on it until then; afterwards another one may.
    leased_until integer not null default 0,
    attempts integer not null default 0,
    -- It failed too often, or in a way that no repetition helps.
    dead_at integer,
    created_at integer not null
) strict;

create index job_due on job (due_at) where dead_at is null;

-- Links to choose a password: of invitations, and of those who forgot theirs.
create table operator_link (
    token_hash text primary key,
    operator_id integer not null references operator (id),
    expires_at integer not null
) strict, without rowid;

create index operator_link_operator on operator_link (operator_id);
