"""What people do with Gatepost, act by act, and the ports those acts need.

A use case reads the log, asks the rooms, and commits what they answer. Each port has a
twin in memory here, so that every use case runs without a database.
"""
