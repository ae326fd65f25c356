-- Receipts are found by words and by what they are, in an index of which every entry begins with its account and month.
-- Row security lets no index be used with @@ before a policy (it is not leakproof), so a function searches, in the
-- caller's own receipts alone.

-- Whether a doubt is still to be settled.
create function public.is_doubted(receipt jsonb, settled text[]) returns boolean
language sql immutable parallel safe set search_path = '' as $$
    select exists (
        select from jsonb_array_elements(receipt -> 'doubts') as doubt where doubt ->> 'kind' <> all (settled)
    )
$$;

alter table public.receipts
    -- words without case and accents (core/search_words.py): of the merchant and the items, and of all that was printed
    add column named text not null default '',
    add column printed text not null default '',
    add column doubted boolean not null generated always as (public.is_doubted(receipt, settled)) stored;

-- What an entry of the index begins with: whose receipt it is, and the month that it counts on.
create function public.shelf(account uuid, day date) returns text
language sql immutable parallel safe set search_path = '' as $$
    select left(account::text, 8) || (extract(year from day) * 12 + extract(month from day))::integer || ':'
$$;

-- The index's entries for a receipt: its words, and what it can be filtered by.
create function public.marks(shelf text, words text, category text, currency text, doubted boolean) returns tsvector
language sql immutable parallel safe cost 10000 set search_path = '' as $$
    select array_to_tsvector(array_agg(shelf || mark))
    from unnest(string_to_array(words, ' ') || array[
        '#' || coalesce(category, 'other'), '#' || currency, case when doubted then '#doubted' else '#sure' end
    ]) as mark
    where mark <> ''
$$;

-- Receipts that were read before: nearly as core/search_words.py has it, until they are saved again.
create function private.folded(words text) returns text language sql set search_path = '' as $$
    select trim(regexp_replace(
        lower(regexp_replace(normalize(words, nfkd), '[\u0300-\u036f]', '', 'g')), '[^[:alnum:].]+|\.(?![[:alnum:]])', ' ', 'g'
    ))
$$;
update public.receipts set
    named = private.folded(concat_ws(' ', merchant, (
        select string_agg(item ->> 'description', ' ') from jsonb_array_elements(receipt -> 'items') as item
    ))),
    printed = coalesce((
        select private.folded(string_agg(line ->> 'text', ' '))
        from public.readings, jsonb_array_elements(reading -> 'lines') as line where receipt_id = receipts.id
    ), '')
where receipt is not null;
drop function private.folded;

-- Entries are written at once: a list of pending ones would be read through by every search.
create index receipts_marks on public.receipts
using gin (public.marks(public.shelf(account_id, counted_on), named || ' ' || printed, category, currency, doubted))
with (fastupdate = off) where state = 'read';

-- The caller's receipts that have all the words, the last of which may be the beginning of one, and all the filters:
-- the ids of a page of them, latest first, and how many there are. Month by month from the latest on, until there are
-- as many as needed.
create function public.search_receipts(
    words text[], filters text[], since date, until date, needed integer, skipped integer, most integer
) returns table (ids uuid[], hits integer)
language plpgsql stable security definer set search_path = '' as $$
declare
    mine constant uuid := (select auth.uid());
    found uuid[] := '{}';
    more uuid[];
    day date := until;
    first date;
    query tsquery;
begin
    loop
        select counted_on into day from public.receipts
        where account_id = mine and state = 'read' and counted_on between since and day
        order by counted_on desc limit 1;
        exit when day is null;
        first := greatest(since, day - (extract(day from day)::integer - 1));
        query := private.query(public.shelf(mine, day), words, filters);
        -- Materialized, so that no other index is thought to be a shorter way.
        with marked as materialized (
            select id, account_id, counted_on, opened_at from public.receipts
            where state = 'read'
                and public.marks(
                    public.shelf(account_id, counted_on), named || ' ' || printed, category, currency, doubted
                ) @@ query
        )
        select array_agg(id order by counted_on desc, opened_at desc) into more from marked
        where account_id = mine and counted_on between first and day;
        found := found || more;
        exit when cardinality(found) >= needed or first = since;
        day := first - 1;
    end loop;
    return query select found[skipped + 1 : skipped + most], cardinality(found);
end;
$$;

-- What to look for on one shelf.
create function private.query(shelf text, words text[], filters text[]) returns tsquery
language sql immutable set search_path = '' as $$
    select string_agg(
        '''' || replace(replace(shelf || mark, '\', '\\'), '''', '''''') || ''''
        || case when place = cardinality(words) then ':*' else '' end, ' & '
    )::tsquery
    from unnest(words || filters) with ordinality as each (mark, place)
$$;

revoke all on function public.is_doubted, public.shelf, public.marks, public.search_receipts from public, anon;
-- Whoever writes a receipt runs what its columns and its index are made with.
grant execute on function public.is_doubted, public.shelf, public.marks, public.search_receipts to authenticated;
grant update (named, printed) on public.receipts to authenticated;

revoke all on all functions in schema private from public;
grant execute on all functions in schema private to snapspend_app;
