"""Review: what a way of working costs and repeats, read from the description and the ledger.

The cooperation calculator compares what authorities and operators would spend with and
without an arrangement (CB-01). Every assumption carries its source and its date; figures
that do not follow from each other are pointed out, not repaired.
"""
