"""Who may do what: agencies, units, officers, posts, mandates and agreements, all dated.

Every act asks one gate first (``decide.may``). Agencies are equal: a power comes
from a mandate or an agreement in force on the day, at the place, for the goods,
and from nothing else.
"""
