"""Formats: every message is read into one data set with its values as written, and written from it.

``read_lodgement`` is the way in: it looks at the content, not at the name of a file. ``wco`` reads
and writes XML of the WCO Data Model and writes answers; ``json_lodgement`` is the same data set as
JSON; ``safe_xml`` is the only reader of XML. One table, ``wco/elements.tsv``, says for all of them
which elements there are, in which order, how often and in which format.
"""

from gatepost.adapters.formats.lodgement import detect, read_lodgement

__all__ = ["detect", "read_lodgement"]
