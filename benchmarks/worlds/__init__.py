"""Worlds whose truth is known, to measure on them what no real border can tell."""
