"""The outside: formats in which lodgements come and answers go, stores, files and secrets.

Nothing of the domain imports anything here. An adapter turns what the outside sends into values
of the rooms, or refuses it with notices, and turns values back into what the outside reads.
"""
