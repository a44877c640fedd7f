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
    primary key (view, key)
);

create index row_by_agency on row (view, agency, post);

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
