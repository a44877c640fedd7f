"""Agency decisions and holds become one release, then removal.

Each agency decides its own part. What several decisions come to is a table of the
jurisdiction, read from top to bottom, never the order in which they arrive. Goods
are released at most once, when every interest is satisfied; they leave when no
hold is open.
"""
