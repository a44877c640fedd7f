"""The administrator's pages: accounts, roles, the description in force, credentials, health."""
