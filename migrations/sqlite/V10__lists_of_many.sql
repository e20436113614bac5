-- Lists of a million conversations: what is rare is found by its index, and groups of a status are counted in one.

create index visitor_country on visitor (country) where country is not null;
create index visitor_language on visitor (language) where language is not null;

-- None of these columns changes with a message.
create index conversation_status_listed on conversation
    (coalesce(status, 'ended'), created_at, id, channel_id, operator_id);
drop index conversation_status_created;
