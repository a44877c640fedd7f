-- The labels of rows word by word, so that rows are found by one: PostgreSQL has an index for it.
-- Cases and the lines of parties are left out: their labels are tested on rows found otherwise, and
-- each has two dozen of them.

create table row_label (
    view text not null,
    word text not null,
    key text not null,
    primary key (view, word, key)
) strict, without rowid;

create trigger row_is_labelled after insert on row
when new.labels <> '' and new.view not in ('case', 'party')
begin
    insert or ignore into row_label
    select new.view, value, new.key
    from json_each('[' || replace(json_quote(trim(new.labels)), ' ', '","') || ']');
end;

create trigger row_is_labelled_anew after update of labels on row
when new.labels <> old.labels and new.view not in ('case', 'party')
begin
    delete from row_label
    where view = old.view and key = old.key and word in (
        select value
        from json_each('[' || replace(json_quote(trim(old.labels)), ' ', '","') || ']')
    );
    insert or ignore into row_label
    select new.view, value, new.key
    from json_each('[' || replace(json_quote(trim(new.labels)), ' ', '","') || ']')
    where new.labels <> '';
end;

create trigger row_and_its_labels_go after delete on row
when old.labels <> '' and old.view not in ('case', 'party')
begin
    delete from row_label
    where view = old.view and key = old.key and word in (
        select value
        from json_each('[' || replace(json_quote(trim(old.labels)), ' ', '","') || ']')
    );
end;

insert or ignore into row_label
select row.view, one.value, row.key
from row, json_each('[' || replace(json_quote(trim(row.labels)), ' ', '","') || ']') as one
where row.labels <> '' and row.view not in ('case', 'party');
