-- Whose rows are whose. Accounts' data is for `authenticated` with the account's claims, row by row; what belongs to
-- no account is for the application's own role; `anon` has nothing. What crosses accounts goes through the functions
-- of 20261124000004_crossings.sql.

alter table public.accounts
    -- null for a guest, who never signed up
    add column email text,
    add column role text not null default 'user' check (role in ('user', 'admin')),
    add column blocked boolean not null default false,
    -- categories that the account does not want to be offered
    add column unused text[] not null default '{}',
    -- an account that is being removed: closed at once, and gone when its photos and its identity are
    add column closing_at timestamptz;

-- A reading says whose it is; it moves with its receipt.
alter table public.receipts add constraint receipts_of_account unique (id, account_id);
alter table public.readings add column account_id uuid;
update public.readings set account_id = receipts.account_id from public.receipts where receipts.id = receipt_id;
alter table public.readings
    alter column account_id set not null,
    drop constraint readings_receipt_id_fkey,
    add constraint readings_of_receipt foreign key (receipt_id, account_id)
        references public.receipts (id, account_id) on update cascade on delete cascade;

do $$
declare
    entry record;
begin
    for entry in
        select schemaname as schema, tablename as name from pg_catalog.pg_tables
        where schemaname in ('public', 'private')
            and tablename in ('accounts', 'links', 'receipts', 'readings', 'albums',
                              'updates', 'replies', 'answers', 'crashes')
    loop
        execute format('alter table %I.%I enable row level security', entry.schema, entry.name);
        execute format('alter table %I.%I force row level security', entry.schema, entry.name);
        -- A project may have granted everything by itself.
        execute format('revoke all on %I.%I from public, anon, authenticated', entry.schema, entry.name);
        if entry.schema = 'private' then
            execute format('create policy application on private.%I to snapspend_app using (true) with check (true)',
                           entry.name);
            execute format('grant select, insert, update, delete on private.%I to snapspend_app', entry.name);
        end if;
    end loop;
end;
$$;

grant usage on schema public to authenticated, snapspend_app;

create policy own_read on public.accounts for select to authenticated using (id = (select auth.uid()));
create policy own_change on public.accounts for update to authenticated
    using (id = (select auth.uid())) with check (id = (select auth.uid()));
grant select on public.accounts to authenticated;
grant update (language, home_currency, time_zone, unused) on public.accounts to authenticated;

create policy own_read on public.links for select to authenticated using (account_id = (select auth.uid()));
grant select on public.links to authenticated;

-- Receipts are opened by private.open_receipt alone: so nobody gives their own receipt another account's photo.
create policy own_read on public.receipts for select to authenticated using (account_id = (select auth.uid()));
create policy own_change on public.receipts for update to authenticated
    using (account_id = (select auth.uid())) with check (account_id = (select auth.uid()));
grant select on public.receipts to authenticated;
grant update (
    state, problem, settled, receipt, merchant, category, bought_on, due_on, currency, total, read_at
) on public.receipts to authenticated;

create policy own_read on public.readings for select to authenticated using (account_id = (select auth.uid()));
create policy own_adding on public.readings for insert to authenticated
    with check (account_id = (select auth.uid()));
create policy own_change on public.readings for update to authenticated
    using (account_id = (select auth.uid())) with check (account_id = (select auth.uid()));
grant select, insert on public.readings to authenticated;
grant update (reading) on public.readings to authenticated;
create index readings_account on public.readings (account_id);

create policy own_read on public.albums for select to authenticated using (account_id = (select auth.uid()));
create policy own_change on public.albums for update to authenticated
    using (account_id = (select auth.uid())) with check (account_id = (select auth.uid()));
grant select on public.albums to authenticated;
grant update (chosen, last_part_at) on public.albums to authenticated;
create index albums_account on public.albums (account_id);
