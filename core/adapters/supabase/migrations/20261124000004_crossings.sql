-- What has to look beyond one account: each is a function that does this one thing, for the application's role alone.

-- Whose is a Telegram user, a receipt, an album. An account that is being removed is as good as gone for them all.
create function private.account_of_person(person bigint) returns setof public.accounts
language sql stable security definer set search_path = '' as $$
    select accounts.* from public.accounts join public.links on links.account_id = accounts.id
    where links.telegram_id = person and closing_at is null
$$;

create function private.account_of_receipt(wanted uuid) returns setof public.accounts
language sql stable security definer set search_path = '' as $$
    select accounts.* from public.accounts join public.receipts on receipts.account_id = accounts.id
    where receipts.id = wanted and closing_at is null
$$;

create function private.account_of_album(wanted text) returns setof public.accounts
language sql stable security definer set search_path = '' as $$
    select accounts.* from public.accounts join public.albums on albums.account_id = accounts.id
    where albums.source = wanted and closing_at is null
$$;

-- The account of a Telegram user; the first call opens one for a guest.
create function private.open_guest(person bigint, called text, speaks text) returns setof public.accounts
language plpgsql security definer set search_path = '' as $$
declare
    opened uuid;
begin
    -- Two first messages at once must not open two accounts.
    perform pg_advisory_xact_lock(hashtextextended('link', person));
    if not exists (select from public.links where telegram_id = person) then
        insert into public.accounts (language) values (speaks) returning id into opened;
        insert into public.links (telegram_id, account_id, name) values (person, opened, called);
    end if;
    return query select * from private.account_of_person(person);
end;
$$;

-- The account of somebody who signed in with an address; the first time opens it.
create function private.enter(identity uuid, address text, speaks text) returns setof public.accounts
language sql security definer set search_path = '' as $$
    insert into public.accounts (id, email, language) values (identity, address, speaks)
    on conflict (id) do update set email = excluded.email where accounts.closing_at is null
    returning *
$$;

create function private.set_role(account uuid, becomes text) returns void
language sql security definer set search_path = '' as $$
    update public.accounts set role = becomes where id = account
$$;

-- Opens a waiting receipt; one whose source is known is left as it is, and returned as not fresh.
create function private.open_receipt(
    account uuid, photo_key text, came_from text, came_on date,
    in_album text default null, at_place bigint default null, of_parts uuid[] default '{}'
) returns table (id uuid, fresh boolean)
language plpgsql security definer set search_path = '' as $$
begin
    -- The lock lets no removal come between.
    perform from public.accounts where accounts.id = account and closing_at is null for key share;
    if not found then
        return;
    end if;
    return query
    insert into public.receipts (account_id, photo, source, sent_on, album, place, joins)
    values (account, photo_key, came_from, came_on, in_album, at_place, of_parts)
    on conflict (source) do nothing returning receipts.id, true;
    if not found then
        return query select receipts.id, false from public.receipts where source = came_from;
    end if;
end;
$$;

-- Opens an album, or locks the one that is there; the first caption is its caption.
create function private.open_album(account uuid, came_from text, says text) returns void
language sql security definer set search_path = '' as $$
    insert into public.albums (source, account_id, caption)
    select came_from, id, says from public.accounts where id = account and closing_at is null
    on conflict (source) do update set caption = coalesce(albums.caption, excluded.caption)
$$;

-- Ties a Telegram user to an account. What their guest account held moves there, and the guest account ends.
-- False, and nothing is tied, when that account is being removed or is gone.
create function private.tie(person bigint, called text, target uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
    before uuid;
begin
    perform pg_advisory_xact_lock(hashtextextended('link', person));
    select account_id into before from public.links where telegram_id = person;
    -- The lock lets no closing come between (it would pass a key share), and is the same for whoever ties to it too.
    perform from public.accounts where id in (target, before) order by id for no key update;
    if not exists (select from public.accounts where id = target and closing_at is null) then
        return false;
    end if;
    insert into public.links (telegram_id, account_id, name) values (person, target, called)
    on conflict (telegram_id) do update set account_id = target, name = called, linked_at = now();
    if before <> target
        and exists (select from public.accounts where id = before and email is null and closing_at is null)
        and not exists (select from public.links where account_id = before)
    then
        update public.albums set account_id = target where account_id = before;
        update public.receipts set account_id = target where account_id = before;
        update public.accounts set
            home_currency = coalesce(accounts.home_currency, guest.home_currency),
            time_zone = coalesce(accounts.time_zone, guest.time_zone)
        from public.accounts as guest where guest.id = before and accounts.id = target;
        delete from public.accounts where id = before;
    end if;
    return true;
end;
$$;

-- Unties a Telegram user from an account with an address; a guest has only this tie.
create function private.untie(person bigint) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
    delete from public.links using public.accounts
    where telegram_id = person and accounts.id = account_id and accounts.email is not null;
    return found;
end;
$$;

revoke all on all functions in schema private from public;
grant execute on all functions in schema private to snapspend_app;
