-- One commit as one statement. It writes all or nothing and answers one line: the positions,
-- or the act that was known, or the first stream that stands elsewhere than expected.
with known as (
    select digest, appends from act where key = %(act)s
),
stale as (
    select seen.stream, seen.expected, stands.version
    from json_to_recordset(%(seen)s) as seen (number integer, stream text, expected integer)
    cross join lateral (
        select coalesce(max(event.version), 0) as version from event
        where event.stream = seen.stream
    ) as stands
    where stands.version <> seen.expected
    order by seen.number
    limit 1
),
clear as (
    select from (select 1) as one
    where not exists (select from known) and not exists (select from stale)
),
new_act as (
    insert into act (key, digest, appends, schema)
    select %(act)s, %(digest)s, %(appends)s, 3 from clear
),
new_events as (
    insert into event (stream, version, name, at, recorded_at, act, envelope, body)
    select stream, version, name, at, %(recorded_at)s, %(act)s, envelope, body
    from clear cross join json_to_recordset(%(events)s) as new (
        number integer, stream text, version integer, name text, at timestamptz,
        envelope text, body text
    )
    order by number
    returning position
),
put_rows as (
    insert into row (view, key, agency, post, at, value, labels)
    select view, key, agency, post, at, value, labels
    from clear cross join json_to_recordset(%(rows)s) as new (
        view text, key text, agency text, post text, at text, value text, labels text[]
    )
    order by view, key
    on conflict (view, key) do update set
    agency = excluded.agency, post = excluded.post, at = excluded.at, value = excluded.value,
    labels = excluded.labels
),
gone_rows as (
    delete from row
    using clear cross join json_to_recordset(%(gone)s) as gone (view text, key text)
    where row.view = gone.view and row.key = gone.key
)
select
    (select min(position) from new_events) as first,
    (select max(position) from new_events) as last,
    known.digest, known.appends,
    stale.stream, stale.expected, stale.version
from (select 1) as one
left join known on true
left join stale on true
