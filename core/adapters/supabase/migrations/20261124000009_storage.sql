-- Where there is Supabase's Storage: with the project's public key one sees the photos in one's own folder, and writes
-- nothing. The application itself goes there with the secret key. Without this policy nobody sees anything, so a role
-- that may not make one changes nothing for the worse.

do $$
begin
    if to_regclass('storage.objects') is null or to_regproc('storage.foldername') is null then
        return;
    end if;
    drop policy if exists "one's own photos" on storage.objects;
    create policy "one's own photos" on storage.objects for select to authenticated using (
        bucket_id = 'receipts' and (storage.foldername(name))[1] = (select auth.uid())::text
    );
exception
    when insufficient_privilege then
        raise notice 'no policy on storage.objects: its owner is another role';
end;
$$;
