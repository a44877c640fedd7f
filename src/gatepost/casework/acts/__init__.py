"""Acts on a case: each function checks one kind of act and lets it happen.

An act function is given the work and the act. It raises ``Refused`` with
everything that is wrong, or lets events happen; it commits nothing itself.
"""
