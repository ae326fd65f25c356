-- Admins' figures come from what is counted already; times of all accounts together are found by where rows lie.
create index receipts_read on public.receipts using brin (read_at) with (autosummarize = on);
create index receipts_sent on public.receipts using brin (opened_at) with (autosummarize = on);

create function private.read_by_day(since date) returns table (day date, receipts bigint)
language sql stable security definer set search_path = '' as $$
    select (read_at at time zone 'UTC')::date, count(*) from public.receipts
    where state = 'read' and read_at >= since::timestamp at time zone 'UTC'
    group by 1 order by 1
$$;

create function private.people(search text, most integer, skipped integer) returns table (
    account uuid, email text, names text[], role text, blocked boolean, opened_at timestamptz,
    receipts bigint, waiting bigint, failed bigint, today bigint, last_at timestamptz
) language sql stable security definer set search_path = '' as $$
    with wanted as (
        select accounts.* from public.accounts
        where search = '' or position(lower(search) in lower(coalesce(accounts.email, ''))) > 0
            or exists (select from public.links where account_id = accounts.id
                       and position(lower(search) in lower(name)) > 0)
            or accounts.id::text = lower(search)
        order by accounts.opened_at desc, accounts.id limit most offset skipped
    )
    select wanted.id, wanted.email,
        array(select name from public.links where account_id = wanted.id order by linked_at),
        wanted.role, wanted.blocked, wanted.opened_at,
        coalesce(counted.read, 0), coalesce(counted.waiting, 0), coalesce(counted.unusable, 0),
        (select count(*) from public.receipts where account_id = wanted.id
            and receipts.opened_at > now() - interval '24 hours' and joins = '{}'),
        (select max(receipts.opened_at) from public.receipts where account_id = wanted.id)
    from wanted cross join lateral (
        select sum(tallies.receipts) filter (where state = 'read') as read,
            sum(tallies.receipts) filter (where state = 'waiting') as waiting,
            sum(tallies.receipts) filter (where state = 'unusable') as unusable
        from public.tallies where account_id = wanted.id
    ) as counted
    order by wanted.opened_at desc, wanted.id
$$;

create function private.person(wanted uuid) returns table (
    account uuid, email text, names text[], role text, blocked boolean, opened_at timestamptz,
    receipts bigint, waiting bigint, failed bigint, today bigint, last_at timestamptz
) language sql stable security definer set search_path = '' as $$
    -- Somebody may call themselves by another account's id.
    select * from private.people(wanted::text, 1000, 0) as found where found.account = wanted
$$;

create function private.overview() returns table (
    accounts bigint, guests bigint, blocked bigint, receipts bigint, waiting bigint, failed bigint, today bigint
) language sql stable security definer set search_path = '' as $$
    select people.*, counted.*, sent.* from (
        select count(*), count(*) filter (where email is null), count(*) filter (where accounts.blocked)
        from public.accounts
    ) as people cross join (
        select coalesce(sum(tallies.receipts) filter (where state = 'read'), 0),
            coalesce(sum(tallies.receipts) filter (where state = 'waiting'), 0),
            coalesce(sum(tallies.receipts) filter (where state = 'unusable'), 0)
        from public.tallies
    ) as counted cross join (
        select count(*) from public.receipts where opened_at > now() - interval '24 hours' and joins = '{}'
    ) as sent
$$;

revoke all on all functions in schema private from public;
grant execute on all functions in schema private to snapspend_app;
