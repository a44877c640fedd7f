"""The one submission: registered, accepted, presented, amended, withdrawn.

A trader lodges once, for every agency. What is wrong is said at once and nothing
is stored; what is accepted is judged by the law of the day of its acceptance.
"""
