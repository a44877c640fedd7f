"""What makes two data sets the same: canonical bytes and their digest."""

from __future__ import annotations

import hashlib

import msgspec

from gatepost.consignment.dataset import DataSet

_encode = msgspec.json.Encoder(order="sorted").encode


def canonical(dataset: DataSet) -> bytes:
    """Return the data set as compact JSON with names sorted.

    Equal data sets give equal bytes, whatever the format they came in and the order
    in which a sender wrote names. Values are compared as written: ``10.00`` is not ``10``.
    """
    return _encode(dataset)


def digest(dataset: DataSet) -> str:
    """Return the SHA-256 of the canonical bytes, in hexadecimal."""
    return hashlib.sha256(_encode(dataset)).hexdigest()
