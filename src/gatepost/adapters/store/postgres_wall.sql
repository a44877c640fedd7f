-- Whether the row of a stream is among what is shown to who looks. As a function it is planned for
-- itself, with the index; inside the policy below PostgreSQL would read every row for each reading.
create function row_is_shown(of_stream text) returns boolean
language plpgsql stable set search_path from current as $$
begin
    return exists (
        select from row
        where row.view = split_part(of_stream, '/', 1)
            and row.key = substr(of_stream, strpos(of_stream, '/') + 1)
    );
end
$$;

drop policy if exists event_seen on event;

create policy event_seen on event for select using (
    (select current_setting('gatepost.viewer', true)) <> '*' and row_is_shown(stream)
);
