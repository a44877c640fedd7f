"""One control plan, joint examinations, findings.

Every agency's controls on a movement become one plan with the fewest stops. Two
agencies share a stop only where an agreement in force lets them. A result that an
agency recognises is not asked for again, and a finding is recorded once.
"""
