-- What left for the services that read with us, and until when they are not to be asked; what an account said of
-- categories; its budgets; and the words that its advice was put into.

alter table public.accounts
    -- categories of its own, beside those that everybody has
    add column own_categories text[] not null default '{}';
grant update (own_categories) on public.accounts to authenticated;

create table public.departures (
    id uuid primary key default gen_random_uuid(),
    account_id uuid not null references public.accounts (id) on delete cascade,
    -- null: a question or advice, about no receipt alone
    receipt_id uuid,
    purpose text not null check (purpose in ('reading', 'extracting', 'asking', 'advising')),
    service text not null,
    host text not null,
    model text,
    picture_bytes integer not null default 0,
    text_chars integer not null default 0,
    -- how much was masked, a count a kind
    masked jsonb not null default '{}',
    sent_at timestamptz not null default now(),
    -- null: not known, since it is under way or a crash came between
    outcome text check (outcome in ('answered', 'no answer', 'refused')),
    tokens_in integer,
    tokens_out integer,
    cost_usd numeric,
    foreign key (receipt_id, account_id) references public.receipts (id, account_id)
        on update cascade on delete cascade
);
create index departures_account on public.departures (account_id, sent_at desc);
create index departures_receipt on public.departures (receipt_id, account_id);
create index departures_sent on public.departures (sent_at);

-- What the person's own corrections made: forward only, and before any model.
create table public.merchant_rules (
    account_id uuid not null references public.accounts (id) on delete cascade,
    -- the merchant's letters and digits, small; `merchant` is the name as it was read
    merchant_key text not null check (merchant_key <> ''),
    merchant text not null,
    category text not null,
    made_at timestamptz not null default now(),
    primary key (account_id, merchant_key)
);

create table public.budgets (
    account_id uuid not null references public.accounts (id) on delete cascade,
    -- '': everything that is spent in this currency
    category text not null default '',
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    -- a month
    amount numeric not null check (amount > 0),
    set_at timestamptz not null default now(),
    primary key (account_id, category, currency)
);

-- The advice as a model put it last, and of which facts (a hash) that was.
create table public.phrasings (
    account_id uuid primary key references public.accounts (id) on delete cascade,
    facts text not null,
    text text not null,
    model text not null,
    made_at timestamptz not null default now()
);

create table private.rests (
    service text not null,
    model text not null default '',
    until timestamptz not null,
    primary key (service, model)
);

do $$
declare
    entry text;
begin
    foreach entry in array array['departures', 'merchant_rules', 'budgets', 'phrasings'] loop
        execute format('alter table public.%I enable row level security', entry);
        execute format('alter table public.%I force row level security', entry);
        execute format('revoke all on public.%I from public, anon, authenticated', entry);
        execute format('create policy own_read on public.%I for select to authenticated'
                       ' using (account_id = (select auth.uid()))', entry);
        execute format('create policy own_adding on public.%I for insert to authenticated'
                       ' with check (account_id = (select auth.uid()))', entry);
        execute format('create policy own_change on public.%I for update to authenticated'
                       ' using (account_id = (select auth.uid())) with check (account_id = (select auth.uid()))',
                       entry);
        execute format('grant select, insert on public.%I to authenticated', entry);
    end loop;
    foreach entry in array array['merchant_rules', 'budgets'] loop
        execute format('create policy own_removal on public.%I for delete to authenticated'
                       ' using (account_id = (select auth.uid()))', entry);
        execute format('grant delete on public.%I to authenticated', entry);
    end loop;
end;
$$;
grant update (outcome, tokens_in, tokens_out, cost_usd) on public.departures to authenticated;
grant update (merchant, category, made_at) on public.merchant_rules to authenticated;
grant update (amount, set_at) on public.budgets to authenticated;
grant update (facts, text, model, made_at) on public.phrasings to authenticated;

alter table private.rests enable row level security;
alter table private.rests force row level security;
revoke all on private.rests from public, anon, authenticated;
create policy application on private.rests to snapspend_app using (true) with check (true);
grant select, insert, update, delete on private.rests to snapspend_app;

-- What the services were asked by all accounts, for admins: no account and no receipt is named.
create function private.cloud_use(since timestamptz) returns table (
    service text, model text, calls bigint, answered bigint, receipts bigint,
    tokens_in bigint, tokens_out bigint, cost_usd numeric, unpriced bigint
) language sql stable security definer set search_path = '' as $$
    select service, coalesce(model, ''), count(*), count(*) filter (where outcome = 'answered'),
        count(distinct receipt_id), coalesce(sum(tokens_in), 0), coalesce(sum(tokens_out), 0), sum(cost_usd),
        count(*) filter (where tokens_in is not null and cost_usd is null)
    from public.departures where sent_at >= since group by 1, 2 order by 1, 2
$$;

-- As before, and what a guest taught, set and sent moves with the receipts.
create or replace function private.tie(person bigint, called text, target uuid) returns boolean
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
        update public.departures set account_id = target where account_id = before;
        insert into public.merchant_rules (account_id, merchant_key, merchant, category, made_at)
        select target, merchant_key, merchant, category, made_at from public.merchant_rules where account_id = before
        on conflict do nothing;
        insert into public.budgets (account_id, category, currency, amount, set_at)
        select target, category, currency, amount, set_at from public.budgets where account_id = before
        on conflict do nothing;
        update public.accounts set
            home_currency = coalesce(accounts.home_currency, guest.home_currency),
            time_zone = coalesce(accounts.time_zone, guest.time_zone),
            own_categories = accounts.own_categories || array(
                select one from unnest(guest.own_categories) as one where one <> all (accounts.own_categories)
            )
        from public.accounts as guest where guest.id = before and accounts.id = target;
        delete from public.accounts where id = before;
    end if;
    return true;
end;
$$;

revoke all on all functions in schema private from public;
grant execute on all functions in schema private to snapspend_app;
revoke execute on function private.tally, private.tally_anew from snapspend_app;
