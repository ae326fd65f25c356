"""A local stand-in for Telegram: a small Bot API server and a page to chat with the bot."""
