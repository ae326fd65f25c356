-- Admins' figures come from what is counted already; times of all accounts together are found by where rows lie.
create index receipts_read on public.receipts using brin (read_at) with (autosummarize = on);
create index receipts_sent on public.receipts using brin (opened_at) with (autosummarize = on);

create function private.read_by_day(since date) returns table (day date, receipts bigint)
language sql stable security definer set search_path = '' as $$
    select (read_at at time zone 'UTC')::date, count(*) from public.receipts
    where state = 'read' and read_at >= since::timestamp at time zone 'UTC'
    group by 1 order by 1
$$;

-- One account in figures. An account that is being removed is nobody any more.
create function private.person(wanted uuid) returns table (
    account uuid, email text, names text[], role text, blocked boolean, opened_at timestamptz,
    receipts bigint, waiting bigint, failed bigint, today bigint, last_at timestamptz
) language sql stable security definer set search_path = '' as $$
    select accounts.id, accounts.email,
        array(select name from public.links where account_id = wanted order by linked_at),
        accounts.role, accounts.blocked, accounts.opened_at,
        coalesce(counted.read, 0), coalesce(counted.waiting, 0), coalesce(counted.unusable, 0),
        (select count(*) from public.receipts where account_id = wanted
            and receipts.opened_at > now() - interval '24 hours' and joins = '{}'),
        (select max(receipts.opened_at) from public.receipts where account_id = wanted)
    from public.accounts cross join (
        select sum(tallies.receipts) filter (where state = 'read') as read,
            sum(tallies.receipts) filter (where state = 'waiting') as waiting,
            sum(tallies.receipts) filter (where state = 'unusable') as unusable
        from public.tallies where account_id = wanted
    ) as counted
    where accounts.id = wanted and closing_at is null
$$;

create function private.people(search text, most integer, skipped integer) returns table (
    account uuid, email text, names text[], role text, blocked boolean, opened_at timestamptz,
    receipts bigint, waiting bigint, failed bigint, today bigint, last_at timestamptz
) language sql stable security definer set search_path = '' as $$
    with wanted as (
        select accounts.id from public.accounts
        where closing_at is null and (
            search = '' or position(lower(search) in lower(coalesce(accounts.email, ''))) > 0
            or exists (select from public.links where account_id = accounts.id
                       and position(lower(search) in lower(name)) > 0)
            or accounts.id::text = lower(search)
        )
        order by accounts.opened_at desc, accounts.id limit most offset skipped
    )
    select found.* from wanted cross join lateral private.person(wanted.id) as found
    order by found.opened_at desc, found.account
$$;

create function private.overview() returns table (
    accounts bigint, guests bigint, blocked bigint, receipts bigint, waiting bigint, failed bigint, today bigint
) language sql stable security definer set search_path = '' as $$
    select people.*, counted.*, sent.* from (
        select count(*), count(*) filter (where email is null), count(*) filter (where accounts.blocked)
        from public.accounts where closing_at is null
    ) as people cross join (
        select coalesce(sum(tallies.receipts) filter (where state = 'read'), 0),
            coalesce(sum(tallies.receipts) filter (where state = 'waiting'), 0),
            coalesce(sum(tallies.receipts) filter (where state = 'unusable'), 0)
        from public.tallies where account_id not in (select id from public.accounts where closing_at is not null)
    ) as counted cross join (
        select count(*) from public.receipts where opened_at > now() - interval '24 hours' and joins = '{}'
            and account_id not in (select id from public.accounts where closing_at is not null)
    ) as sent
$$;

revoke all on all functions in schema private from public;
grant execute on function private.read_by_day, private.person, private.people, private.overview to snapspend_app;
