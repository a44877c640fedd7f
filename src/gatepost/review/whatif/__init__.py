"""What would be, if agencies dropped, merged, delegated or changed a rule (RG-05).

A change is made to the description as it was read, which is checked again as a whole; the same
traffic is then played under both. Nothing changed gives exactly the baseline.
"""
