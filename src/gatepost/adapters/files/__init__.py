"""Files: the one place where a jurisdiction's YAML, its folders and line numbers are read.

``tree`` reads a whole folder into the structs of the rooms and tells every fault at once;
``plain`` is the reader of one document; ``shape`` fits it to a struct; ``cache`` keeps what was
read; ``jurisdiction`` finds a jurisdiction by its name.
"""
