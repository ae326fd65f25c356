-- What was read at first is kept beside what the person corrected; and the day on which a bill was paid.

alter table public.receipts
    add column as_read jsonb,
    add column paid_on date;

grant update (as_read, paid_on) on public.receipts to authenticated;

-- Bills that are still to be paid, by the day they are due on.
create index receipts_due on public.receipts (account_id, due_on)
where state = 'read' and paid_on is null and due_on is not null;
