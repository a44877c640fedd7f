"""The day of a post: when and where each stop of the plan is made, and who makes it.

A world holds what waits and what there is: consignments, agencies, officers, bays and
scanners. From it comes a timetable in which every agency's examinations of a movement
are made at one stop where that can be, and the same day planned agency by agency
beside it. A solver may propose; what is kept was checked here against every
constraint and is never worse than first come, first served.
"""
