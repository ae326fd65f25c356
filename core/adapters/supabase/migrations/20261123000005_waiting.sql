-- /list says how many photos are still being read.
create index receipts_waiting on public.receipts (account_id) where state = 'waiting';
