"""The pages people use: one folder for each audience, with its views and its templates beside them.

A view reads or acts through casework and shows what came of it; it decides nothing. Every page
works without JavaScript. ``settings`` is read from the environment, which ``gatepost serve`` sets.
"""
