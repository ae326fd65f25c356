-- Albums: photos sent together come as separate updates, are gathered here, and count as one receipt or as several.

create table public.albums (
    -- which album it is, in which chat of which bot
    source text primary key,
    account_id uuid not null references public.accounts (id) on delete cascade,
    caption text,
    -- what the person said it is; null while they said nothing
    chosen text check (chosen in ('one', 'separate')),
    last_part_at timestamptz not null default now()
);

alter table public.receipts
    add column album text references public.albums (source),
    -- the order of an album's photos
    add column place bigint,
    -- for a receipt in several photos: the receipts of the single photos, which are set aside then
    add column joins uuid[] not null default '{}',
    drop constraint receipts_state_check,
    add constraint receipts_state_check
        check (state in ('waiting', 'read', 'unusable', 'deleted', 'set aside'));

create index receipts_album on public.receipts (album, place) where album is not null;
