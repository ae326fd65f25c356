-- The doors to an account: browsers' sessions, secrets that are used once, and how often something was tried.
-- Of every secret only its hash is kept (SHA-256: they are random, so nobody guesses one from its hash).

create table private.sessions (
    id uuid primary key default gen_random_uuid(),
    token_hash bytea not null unique,
    account_id uuid not null references public.accounts (id) on delete cascade,
    device text not null,
    way text not null check (way in ('password', 'chat', 'mini app')),
    opened_at timestamptz not null default now(),
    seen_at timestamptz not null default now()
);

create index sessions_account on private.sessions (account_id);
-- Whoever signs in removes what is too old.
create index sessions_seen on private.sessions (seen_at);
create index sessions_opened on private.sessions (opened_at);

create table private.secrets (
    hash bytea primary key,
    -- "link": an account may claim this Telegram user; "offer": a Telegram user may join this account;
    -- "sign in": a browser may be signed in to this account
    kind text not null check (kind in ('link', 'offer', 'sign in')),
    -- a short code that may be typed in place of the secret
    code_hash bytea unique,
    account_id uuid references public.accounts (id) on delete cascade,
    telegram_id bigint,
    name text,
    language text,
    made_at timestamptz not null default now()
);

create index secrets_telegram on private.secrets (telegram_id);
create index secrets_account on private.secrets (account_id);

create table private.attempts (
    -- what was tried, by whom: a hash
    key bytea not null,
    at timestamptz not null default now()
);

create index attempts_key on private.attempts (key, at);
create index attempts_at on private.attempts (at);

-- The identities of an installation without Supabase's Auth.
create table private.identities (
    id uuid primary key default gen_random_uuid(),
    email text not null unique,
    password_hash text not null,
    confirmed_at timestamptz,
    -- the mailed code's hash, what it is for, when it was made, and how often it was typed wrongly
    code_hash bytea,
    code_for text check (code_for in ('confirm', 'reset')),
    code_at timestamptz,
    code_tries integer not null default 0
);

do $$
declare
    name text;
begin
    foreach name in array array['sessions', 'secrets', 'attempts', 'identities'] loop
        execute format('alter table private.%I enable row level security', name);
        execute format('alter table private.%I force row level security', name);
        execute format('revoke all on private.%I from public, anon, authenticated', name);
        execute format('create policy application on private.%I to snapspend_app using (true) with check (true)', name);
        execute format('grant select, insert, update, delete on private.%I to snapspend_app', name);
    end loop;
end;
$$;
