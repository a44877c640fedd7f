"""The reference under which a lodgement is known to everyone.

Eighteen characters: two digits of the year, the country code, thirteen
characters derived from the key of the lodgement, and one check character. It is
computed, not counted, so no two writers wait for one another.
"""

from __future__ import annotations

import hashlib

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def make_reference(year: int, country: str, key: str) -> str:
    """Return the reference of the lodgement with this ``key``."""
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:9], "big") >> 7
    stem = f"{year % 100:02d}{country}{_base32(number, 13)}"
    return stem + check_character(stem)


def check_character(stem: str) -> str:
    """Return the ISO 7064 MOD 37,36 check character: finds every single wrong character."""
    product = 36
    for character in stem:
        product = ((product + int(character, 36)) % 36 or 36) * 2 % 37
    return "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(37 - product) % 36]


def country_of(reference: str) -> str:
    """Return the code of the country that gave the reference."""
    return reference[2:4]


def is_reference(text: str) -> bool:
    """Tell whether ``text`` has the form of a reference and its check character is right."""
    plain = len(text) == 18 and text.isascii() and text.isalnum()
    return plain and check_character(text[:-1]) == text[-1]


def _base32(number: int, width: int) -> str:
    digits = []
    for _ in range(width):
        number, rest = divmod(number, 32)
        digits.append(ALPHABET[rest])
    return "".join(reversed(digits))
