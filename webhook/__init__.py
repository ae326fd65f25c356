"""What comes in over HTTP: updates from Telegram, and the local chat."""
