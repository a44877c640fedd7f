"""Solvers behind the port of planning: they propose places and prices; ``control`` judges both."""
