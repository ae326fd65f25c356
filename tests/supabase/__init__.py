"""A stand-in for a Supabase project's Auth and Storage, faithful to their documented answers."""
