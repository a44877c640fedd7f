"""What must be lodged, for whom, and by which law; and what it costs.

A requirement is dated data with its legal basis. Which agency is concerned by a
goods item or a traveller is always the result of a requirement, customs included.
"""
