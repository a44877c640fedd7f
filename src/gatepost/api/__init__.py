"""The interface for programs, under ``/api/v1``: plain views over casework, in one table.

Each operation is a function with the types of what it takes and gives; the OpenAPI document is
made from that table. JSON and WCO XML go in and out; a problem is told as RFC 9457 says.
"""
