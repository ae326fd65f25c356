-- Who asks to come in, and what an admin sees and does: figures of accounts, never what is on a receipt.

create table private.requests (
    telegram_id bigint primary key,
    name text not null,
    language text not null,
    asked_at timestamptz not null default now(),
    decision text check (decision in ('approved', 'refused')),
    decided_at timestamptz
);

alter table private.requests enable row level security;
alter table private.requests force row level security;
revoke all on private.requests from public, anon, authenticated;
create policy application on private.requests to snapspend_app using (true) with check (true);
grant select, insert, update, delete on private.requests to snapspend_app;

-- How many photos an account sent within a day is asked before each of them; who failed and who is busy, by admins.
create index receipts_opened on public.receipts (account_id, opened_at);
create index receipts_unusable on public.receipts (opened_at desc) where state = 'unusable';

-- What could not be read, and the sentence that the person was told: it says nothing of what is on the receipt.
create function private.failures(most integer, skipped integer) returns table (
    receipt uuid, account uuid, at timestamptz, reason text
) language sql stable security definer set search_path = '' as $$
    select id, account_id, coalesce(read_at, opened_at), coalesce(problem, '') from public.receipts
    where state = 'unusable' and not exists (
        select from public.accounts where accounts.id = account_id and closing_at is not null
    )
    order by opened_at desc, id limit most offset skipped
$$;

-- Lets a receipt that failed, or whose reading was lost, wait again; gives its account and source. The receipt stays
-- locked, so that of two who ask at once the second sees the reading that the first enqueued.
create function private.wait_again(wanted uuid) returns table (account uuid, source text)
language sql security definer set search_path = '' as $$
    update public.receipts set state = 'waiting', problem = null, read_at = null
    where id = wanted and state in ('unusable', 'waiting')
        and exists (select from public.accounts where accounts.id = account_id and closing_at is null)
    returning account_id, receipts.source
$$;

-- Blocks or lets in again. Who is blocked is signed out, and what was handed to them to come in by is void.
create function private.set_blocked(account uuid, becomes boolean) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
    update public.accounts set blocked = becomes
    where id = account and closing_at is null and (not becomes or role <> 'admin');
    if not found then
        return false;
    end if;
    if becomes then
        delete from private.sessions where account_id = account;
        delete from private.secrets where account_id = account
            or telegram_id in (select links.telegram_id from public.links where account_id = account);
    end if;
    return true;
end;
$$;

-- Makes an admin an account like others, unless nobody else could make one an admin again.
create function private.demote(account uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('admins', 0));
    if not exists (
        select from public.accounts where role = 'admin' and not blocked and closing_at is null and id <> account
    ) then
        return false;
    end if;
    update public.accounts set role = 'user' where id = account;
    return found;
end;
$$;

create function private.telegram_ids(account uuid) returns setof bigint
language sql stable security definer set search_path = '' as $$
    select telegram_id from public.links where account_id = account
$$;

-- The Telegram users who are asked what only an admin decides.
create function private.admin_chats() returns setof bigint
language sql stable security definer set search_path = '' as $$
    select telegram_id from public.links join public.accounts on accounts.id = account_id
    where role = 'admin' and not blocked
$$;

revoke all on all functions in schema private from public;
grant execute on all functions in schema private to snapspend_app;
