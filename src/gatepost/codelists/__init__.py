"""Code lists the world shares: the Harmonized System, countries, currencies.

The lists themselves come from packages that carry the data; nothing is copied here.
"""
