"""A real provider of OpenID Connect, in a process of its own: `python -m tests.oidc_provider`.

It knows one client and lets in whoever the address of the log-in names (`as=`); it checks the
redirect, the client's secret and the PKCE verifier, and signs its tokens with RS256. `spoil=` in
the environment makes it lie in one way, so that our checks can be seen to notice. It prints its
address once it listens.
"""

from __future__ import annotations

import base64
import hashlib
import http.server
import json
import os
import secrets
import time
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "gatepost", "the-secret-of-the-client-for-tests"
SPOIL = os.environ.get("SPOIL", "")
KEY = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "k1"})
CODES: dict[str, dict[str, str]] = {}


class Provider(http.server.BaseHTTPRequestHandler):
    """Answers discovery, keys, the log-in and the exchange of a code for a token."""

    @property
    def issuer(self) -> str:
        return f"http://{self.headers['Host']}"

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/.well-known/openid-configuration":
            self._json(
                {
                    "issuer": "http://elsewhere" if SPOIL == "issuer" else self.issuer,
                    "authorization_endpoint": f"{self.issuer}/authorize",
                    "token_endpoint": f"{self.issuer}/token",
                    "jwks_uri": f"{self.issuer}/keys",
                }
            )
        elif parts.path == "/keys":
            self._json({"keys": [KEY.as_dict(private=False)]})
        elif parts.path == "/authorize":
            self._authorize(asked)
        else:
            self._json({"error": "not_found"}, 404)

    def _authorize(self, asked: dict[str, str]) -> None:
        if asked.get("client_id") != CLIENT or asked.get("code_challenge_method") != "S256":
            self._json({"error": "invalid_request"}, 400)
            return
        code = secrets.token_urlsafe(16)
        CODES[code] = {**asked, "as": asked.get("as", "vet-17")}
        state = "another" if SPOIL == "state" else asked["state"]
        told = urlencode({"code": code, "state": state, "iss": self.issuer})
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{told}")
        self.end_headers()

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"])).decode()
        asked = {name: values[0] for name, values in parse_qs(data).items()}
        given = CODES.pop(asked.get("code", ""), None)
        verifier = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).decode().rstrip("=")
        if (
            given is None
            or given["code_challenge"] != challenge
            or given["redirect_uri"] != asked.get("redirect_uri")
            or asked.get("client_secret") != SECRET
        ):
            self._json({"error": "invalid_grant"}, 400)
            return
        self._json({"access_token": "x", "token_type": "Bearer", "id_token": self._token(given)})

    def _token(self, given: dict[str, str]) -> str:
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "sub": given["as"],
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": given["nonce"],
        }
        spoiled: dict[str, dict[str, Any]] = {
            "aud": {"aud": "somebody-else"},
            "exp": {"exp": now - 3600},
            "iat": {"iat": now + 3600},
            "nonce": {"nonce": "another"},
            "iss": {"iss": "http://elsewhere"},
            "sub": {"sub": ""},
        }
        claims |= spoiled.get(SPOIL, {})
        if SPOIL == "alg":
            head, body = {"alg": "none", "typ": "JWT"}, claims
            return ".".join([_part(head), _part(body), ""])
        key = OTHER_KEY if SPOIL == "key" else KEY
        return jwt.encode({"alg": "RS256", "kid": "k1"}, claims, key)

    def _json(self, value: object, status: int = 200) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *told: object) -> None:
        """Say nothing."""


def _part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


if __name__ == "__main__":
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Provider) as server:
        print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
        server.serve_forever()
