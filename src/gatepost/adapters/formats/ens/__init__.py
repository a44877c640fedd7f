"""Messages of another authority's interface, judged by tables and dated rules.

An interface is described by data alone, under ``jurisdictions/models``: which elements a message
has, in which order, how often and in which format (``structure``), and which conditions it must
meet, each with the error number of that authority (``judge``). ``uk_ens`` describes entry summary
declarations, CC315A and CC313A.
"""
