"""The same casework on a simulated clock.

A day at a post is played through the very functions that serve real cases: traders
look up what they need and lodge, lorries arrive, officers examine, decide and
release. Chance comes from a seed, so the same seed plays the same day.
"""
