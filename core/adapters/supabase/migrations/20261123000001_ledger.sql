-- Accounts, the Telegram users linked to them, and their ledgers.

create table public.accounts (
    id uuid primary key default gen_random_uuid(),
    language text not null default 'en',
    home_currency text check (home_currency ~ '^[A-Z]{3}$'),
    time_zone text,
    opened_at timestamptz not null default now()
);

create table public.links (
    telegram_id bigint primary key,
    account_id uuid not null references public.accounts (id) on delete cascade,
    name text not null,
    linked_at timestamptz not null default now()
);

create index links_account on public.links (account_id);

create table public.receipts (
    id uuid primary key default gen_random_uuid(),
    account_id uuid not null references public.accounts (id) on delete cascade,
    -- where it came from (a chat's message, an upload): the same source never opens a second receipt
    source text not null unique,
    photo text not null,
    sent_on date not null,
    state text not null default 'waiting' check (state in ('waiting', 'read', 'unusable', 'deleted')),
    problem text,
    merchant text,
    category text,
    bought_on date,
    due_on date,
    currency text,
    total numeric,
    -- the whole receipt as extracted and corrected, and which doubts the person settled
    receipt jsonb,
    settled text[] not null default '{}',
    opened_at timestamptz not null default now(),
    read_at timestamptz,
    counted_on date not null generated always as (coalesce(bought_on, sent_on)) stored
);

create index receipts_newest on public.receipts (account_id, counted_on desc, opened_at desc) where state = 'read';
create index receipts_alike on public.receipts (account_id, total, counted_on) where state = 'read';
create index receipts_photo on public.receipts (account_id, photo);

create table public.readings (
    receipt_id uuid primary key references public.receipts (id) on delete cascade,
    reading jsonb not null
);
