"""Random selection by a keyed hash: re-derivable afterwards, unpredictable before (RM-04).

Each day has a secret. Its digest is recorded before the first lodgement of the
day, the secret itself after the day, so anyone can check every selection.
"""

from __future__ import annotations

import hashlib
import hmac


def digest_of(secret: bytes) -> str:
    """Return the digest by which a day's secret is committed to before it is used."""
    return hashlib.sha256(secret).hexdigest()


def draw(secret: bytes, reference: str, indicator: str, target: str) -> float:
    """Return the number in [0, 1) that decides whether this target is selected."""
    message = f"{reference}|{indicator}|{target}".encode()
    return int.from_bytes(hmac.digest(secret, message, "sha256")[:8], "big") / 2**64
