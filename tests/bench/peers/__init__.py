"""Other receipt readers that pip installs, each asked in an interpreter of its own: nothing of ours is imported."""
