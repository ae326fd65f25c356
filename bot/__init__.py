"""What people send in a chat and what they are told; the worker; the command line."""
