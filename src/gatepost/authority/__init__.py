"""Who may do what: agencies, units, officers, posts, mandates and agreements, all dated.

Every act asks one gate first (``decide.may``). Agencies are equal: a power comes
from a mandate in force on the day, at the place, for the goods, and from nothing
else. Agreements let agencies examine together and accept each other's results.
"""
