"""Accounts: logging in and out, and the named roles of the demo."""
