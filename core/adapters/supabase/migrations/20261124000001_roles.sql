-- Who may do what at all: the roles that a Supabase project has by itself, and the one that the application logs in as.

do $$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'anon') then
        create role anon nologin noinherit;
    end if;
    if not exists (select from pg_catalog.pg_roles where rolname = 'authenticated') then
        create role authenticated nologin noinherit;
    end if;
    if not exists (select from pg_catalog.pg_roles where rolname = 'service_role') then
        create role service_role nologin noinherit bypassrls;
    end if;
    -- It inherits nothing: whoever forgets to take `authenticated` for an account is refused.
    if not exists (select from pg_catalog.pg_roles where rolname = 'snapspend_app') then
        create role snapspend_app login noinherit nocreatedb nocreaterole;
    end if;
    if to_regprocedure('auth.uid()') is null then
        create schema if not exists auth;
        create function auth.uid() returns uuid language sql stable set search_path = '' as
            $body$ select (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid $body$;
        grant usage on schema auth to anon, authenticated;
    end if;
end;
$$;

grant authenticated to snapspend_app;

-- Out of reach of a project's REST interface, which shows `public` alone.
create schema private;
grant usage on schema private to snapspend_app;

alter table public.updates set schema private;
alter table public.replies set schema private;
alter table public.answers set schema private;
alter table public.crashes set schema private;

-- Which migrations were applied: asked at every start, by a role that cannot see their history.
create function private.applied() returns setof text language sql stable security definer set search_path = '' as
    $$ select version from supabase_migrations.schema_migrations $$;
revoke all on function private.applied() from public;
grant execute on function private.applied() to snapspend_app;
