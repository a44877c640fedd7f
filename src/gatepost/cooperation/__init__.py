"""Working together: units of an agency, agencies of a country, and neighbours.

Who is on duty on either side, instructions from above and their acknowledgement, hand-over of a
case, committees and their actions, who answers for what, and feeds that run by themselves.
"""
