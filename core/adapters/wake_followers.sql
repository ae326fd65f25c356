-- Procrastinate tells workers about new jobs, but not that a job which waited behind another of its lock
-- may run now: without this it would wait for the next poll.
create function jobs.wake_followers() returns trigger language plpgsql set search_path = '' as $$
begin
    perform pg_notify(
        'procrastinate_queue_v1#' || old.queue_name,
        json_build_object('type', 'job_inserted', 'job_id', old.id)::text
    );
    return null;
end;
$$;

create trigger wake_followers_of_deleted after delete on jobs.procrastinate_jobs
for each row when (old.lock is not null) execute function jobs.wake_followers();

create trigger wake_followers_of_ended after update of status on jobs.procrastinate_jobs
for each row when (old.lock is not null and old.status = 'doing') execute function jobs.wake_followers();

-- Who stores updates rings the bell for many at once (core/adapters/postgres_inbox.py): a notification in each
-- transaction would make them commit one after the other.
drop trigger procrastinate_jobs_notify_queue_job_inserted_v1 on jobs.procrastinate_jobs;
create trigger procrastinate_jobs_notify_queue_job_inserted_v1 after insert on jobs.procrastinate_jobs
for each row when (new.status = 'todo' and new.task_name <> 'answer_update')
execute function jobs.procrastinate_notify_queue_job_inserted_v1();
