-- Chatbots: their scripts, the rules that choose them, and where each conversation stands in a script.

create table chatbot (
    id integer primary key autoincrement,
    name text not null,
    -- Name of its picture among the images.
    image text,
    -- The newest of its versions.
    version integer not null default 1,
    -- Steps of the newest version.
    steps integer not null,
    -- Steps and answers never had an id from here on.
    next_id integer not null,
    -- What the analysis found in the newest version.
    findings integer not null,
    first_step_warning text,
    -- In the archive: no rule chooses it, kept for the team.
    archived_at integer,
    -- Deleted: gone for everybody, kept since its conversations name it.
    deleted_at integer,
    created_at integer not null
) strict;

-- Never changed: a conversation ends with the version with which it began.
create table chatbot_version (
    chatbot_id integer not null references chatbot (id),
    version integer not null,
    -- As JSON.
    script text not null,
    created_at integer not null,
    primary key (chatbot_id, version)
) strict, without rowid;

-- Where a conversation stands, or stood when somebody of the team took over.
create table chatbot_run (
    conversation_id integer primary key references conversation (id),
    chatbot_id integer not null references chatbot (id),
    version integer not null,
    -- As JSON.
    run text not null,
    -- The step that waits for the visitor; null: none does.
    step integer,
    -- What it waits for.
    awaits text not null,
    -- The script was gone through.
    finished integer not null default 0,
    -- The script looked for an operator, and nobody was free.
    found_nobody integer not null default 0
) strict;

create index chatbot_run_chatbot on chatbot_run (chatbot_id, step);

-- In whose hands it is; null: in those of the team.
alter table conversation add column chatbot_id integer;

create index conversation_chatbot on conversation (chatbot_id)
    where chatbot_id is not null and ended_at is null;

-- The chatbot that said it, or that it answers.
alter table event add column chatbot_id integer;
-- The step that said it, or that it answers.
alter table event add column step integer;
-- What else belongs to the step: choices and delay, or the answer that was picked; as JSON.
alter table event add column scripted text;

create index event_chatbot on event (chatbot_id, step) where chatbot_id is not null;

alter table rule add column chatbot_id integer;
alter table rule add column chatbot_condition text not null default 'always'
    check (chatbot_condition in ('always', 'only_if_no_operator', 'only_if_operator'));
