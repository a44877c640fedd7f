"""The audit log in files: tiles, checkpoints and keys, made from the ledger and checked without it.

A sealer reads what was written, in the order of the log, and never makes a writer wait. What it
leaves behind can be checked by anybody who has the folder and the public keys.
"""
