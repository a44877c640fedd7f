"""The whole jurisdiction: a slice from each room, and the rules of ``gatepost check``.

A country describes its border once, as dated data. Here the parts that the rooms
define are put together, and a description that is incomplete or contradicts
itself is refused with file and line.
"""
