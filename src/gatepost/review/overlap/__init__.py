"""What agencies do, ask and decide twice, held against each other pair by pair (RG-01, RG-02).

Everything is read from the description: no agency fills in a questionnaire. An activity is what
one agency does or asks on some goods (:mod:`.activity`); two of them meet where some goods, on
some day, at some post, are subject to both (:mod:`.meeting`); what a meeting means is told by the
numbered rules of :mod:`.pairs`, and by what the ledger shows (:mod:`.value`).
"""
