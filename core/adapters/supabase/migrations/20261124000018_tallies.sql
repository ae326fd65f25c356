-- What an account's receipts come to is kept beside them: counting and adding up 200,000 rows takes too long.

alter table public.receipts
    -- the merchant's name, cut: an index takes no page of text
    add column sold_by text generated always as (left(merchant, 200)) stored;

-- The days beside whole months are added up from this index alone.
create index receipts_added on public.receipts (account_id, counted_on)
include (currency, category, sold_by, total, id) where state = 'read' and total is not null;

create table public.tallies (
    account_id uuid not null references public.accounts (id) on delete cascade,
    state text not null,
    receipts integer not null,
    primary key (account_id, state)
);

-- Of read receipts that have a total: by the month, quarter and year that begin on `first`; `merchant` is what they
-- were sold by.
create table public.period_sums (
    account_id uuid not null references public.accounts (id) on delete cascade,
    span text not null check (span in ('month', 'quarter', 'year')),
    first date not null,
    currency text,
    category text,
    merchant text,
    receipts integer not null,
    total numeric not null,
    constraint period_sums_key unique nulls not distinct (account_id, span, first, currency, category, merchant)
);

create table public.day_sums (
    account_id uuid not null references public.accounts (id) on delete cascade,
    day date not null,
    currency text,
    receipts integer not null,
    total numeric not null,
    constraint day_sums_key unique nulls not distinct (account_id, day, currency)
);

do $$
declare
    name text;
begin
    foreach name in array array['tallies', 'period_sums', 'day_sums'] loop
        execute format('alter table public.%I enable row level security', name);
        execute format('alter table public.%I force row level security', name);
        execute format('revoke all on public.%I from public, anon, authenticated', name);
        execute format('grant select on public.%I to authenticated', name);
        execute format(
            'create policy own_read on public.%I for select to authenticated using (account_id = (select auth.uid()))',
            name
        );
    end loop;
end;
$$;

-- The month, quarter and year that a day belongs to.
create function private.spans(day date) returns table (span text, first date)
language sql immutable parallel safe set search_path = '' as $$
    select each.span, make_date(
        extract(year from day)::integer, extract(month from day)::integer - (extract(month from day)::integer - 1) % months, 1
    ) from (values ('month', 1), ('quarter', 3), ('year', 12)) as each (span, months)
$$;

-- Adds a receipt to what is kept (times 1), or takes it away (times -1); nothing for an account that is gone.
create function private.tally(receipt public.receipts, times integer) returns void
language plpgsql security definer set search_path = '' as $$
declare
    account constant uuid := receipt.account_id;
    -- Where the rows lie that came to nothing: no index finds a key by what is null in it.
    emptied tid[];
begin
    if not exists (select from public.accounts where id = account) then
        return;
    end if;
    insert into public.tallies as kept values (account, receipt.state, times)
    on conflict (account_id, state) do update set receipts = kept.receipts + times;
    if receipt.state <> 'read' or receipt.total is null then
        return;
    end if;
    with changed as (
        insert into public.period_sums as kept
        select account, span, first, receipt.currency, receipt.category, receipt.sold_by, times, times * receipt.total
        from private.spans(receipt.counted_on)
        on conflict on constraint period_sums_key
        do update set receipts = kept.receipts + times, total = kept.total + excluded.total
        returning kept.ctid as place, kept.receipts as left_over
    ) select array_agg(place) into emptied from changed where left_over = 0;
    delete from public.period_sums where ctid = any (emptied);
    with changed as (
        insert into public.day_sums as kept values (
            account, receipt.counted_on, receipt.currency, times, times * receipt.total
        )
        on conflict on constraint day_sums_key
        do update set receipts = kept.receipts + times, total = kept.total + excluded.total
        returning kept.ctid as place, kept.receipts as left_over
    ) select array_agg(place) into emptied from changed where left_over = 0;
    delete from public.day_sums where ctid = any (emptied);
end;
$$;

-- Runs when a transaction commits: it has all receipts it wants to lock by then, so that nobody who waits here for
-- another's tallies holds a receipt that the other waits for.
create function private.tally_change() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
    loses constant uuid := coalesce(old.account_id, new.account_id);
    gains constant uuid := coalesce(new.account_id, old.account_id);
begin
    perform pg_advisory_xact_lock(hashtextextended(least(loses, gains)::text, 8));
    perform pg_advisory_xact_lock(hashtextextended(greatest(loses, gains)::text, 8));
    if tg_op <> 'INSERT' then
        perform private.tally(old, -1);
    end if;
    if tg_op <> 'DELETE' then
        perform private.tally(new, 1);
    end if;
    return null;
end;
$$;

create constraint trigger tally_new after insert or delete on public.receipts
deferrable initially deferred for each row execute function private.tally_change();

create constraint trigger tally_changed after update on public.receipts
deferrable initially deferred for each row
when (
    (old.account_id, old.state, old.counted_on, old.currency, old.category, old.sold_by, old.total)
    is distinct from
    (new.account_id, new.state, new.counted_on, new.currency, new.category, new.sold_by, new.total)
)
execute function private.tally_change();

-- Counts and adds everything up anew; rows that are asked together lie together.
create function private.tally_anew() returns void language sql security definer set search_path = '' as $$
    lock table public.receipts in share mode;
    delete from public.tallies;
    delete from public.period_sums;
    delete from public.day_sums;
    insert into public.tallies select account_id, state, count(*) from public.receipts group by account_id, state;
    insert into public.period_sums
    select account_id, span, first, currency, category, sold_by, count(*), sum(total)
    from public.receipts cross join lateral private.spans(counted_on) where state = 'read' and total is not null
    group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3;
    insert into public.day_sums
    select account_id, counted_on, currency, count(*), sum(total)
    from public.receipts where state = 'read' and total is not null
    group by 1, 2, 3 order by 1, 2, 3;
$$;

select private.tally_anew();

revoke all on all functions in schema private from public;
grant execute on all functions in schema private to snapspend_app;
-- What is kept is written by the triggers, and made anew by the owner.
revoke execute on function private.tally, private.tally_anew from snapspend_app;
