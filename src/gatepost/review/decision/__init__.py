"""From a finding to a decision of all affected agencies as equals, to its effect (RG-03; §16, §27).

Whoever is affected may raise a finding with a remedy; it is decided when every affected agency has
consented, none earlier and none over another. What was decided has a first day and a day on which
its effect is measured, and stays on the list until both are on record.
"""
