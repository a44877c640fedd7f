"""``python -m gatepost`` is the command ``gatepost``."""

from gatepost.cli import main

if __name__ == "__main__":
    main(prog_name="gatepost")
