"""The numbered rules of watched folders."""

from __future__ import annotations

from gatepost.kernel.notice import Rule

NO_FOLDER = Rule(
    "WATCH-001",
    "{folder} cannot be watched: {reason}.",
    "Name a folder in which whoever runs this command may make, move and read files.",
)
WATCHED = Rule(
    "WATCH-002",
    "{folder} is watched already.",
    "End the other watcher, or give this one a folder of its own.",
)
