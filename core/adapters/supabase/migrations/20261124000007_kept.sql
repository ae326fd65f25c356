-- What was read at first is kept beside what the person corrected; and the day on which a bill was paid.

alter table public.receipts
    add column as_read jsonb,
    add column paid_on date,
    -- how often it was saved: who saves what somebody else saved meanwhile is told so
    add column version integer not null default 0;

grant update (as_read, paid_on, version) on public.receipts to authenticated;

-- Bills that are still to be paid, by the day they are due on.
create index receipts_due on public.receipts (account_id, due_on)
where state = 'read' and paid_on is null and due_on is not null;

-- What was said in a chat, which goes with its account.
create index replies_chat on private.replies (chat_id);

-- Closes an account: nobody comes in any more, and its Telegram users begin anew. False when there is none.
-- Updates of its users stay as bare numbers, so that a repeated delivery still counts once.
create function private.close_account(account uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
    people bigint[];
begin
    update public.accounts set closing_at = coalesce(closing_at, now()) where id = account;
    if not found then
        return false;
    end if;
    select coalesce(array_agg(telegram_id), '{}') into people from public.links where account_id = account;
    delete from public.links where account_id = account;
    delete from private.sessions where account_id = account;
    delete from private.secrets where account_id = account or telegram_id = any (people);
    delete from private.requests where telegram_id = any (people) and decision is distinct from 'refused';
    delete from private.replies where chat_id = any (people);
    delete from private.answers using public.receipts
    where receipts.account_id = account and receipts.state = 'waiting' and answers.source = receipts.source;
    update private.updates set body = '{}' where jsonb_path_exists(
        body, '$.*.from.id ? (@ == $people[*])', jsonb_build_object('people', to_jsonb(people))
    );
    return true;
end;
$$;

-- The folders that an account's photos are in: those of a guest account that it took over keep their place.
create function private.photo_folders(account uuid) returns setof uuid
language sql stable security definer set search_path = '' as $$
    select account union
    select distinct left(photo, 36)::uuid from public.receipts
    where account_id = account and photo ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/'
$$;

-- Removes every row of a closed account; of one that is open, or gone, nothing.
create function private.remove_account(account uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
    perform from public.accounts where id = account and closing_at is not null for update;
    if not found then
        return;
    end if;
    delete from private.answers using public.receipts
    where receipts.account_id = account and answers.source = receipts.source;
    delete from public.receipts where account_id = account;
    delete from public.accounts where id = account;
end;
$$;

-- Accounts whose removal was begun a while ago and has not come to its end.
create function private.closing_accounts(since interval) returns setof uuid
language sql stable security definer set search_path = '' as $$
    select id from public.accounts where closing_at < now() - since
$$;
create index accounts_closing on public.accounts (closing_at) where closing_at is not null;

-- Whether an account can be removed by whoever says so: it was closed, or is gone.
create function private.is_closed(account uuid) returns boolean
language sql stable security definer set search_path = '' as $$
    select not exists (select from public.accounts where id = account and closing_at is null)
$$;

revoke all on all functions in schema private from public;
grant execute on all functions in schema private to snapspend_app;
