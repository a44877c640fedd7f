"""The one event log: what a store keeps, the outcomes of writing, and how events become bytes.

Every change is an event in a stream; a commit appends to streams and changes the readings
made from them (rows) as one whole. Where the log is kept is a port of casework; here are
only the values that pass through it.
"""
