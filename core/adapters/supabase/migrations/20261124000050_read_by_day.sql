-- Admins see how many receipts were read on each day, of all accounts together.
create index receipts_read on public.receipts (read_at) where state = 'read';

create function private.read_by_day(since date) returns table (day date, receipts bigint)
language sql stable security definer set search_path = '' as $$
    select (read_at at time zone 'UTC')::date, count(*) from public.receipts
    where state = 'read' and read_at >= since::timestamp at time zone 'UTC'
    group by 1 order by 1
$$;

revoke all on all functions in schema private from public;
grant execute on all functions in schema private to snapspend_app;
