"""Events from elsewhere and from the ledger, as Arrow tables for a time release study.

Files are read as text, so that nothing is guessed; the ledger is read column by column through
ADBC, beside the store that writes it.
"""
