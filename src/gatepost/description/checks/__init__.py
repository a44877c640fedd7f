"""What ``gatepost check`` looks at, one subject a file.

Each check is a function from everything described to notices. It asks for the place
of a value only when something is wrong with it, because finding a line is slow.
"""
