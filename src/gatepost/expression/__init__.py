"""The one typed language for conditions, thresholds and indicators.

A subset of CEL that an agency expert can read aloud::

    starts_with(item.commodity, "0603", "0604") && item.origin in set("pest_countries")
    && !item.documents.exists(d, d.code == "N851")

`parser` makes one tree of it, `check` holds the tree against a `vocabulary` of typed
nouns, `compile` turns a set of conditions into one Python function, `explain` names the
values behind a hit. The tree knows no back end.

Two rules of meaning hold everywhere. A comparison with a missing value is false, and
`!=` is a comparison: a rule never fires on what nobody stated, `has(path)` asks for
presence, and `!(a == b)` is the way to say "not known to be". Arithmetic with a missing
value, or a division by zero, is missing. So evaluation never fails on a record.
"""
