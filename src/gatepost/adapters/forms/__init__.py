"""Agencies' forms captured from what they keep them in: JSON Schema, tables, our own files.

The first of the four steps of UN/CEFACT Recommendation 34; nothing is judged here (SW-04).
"""
