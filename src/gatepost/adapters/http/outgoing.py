"""One POST to an address that somebody else named: to the public network only, and never far.

The name is looked up once, every address it has must be public, and the connection goes to the
one that was looked at: a name that is changed in between leads nowhere. No redirect is followed.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from urllib.parse import urlsplit

SECONDS = 10.0
"""How long an answer is waited for."""


class Unreachable(Exception):
    """The address may not be called, or nobody answered there; the text says why."""


def post(url: str, body: bytes, headers: Mapping[str, str], local: bool = False) -> int:
    """Send ``body`` and return the status of the answer.

    ``local`` lets it go to addresses that are not public and by plain HTTP: for tests and the
    demo.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" and not (local and parts.scheme == "http"):
        raise Unreachable("only https is called")
    host = parts.hostname
    if not host or parts.username or parts.password:
        raise Unreachable("the address names no host, or a password")
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as fault:
        raise Unreachable("the port is none") from fault
    address = _address(host, port, local)
    connection = _connection(parts.scheme, host, address, port)
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, body, {**headers, "Connection": "close"})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException) as fault:
        raise Unreachable(str(fault) or type(fault).__name__) from fault
    finally:
        connection.close()


def _address(host: str, port: int, local: bool) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as fault:
        raise Unreachable(f"{host} is not known") from fault
    addresses = [str(one[4][0]) for one in found]
    for one in addresses:
        if not local and not is_public(one):
            raise Unreachable(f"{host} is not on the public network")
    return addresses[0]


def is_public(address: str) -> bool:
    """Tell whether an IP address is on the public network, also one that hides an IPv4 address."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        hidden: ipaddress.IPv4Address | None = found.ipv4_mapped or found.sixtofour
        if hidden is None and found.teredo:
            hidden = found.teredo[1]
        if hidden is None and found in ipaddress.ip_network("64:ff9b::/96"):
            hidden = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if hidden is not None:
            return is_public(str(hidden))
    return found.is_global and not found.is_multicast


class _Pinned(http.client.HTTPSConnection):
    """A connection to an address that was looked at, with the certificate of the name."""

    def __init__(self, host: str, address: str, port: int) -> None:
        super().__init__(host, port, timeout=SECONDS, context=ssl.create_default_context())
        self._address = address
        self._tls = ssl.create_default_context()

    def connect(self) -> None:
        """Connect to the address and check the certificate against the name."""
        plain = socket.create_connection((self._address, self.port), SECONDS)
        self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)


def _connection(scheme: str, host: str, address: str, port: int) -> http.client.HTTPConnection:
    if scheme == "https":
        return _Pinned(host, address, port)
    return http.client.HTTPConnection(address, port, timeout=SECONDS)
