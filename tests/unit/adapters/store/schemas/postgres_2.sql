-- The ledger in PostgreSQL 13 or later. The log and the acts only grow; the rows are read from it.

create table schema_number (number integer not null);

create table act (
    key text collate "C" primary key,
    digest text not null,
    appends text not null  -- JSON: the streams and versions it added
);

create table event (
    position bigint generated always as identity primary key,
    -- The transaction that wrote it: positions are drawn before a commit, and a later one may
    -- be visible first, so the order of the log is (xid, position).
    xid xid8 not null default pg_current_xact_id(),
    stream text collate "C" not null,
    version integer not null check (version > 0),
    name text not null,
    at timestamptz not null,
    recorded_at timestamptz not null,
    act text collate "C" not null references act (key),
    envelope text not null,  -- JSON without the body, kept to the byte
    body text,               -- JSON; null once a retention rule deleted it
    -- Hides the body in the audit log; deleted with it.
    salt bytea default uuid_send(gen_random_uuid()),
    unique (stream, version)
);

create unique index event_in_order on event (xid, position);

create table row (
    view text collate "C" not null,
    key text collate "C" not null,
    agency text collate "C",
    post text collate "C",
    at text collate "C",
    value text not null,  -- JSON
    labels text[] collate "C" not null default '{}',
    primary key (view, key)
);

-- Pages of a list: all of an agency's, and those at one post.
create index row_by_agency on row (view, agency, at, key);

create index row_by_post on row (view, agency, post, at, key);

create index row_by_label on row using gin (labels);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'an entry of % is never changed or deleted', tg_table_name;
end
$$;

create trigger event_is_not_changed before update on event for each row
when (
    (new.position, new.xid, new.stream, new.version, new.name, new.at, new.recorded_at)
        is distinct from
        (old.position, old.xid, old.stream, old.version, old.name, old.at, old.recorded_at)
    or (new.act, new.envelope) is distinct from (old.act, old.envelope)
    or new.body is not null
    or new.salt is not null
)
execute function refuse_change();

create trigger event_is_not_deleted before delete on event
for each row execute function refuse_change();

create trigger event_is_not_emptied before truncate on event
for each statement execute function refuse_change();

create trigger act_is_not_changed before update or delete on act
for each row execute function refuse_change();

create trigger act_is_not_emptied before truncate on act
for each statement execute function refuse_change();

-- The second wall. Who looks is said for each transaction; * is the program itself, which writes
-- and reads for all, and nothing is nobody. Forced, so that it holds for the owner as well.

alter table row enable row level security;
alter table row force row level security;
alter table event enable row level security;
alter table event force row level security;
alter table act enable row level security;
alter table act force row level security;

create policy row_of_program on row
using ((select current_setting('gatepost.viewer', true)) = '*');

create policy row_seen on row for select using (
    agency = (select current_setting('gatepost.viewer', true))
    or labels && (select nullif(current_setting('gatepost.owners', true), '')::text[])
    or '*' = any ((select nullif(current_setting('gatepost.owners', true), '')::text[])::text[])
);

create policy event_of_program on event
using ((select current_setting('gatepost.viewer', true)) = '*');

create policy event_seen on event for select using (
    (select current_setting('gatepost.viewer', true)) <> '*'
    and exists (
        select from row
        where row.view = split_part(stream, '/', 1)
            and row.key = substr(stream, strpos(stream, '/') + 1)
    )
);

create policy act_of_program on act
using ((select current_setting('gatepost.viewer', true)) = '*');
