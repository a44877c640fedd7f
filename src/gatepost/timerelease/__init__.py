"""How long release takes, and where the time goes (Annex 1, the Time Release Study).

Read from the ledger, so nobody types times twice, or from a file of events from elsewhere.
Every consignment counts, also one that is not yet released; every minute belongs to one
party; every table says what its times are measured from and to.
"""
