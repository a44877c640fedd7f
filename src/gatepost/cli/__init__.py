"""The commands people and programs type: one file for each group of them.

A command reads what it is given, asks casework and prints the answer. Here alone the clock
is read. It ends with 0 when done, 1 when refused or invalid with notices on stderr, and 2
when it is used wrongly.
"""

from gatepost.cli.root import main

__all__ = ["main"]
