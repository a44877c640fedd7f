"""UN/EDIFACT: interchanges read within bounds, and those messages read that can be lodged.

``tokens`` cuts an interchange into segments and knows its separators and limits; ``interchange``
holds its envelope to its own counts and references, or refuses the whole. ``cusdec`` makes a
declaration of a CUSDEC and ``paxlst`` a list of persons of a PAXLST; ``declaration`` chooses.
"""
