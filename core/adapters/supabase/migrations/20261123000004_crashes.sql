-- How often a job's worker died of it, apart from the times it was tried again because a service was away.
create table public.crashes (
    job_id bigint primary key,
    crashes integer not null,
    last_at timestamptz not null default now()
);
