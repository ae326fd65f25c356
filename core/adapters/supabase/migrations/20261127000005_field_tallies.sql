-- How receipts were read, field by field: what was asked about, what the person confirmed and what they corrected.
-- Nothing is noted beside a receipt: what was read first, what it says now and which questions were answered tell it,
-- in the statement that changes it, whoever makes that. Counts of it are kept, as counts and sums of receipts are.

create table public.field_tallies (
    account_id uuid not null references public.accounts (id) on delete cascade,
    -- of receipts sent on this day, or in the month that begins with it: all together are read by the month
    span text not null check (span in ('day', 'month')),
    first date not null,
    -- '': receipts as a whole, however many fields; 'by hand': those that nothing was read of, which the person wrote
    field text not null,
    receipts integer not null,
    -- a question was open when it was first shown
    asked integer not null,
    corrected integer not null,
    -- asked about, and right; as a whole: something was, and nothing was corrected
    confirmed integer not null,
    -- corrected, and nothing had been asked about it
    unasked integer not null,
    primary key (account_id, span, first, field)
);
alter table public.field_tallies enable row level security;
alter table public.field_tallies force row level security;
revoke all on public.field_tallies from public, anon, authenticated;
create policy own_read on public.field_tallies for select to authenticated using (account_id = (select auth.uid()));
grant select on public.field_tallies to authenticated;

-- A value with amounts written in one way: 12.50 is 12.5. What is not there is null.
create function private.plainly(value jsonb) returns text language sql immutable parallel safe set search_path = '' as
    $$ select nullif(regexp_replace(value::text, '"(-?\d+)(?:\.0+|(\.\d*[1-9])0+)"', '"\1\2"', 'g'), 'null') $$;

-- What became of the fields of one receipt: those that were asked about or corrected, and the whole. Nothing of a
-- receipt of which is not known how it was read: it was saved last by a version that did not keep that.
-- A question was answered with "it is right" when its kind is settled, or when no evidence speaks for what stayed.
create function private.how_read(as_read jsonb, receipt jsonb, settled text[]) returns table (
    field text, asked boolean, corrected boolean, confirmed boolean, unasked boolean
) language sql immutable parallel safe set search_path = '' as $$
    with questions as (
        select doubt ->> 'field' as name, bool_or(doubt ->> 'kind' = any (settled)) as is_settled
        from jsonb_path_query(as_read, '$.doubts[*]') as doubt group by 1
    ), filled as (
        -- an older version may not have written all of them
        select empty || as_read as before, empty || receipt as now
        from (values ('{"kind": "receipt", "taxes": [], "items": [], "evidence": {}}'::jsonb)) as every (empty)
    ), fields as (
        select name, is_settled is not null as was_asked,
            before -> name is distinct from now -> name
                and private.plainly(before -> name) is distinct from private.plainly(now -> name) as differs,
            coalesce(is_settled, false)
                or (coalesce(before -> 'evidence' ? name, false) and not coalesce(now -> 'evidence' ? name, false))
                as is_answered
        from filled, unnest(array[
            'kind', 'merchant', 'number', 'bought_on', 'due_on', 'currency', 'subtotal', 'taxes', 'tip', 'discount',
            'rounding', 'total', 'cash', 'change', 'payment_method', 'items', 'category'
        ]) as name left join questions using (name)
    ), found as (
        select name, was_asked, differs, was_asked and is_answered and not differs as stayed from fields
    ), whole as (
        select coalesce(as_read -> 'read_by', '[]') = '[]' and as_read ->> 'merchant' is null
            and as_read ->> 'total' is null and as_read ->> 'bought_on' is null
            and coalesce(as_read -> 'items', '[]') = '[]' as is_by_hand
        where as_read is not null and receipt is not null
    )
    select name, was_asked, differs, stayed, differs and not was_asked from found, whole
    where (was_asked or differs) and not is_by_hand
    union all
    select '', bool_or(was_asked), bool_or(differs), bool_or(stayed) and not bool_or(differs),
        bool_or(differs and not was_asked)
    from found, whole where not is_by_hand having count(*) > 0
    union all
    select 'by hand', false, false, false, false from whole where is_by_hand
$$;

