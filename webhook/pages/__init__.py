"""The pages behind the login: what somebody sees of their receipts in a browser, and the doors to it."""
