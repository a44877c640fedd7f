"""Every agency's indicators, one joint assessment, each hit explained.

Agencies keep their own criteria and methods; the assessment is the union of what
they ask for and averages nothing away. An indicator in trial is recorded and not
acted on. Random selection can be re-derived afterwards and not predicted before.
"""
