"""Where the ledger is kept: a SQLite file for one machine, PostgreSQL when more than one writes.

Both answer like the twin in memory (`casework/memory.py`); one contract test runs for all three.
"""
