-- An account's own categories come with its session, as what it does not use does.

drop function private.see_session(bytea, interval, interval);
create function private.see_session(hash bytea, idle interval, oldest interval) returns table (
    session_id uuid, device text, way text, opened_at timestamptz, seen_at timestamptz,
    id uuid, language text, home_currency text, time_zone text, email text, role text, blocked boolean, unused text[],
    own text[]
)
language plpgsql security definer set search_path = '' as $$
begin
    -- Written at most once a minute.
    update private.sessions set seen_at = now()
    where token_hash = hash and sessions.seen_at < now() - interval '1 minute'
        and sessions.seen_at > now() - idle and sessions.opened_at > now() - oldest;
    return query
    select sessions.id, sessions.device, sessions.way, sessions.opened_at, sessions.seen_at,
        accounts.id, accounts.language, accounts.home_currency, accounts.time_zone, accounts.email, accounts.role,
        accounts.blocked, accounts.unused, accounts.own_categories
    from private.sessions join public.accounts on accounts.id = sessions.account_id
    where sessions.token_hash = hash and sessions.seen_at > now() - idle and sessions.opened_at > now() - oldest
        and accounts.closing_at is null;
end;
$$;

revoke all on function private.see_session from public;
grant execute on function private.see_session to snapspend_app;
