"""Which fields of agencies' forms ask for the same thing (UN/CEFACT Recommendation 34, SW-04).

Forms are captured as they are; each field is read for what it asks (:mod:`.reading`, by a
dictionary of trade words); what the dictionary does not know is compared by its text
(:mod:`.similar`); what a person decided goes before both (:mod:`.grouping`).
"""
