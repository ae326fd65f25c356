-- What we add to procrastinate's schema; run anew whenever this file is another.

-- Procrastinate tells workers about new jobs, but not that a job which waited behind another of its lock
-- may run now: without this it would wait for the next poll.
create or replace function jobs.wake_followers() returns trigger language plpgsql set search_path = '' as $$
begin
    perform pg_notify(
        'procrastinate_queue_v1#' || old.queue_name,
        json_build_object('type', 'job_inserted', 'job_id', old.id)::text
    );
    return null;
end;
$$;

create or replace trigger wake_followers_of_deleted after delete on jobs.procrastinate_jobs
for each row when (old.lock is not null) execute function jobs.wake_followers();

create or replace trigger wake_followers_of_ended after update of status on jobs.procrastinate_jobs
for each row when (old.lock is not null and old.status = 'doing') execute function jobs.wake_followers();

-- Who stores updates rings the bell for many at once (core/adapters/postgres_inbox.py): a notification in each
-- transaction would make them commit one after the other.
drop trigger if exists procrastinate_jobs_notify_queue_job_inserted_v1 on jobs.procrastinate_jobs;
create trigger procrastinate_jobs_notify_queue_job_inserted_v1 after insert on jobs.procrastinate_jobs
for each row when (new.status = 'todo' and new.task_name <> 'answer_update')
execute function jobs.procrastinate_notify_queue_job_inserted_v1();

-- Stores updates with the jobs that answer them and returns the places (from 1) of those that were not here before.
-- A function, because its plan is made once a connection. procrastinate_defer_jobs_v1 is what procrastinate itself
-- calls to enqueue; jobs get their numbers, and so their turns, in the order of the array.
create or replace function jobs.accept_updates(given jsonb) returns bigint[] language plpgsql
set search_path = private, jobs, pg_temp as $$
declare
    accepted bigint[];
begin
    with sent as (
        select bot_id, update_id, lock, body, place
        from rows from (jsonb_to_recordset(given) as (bot_id bigint, update_id bigint, lock text, body jsonb))
            with ordinality as each (bot_id, update_id, lock, body, place)
    ), first as (
        select distinct on (bot_id, update_id) * from sent order by bot_id, update_id, place
    ), stored as (
        insert into updates (bot_id, update_id, body) select bot_id, update_id, body from first
        on conflict do nothing returning bot_id, update_id
    ), enqueued as (
        select procrastinate_defer_jobs_v1(array_agg(row(
            'updates', 'answer_update', 0, lock, null,
            jsonb_build_object('bot_id', bot_id, 'update_id', update_id), null
        )::procrastinate_job_to_defer_v1 order by place)) as jobs, array_agg(place) as places
        from stored join first using (bot_id, update_id)
    )
    select places into accepted from enqueued where cardinality(jobs) > 0;
    return coalesce(accepted, '{}');
end;
$$;

-- Only the application's role works with the queue.
revoke all on all tables in schema jobs from public, anon, authenticated;
revoke all on all functions in schema jobs from public, anon, authenticated;
grant usage on schema jobs to snapspend_app;
grant select, insert, update, delete on all tables in schema jobs to snapspend_app;
grant usage on all sequences in schema jobs to snapspend_app;
grant execute on all functions in schema jobs to snapspend_app;
