"""The one typed language for conditions, thresholds and indicators.

A subset of CEL that an agency expert can read aloud::

    starts_with(item.commodity, "0603", "0604") && item.origin in set("pest_countries")
    && !item.documents.exists(d, d.code == "N851")

`parser` makes one tree of it, `check` holds the tree against a `vocabulary` of typed
nouns, `explain` names the values behind a hit. The tree knows no back end, and has two:
`compile` turns a set of conditions into one Python function of a record, `columns` asks
them of millions of records at once. Both give the same hits.

Two rules of meaning hold everywhere. A comparison with a missing value is false, and
`!=` is a comparison: a rule never fires on what nobody stated, `has(path)` asks for
presence, and `!(a == b)` is the way to say "not known to be". Arithmetic with a missing
value, or a division by zero, is missing. So evaluation never fails on a record. Every
number is a float of 64 bits, whatever it was read from.

Functions of days and numbers are arithmetic. `days_between(a, b)` counts the days and
`years_between(a, b)` the completed years from `a` to `b`, both negative if `b` is the
earlier day; a birthday on 29 February completes a year on 1 March in common years.
`ceil(x)` is the least whole number not below `x`: `ceil(item.net_mass / 1000)` for each
started tonne (divide, since a decimal factor such as 0.001 is not exact). `min(a, b)`
and `max(a, b)` cap an amount from above and from below.

A message is judged before its texts are numbers: `number(path)` is what a text writes in
decimal figures, missing if it writes none, and `matches(path, "[A-Z]{2}.*")` asks whether the
whole text fits a regular expression. Lists can be told over: `list.count(x, condition)`,
`list.sum(x, number)` and `list.distinct(x, text)`, the number of different texts; each passes
over what is missing.
"""
