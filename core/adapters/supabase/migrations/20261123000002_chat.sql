-- What came from Telegram and what was answered: the memory that makes every update count once.

create table public.updates (
    bot_id bigint not null,
    update_id bigint not null,
    body jsonb not null,
    received_at timestamptz not null default now(),
    primary key (bot_id, update_id)
);

create index updates_received on public.updates (received_at);

create table public.replies (
    -- "update:<bot>:<update>:<n>" or "receipt:<id>"
    key text primary key,
    chat_id bigint not null,
    state text not null default 'sending' check (state in ('sending', 'sent', 'unknown', 'refused')),
    message_id bigint,
    began_at timestamptz not null default now()
);

create index replies_began on public.replies (began_at);

-- The message in a chat that becomes the answer to a photo; the source is the receipt's.
create table public.answers (
    source text primary key,
    chat_id bigint not null,
    message_id bigint,
    reply_to bigint,
    answered boolean not null default false
);

create index answers_message on public.answers (chat_id, message_id);
