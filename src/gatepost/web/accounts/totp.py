"""The second factor: codes of six digits that change with the time (RFC 6238)."""

from __future__ import annotations

import base64
import hmac
import secrets
import struct
from datetime import datetime
from urllib.parse import quote

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.crypto import salted_hmac

STEP = 30
DIGITS = 6
DRIFT = 1
"""Steps by which the clocks of a telephone and a server may differ."""


def new_secret() -> bytes:
    """Return a new secret: 160 bits of chance."""
    return secrets.token_bytes(20)


def code_at(secret: bytes, step: int, digits: int = DIGITS) -> str:
    """Return the code of one step of time."""
    digest = hmac.digest(secret, struct.pack(">Q", step), "sha1")
    place = digest[-1] & 15
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def step_of(secret: bytes, code: str, now: datetime, last: int) -> int | None:
    """Return the step whose code this is; ``None`` if it is none after the ``last`` one used."""
    current = int(now.timestamp()) // STEP
    found = None
    for step in range(current - DRIFT, current + DRIFT + 1):
        if hmac.compare_digest(code_at(secret, step).encode(), code.encode()) and step > last:
            found = step
    return found


def as_text(secret: bytes) -> str:
    """Return a secret as it is typed into a telephone."""
    return base64.b32encode(secret).decode()


def address(secret: bytes, name: str) -> str:
    """Return what the square on the screen holds."""
    label = quote(f"Gatepost:{name}")
    return f"otpauth://totp/{label}?secret={as_text(secret)}&issuer=Gatepost"


def seal(secret: bytes, name: str) -> str:
    """Return a secret as it is stored: encrypted with our key, bound to the account's name."""
    nonce = secrets.token_bytes(12)
    return base64.b64encode(nonce + _cipher().encrypt(nonce, secret, name.encode())).decode()


def unseal(sealed: str, name: str) -> bytes:
    """Return the secret that was stored for an account."""
    data = base64.b64decode(sealed)
    return _cipher().decrypt(data[:12], data[12:], name.encode())


def _cipher() -> AESGCM:
    key = salted_hmac("gatepost.second-factor", "key", settings.SECRET_KEY, algorithm="sha256")
    return AESGCM(key.digest())
