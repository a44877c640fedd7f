"""Event logs for other programs: OCEL 2.0 as JSON and as SQLite, and XES.

OCEL 2.0 (ocel-standard.org) has events and objects of several types with qualified relations;
XES (IEEE 1849) has traces of events. All are written here from the same rows.
"""
