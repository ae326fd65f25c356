"""What the catalogue says of who may do what, as sentences about what should not be so."""

from __future__ import annotations

from core.adapters.database import Connection

OURS = "('public', 'private', 'jobs')"
CALLED = ("is_doubted", "marks", "search_receipts", "shelf")
"""The functions that somebody who is signed in may call: three say nothing of anybody, one searches their own."""

UNGUARDED = f"""
select format('%s: row security is not forced', oid::regclass) as hole from pg_class
where relnamespace::regnamespace::text in ('public', 'private') and relkind in ('r', 'p')
    and not (relrowsecurity and relforcerowsecurity)
union all
select format('%s: has an account''s rows and no row security', attrelid::regclass)
from pg_attribute join pg_class on pg_class.oid = attrelid
where relnamespace::regnamespace::text in {OURS} and relkind in ('r', 'p') and attname = 'account_id'
    and not relrowsecurity
"""
POLICIES = f"""
select format('%s.%s: policy %s is for %s', schemaname, tablename, policyname, roles) from pg_policies
where schemaname in {OURS} and roles <> '{{authenticated}}' and (roles <> '{{snapspend_app}}' or schemaname = 'public')
union all
select format('%s.%s: policy %s does not ask who it is', schemaname, tablename, policyname) from pg_policies
where schemaname = 'public' and (
    (qual is null and with_check is null)
    or coalesce(qual, with_check) not like '%( SELECT auth.uid() AS uid)%'
    or coalesce(with_check, qual) not like '%( SELECT auth.uid() AS uid)%'
)
"""
TABLES = f"""
select format('%s may %s %s', who, verb, pg_class.oid::regclass)
from pg_class, unnest(array['public', 'anon']) as who,
    unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) as verb
where relnamespace::regnamespace::text in {OURS} and relkind in ('r', 'p', 'v', 'm', 'f') and (
    has_table_privilege(who, pg_class.oid, verb)
    or (verb in ('select', 'insert', 'update', 'references') and has_any_column_privilege(who, pg_class.oid, verb))
)
union all
select format('authenticated may %s %s', verb, pg_class.oid::regclass)
from pg_class, unnest(array['truncate', 'references', 'trigger']) as verb
where relnamespace::regnamespace::text in {OURS} and relkind in ('r', 'p', 'v', 'm', 'f')
    and has_table_privilege('authenticated', pg_class.oid, verb)
union all
select format('%s may use the sequence %s', who, pg_class.oid::regclass)
from pg_class, unnest(array['public', 'anon', 'authenticated']) as who
where relnamespace::regnamespace::text in {OURS} and relkind = 'S'
    and has_sequence_privilege(who, pg_class.oid, 'usage, select, update')
union all
select format('the application may %s %s in its own name', verb, pg_class.oid::regclass)
from pg_class, unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) as verb
where relnamespace::regnamespace::text = 'public' and has_table_privilege('snapspend_app', pg_class.oid, verb)
    and relkind in ('r', 'p', 'v', 'm', 'f')
"""
VIEWS = f"""
select format('%s shows what its owner sees', oid::regclass) from pg_class
where relnamespace::regnamespace::text in {OURS}
    and (relkind = 'm' or (relkind = 'v' and not coalesce(reloptions @> '{{security_invoker=true}}', false)))
"""
FUNCTIONS = f"""
select format('%s may call %s', who, pg_proc.oid::regprocedure) from pg_proc,
    unnest(array['public', 'anon', 'authenticated']) as who
where pronamespace::regnamespace::text in {OURS} and has_function_privilege(who, pg_proc.oid, 'execute')
    and not (who = 'authenticated' and pronamespace = 'public'::regnamespace and proname in {CALLED})
union all
select format('%s: the caller says where it looks for names', oid::regprocedure) from pg_proc
where pronamespace::regnamespace::text in {OURS} and prosecdef
    and not exists (select from unnest(proconfig) as setting where setting in ('search_path=""', 'search_path='))
"""
KEPT = """
select format('the application may call %s', oid::regprocedure) from pg_proc
where pronamespace = 'private'::regnamespace and proname in ('tally', 'tally_anew', 'tally_fields')
    and has_function_privilege('snapspend_app', oid, 'execute')
"""
SCHEMAS = f"""
select format('%s may %s %s', who, verb, nspname) from pg_namespace,
    unnest(array['public', 'anon', 'authenticated', 'snapspend_app']) as who, unnest(array['usage', 'create']) as verb
where nspname in {OURS} and has_schema_privilege(who, pg_namespace.oid, verb)
    and not (verb = 'usage' and (nspname = 'public' or who = 'snapspend_app'))
"""
ROLES = """
select 'the application''s role may too much' from pg_roles where rolname = 'snapspend_app'
    and (rolsuper or rolinherit or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls)
union all
select format('the application may become %s', roleid::regrole) from pg_auth_members
where member = 'snapspend_app'::regrole and roleid <> 'authenticated'::regrole
"""


async def holes(owner: Connection) -> list[str]:
    """Return what should not be so, a sentence each."""
    found: list[str] = []
    for query in (UNGUARDED, POLICIES, TABLES, VIEWS, FUNCTIONS, KEPT, SCHEMAS, ROLES):
        rows = await (await owner.execute(query.encode())).fetchall()
        found += [str(next(iter(row.values()))) for row in rows]
    return found
