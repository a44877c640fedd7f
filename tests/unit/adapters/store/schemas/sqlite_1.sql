-- The ledger in SQLite. The log and the acts only grow; the rows are read from the log.

create table act (
    key text primary key,
    digest text not null,
    appends text not null  -- JSON: the streams and versions it added
) strict, without rowid;

create table event (
    position integer primary key,
    stream text not null,
    version integer not null check (version > 0),
    name text not null,
    at text not null,           -- ISO 8601 in UTC, microseconds
    recorded_at text not null,  -- the same
    act text not null references act (key),
    envelope text not null,     -- JSON without the body
    body text,                  -- JSON; null once a retention rule deleted it
    unique (stream, version)
) strict;

create table row (
    view text not null,
    key text not null,
    agency text,
    post text,
    at text,
    value text not null,  -- JSON
    primary key (view, key)
) strict;

create index row_by_agency on row (view, agency, post);

-- INSERT OR REPLACE deletes without asking a delete trigger, so it is stopped here.
create trigger event_is_not_replaced before insert on event
when exists (
    select 1 from event
    where position = new.position or (stream = new.stream and version = new.version)
)
begin
    select raise(abort, 'an event is never replaced');
end;

create trigger event_is_not_changed before update on event
when new.position is not old.position
    or new.stream is not old.stream
    or new.version is not old.version
    or new.name is not old.name
    or new.at is not old.at
    or new.recorded_at is not old.recorded_at
    or new.act is not old.act
    or new.envelope is not old.envelope
    or new.body is not null
begin
    select raise(abort, 'an event is never changed');
end;

create trigger event_is_not_deleted before delete on event
begin
    select raise(abort, 'an event is never deleted');
end;

create trigger act_is_not_replaced before insert on act
when exists (select 1 from act where key = new.key)
begin
    select raise(abort, 'an act is never replaced');
end;

create trigger act_is_not_changed before update on act
begin
    select raise(abort, 'an act is never changed');
end;

create trigger act_is_not_deleted before delete on act
begin
    select raise(abort, 'an act is never deleted');
end;
