-- The pages list what does not count: photos that wait or could not be used, and what was deleted.
create index receipts_aside on public.receipts (account_id, opened_at desc) where state <> 'read';