create function private.tally_spans(sent_on date) returns table (span text, first date)
language sql immutable parallel safe set search_path = '' as $$
    select 'day', sent_on union all select span, first from private.spans(sent_on) where span = 'month'
$$;

-- Adds how a receipt was read to what is kept (times 1), or takes it away (times -1); nothing for an account that is
-- gone.
create function private.tally_fields(receipt public.receipts, times integer) returns void
language plpgsql security definer set search_path = '' as $$
begin
    if receipt.state <> 'read' or not exists (select from public.accounts where id = receipt.account_id) then
        return;
    end if;
    insert into public.field_tallies as kept
    select receipt.account_id, each.span, each.first, read.field, times, times * read.asked::integer,
        times * read.corrected::integer, times * read.confirmed::integer, times * read.unasked::integer
    from private.how_read(receipt.as_read, receipt.receipt, receipt.settled) as read,
        private.tally_spans(receipt.sent_on) as each
    on conflict (account_id, span, first, field) do update set receipts = kept.receipts + excluded.receipts,
        asked = kept.asked + excluded.asked, corrected = kept.corrected + excluded.corrected,
        confirmed = kept.confirmed + excluded.confirmed, unasked = kept.unasked + excluded.unasked;
    delete from public.field_tallies as kept using private.tally_spans(receipt.sent_on) as each
    where kept.account_id = receipt.account_id and kept.span = each.span and kept.first = each.first
        and kept.receipts = 0;
end;
$$;

-- When a transaction commits, behind the locks of private.tally_change, for its reasons.
create function private.tally_fields_change() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
    loses constant uuid := coalesce(old.account_id, new.account_id);
    gains constant uuid := coalesce(new.account_id, old.account_id);
begin
    perform pg_advisory_xact_lock(hashtextextended(least(loses, gains)::text, 8));
    perform pg_advisory_xact_lock(hashtextextended(greatest(loses, gains)::text, 8));
    if tg_op <> 'INSERT' then
        perform private.tally_fields(old, -1);
    end if;
    if tg_op <> 'DELETE' then
        perform private.tally_fields(new, 1);
    end if;
    return null;
end;
$$;

create constraint trigger tally_fields_new after insert on public.receipts
deferrable initially deferred for each row when (new.state = 'read') execute function private.tally_fields_change();

create constraint trigger tally_fields_gone after delete on public.receipts
deferrable initially deferred for each row when (old.state = 'read') execute function private.tally_fields_change();

create constraint trigger tally_fields_changed after update on public.receipts
deferrable initially deferred for each row
when (
    'read' in (old.state, new.state)
    and (old.account_id, old.state, old.sent_on, old.as_read, old.receipt, old.settled)
    is distinct from (new.account_id, new.state, new.sent_on, new.as_read, new.receipt, new.settled)
)
execute function private.tally_fields_change();

-- As before, and how receipts were read.
create or replace function private.tally_anew() returns void language sql security definer set search_path = '' as $$
    lock table public.receipts in share mode;
    delete from public.tallies;
    delete from public.period_sums;
    delete from public.day_sums;
    delete from public.field_tallies;
    insert into public.tallies select account_id, state, count(*) from public.receipts group by account_id, state;
    insert into public.period_sums
    select account_id, span, first, currency, category, sold_by, count(*), sum(total)
    from public.receipts cross join lateral private.spans(counted_on) where state = 'read' and total is not null
    group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3;
    insert into public.day_sums
    select account_id, counted_on, currency, count(*), sum(total)
    from public.receipts where state = 'read' and total is not null
    group by 1, 2, 3 order by 1, 2, 3;
    insert into public.field_tallies
    select account_id, span, first, field, count(*), count(*) filter (where asked), count(*) filter (where corrected),
        count(*) filter (where confirmed), count(*) filter (where unasked)
    from public.receipts cross join lateral private.how_read(as_read, receipt, settled)
    cross join lateral private.tally_spans(sent_on)
    where state = 'read' and as_read is not null
    group by 1, 2, 3, 4 order by 1, 2, 3, 4;
$$;

select private.tally_anew();

revoke all on function
    private.plainly, private.how_read, private.tally_spans, private.tally_fields, private.tally_fields_change
from public;
