"""Working together: units of an agency, agencies of a country, and neighbours.

Who is on duty on either side, instructions from above and their acknowledgement, hand-over of a
case, joint actions, committees and what they leave to do, who answers for what, and feeds that
run by themselves.
"""
