"""What crosses the border: consignment, conveyance, traveller, item, party, document.

Nouns, no rules. A lodgement is kept as a *data set*: a tree under the element
names of the WCO Data Model with every value as written. The structs here are the
reading of it that requirements, indicators and officers use by name.
"""
