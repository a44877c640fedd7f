"""Logging in with an agency's own accounts: OpenID Connect, authorization code with PKCE.

Each provider is one the operator names; an account belongs to one subject of one provider. What
comes back is checked before it is believed: state, signature, issuer, audience, time and nonce.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import msgspec
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from gatepost.adapters.http.fetching import get_json, post_form
from gatepost.web.accounts.providers import Provider

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
SKEW = 60
"""Seconds by which the clocks of a provider and ours may differ."""
KEPT = 300.0
"""Seconds for which a provider's description and keys are not asked for again."""


class Begun(msgspec.Struct, frozen=True):
    """What is remembered in the session until the provider sends the person back."""

    provider: str
    state: str
    nonce: str
    verifier: str
    next: str = ""


class NotBelieved(Exception):
    """The provider's answer does not prove who somebody is; the text says why, for the log."""


_kept: dict[str, tuple[float, Any]] = {}


def _ask(url: str, local: bool) -> Any:
    known = _kept.get(url)
    if known is None or time.monotonic() - known[0] > KEPT:
        known = _kept[url] = (time.monotonic(), get_json(url, local))
    return known[1]


def _described(provider: Provider, local: bool) -> dict[str, Any]:
    url = provider.issuer.rstrip("/") + "/.well-known/openid-configuration"
    found: dict[str, Any] = _ask(url, local)
    if found.get("issuer") != provider.issuer:
        raise NotBelieved("the provider names another issuer")
    return found


def begin(provider: Provider, back: str, next_page: str, local: bool) -> tuple[str, Begun]:
    """Return where to send a person, and what to remember meanwhile."""
    begun = Begun(
        provider.name,
        secrets.token_urlsafe(32),
        secrets.token_urlsafe(32),
        secrets.token_urlsafe(48),
        next_page,
    )
    digest = hashlib.sha256(begun.verifier.encode()).digest()
    told = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "scope": "openid",
        "state": begun.state,
        "nonce": begun.nonce,
        "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    where = _described(provider, local)["authorization_endpoint"]
    return f"{where}{'&' if '?' in where else '?'}{urlencode(told)}", begun


def subject_of(
    provider: Provider, begun: Begun, given: dict[str, str], back: str, now: float, local: bool
) -> str:
    """Return ``issuer|subject`` of who came back, or raise :class:`NotBelieved`."""
    if not secrets.compare_digest(given.get("state", "").encode(), begun.state.encode()):
        raise NotBelieved("the state is not the one that was sent")
    if given.get("iss", provider.issuer) != provider.issuer:
        raise NotBelieved("another issuer answered")
    if "code" not in given:
        raise NotBelieved(f"the provider refused: {given.get('error', 'no code')}")
    description = _described(provider, local)
    told = {
        "grant_type": "authorization_code",
        "code": given["code"],
        "redirect_uri": back,
        "client_id": provider.client_id,
        "code_verifier": begun.verifier,
    }
    if provider.client_secret_file:
        told["client_secret"] = Path(provider.client_secret_file).read_text().strip()
    answer = post_form(description["token_endpoint"], told, local)
    keys = KeySet.import_key_set(_ask(description["jwks_uri"], local))
    claims = _claims(str(answer.get("id_token", "")), keys)
    _check(claims, provider, begun, now)
    return f"{provider.issuer}|{claims['sub']}"


def _claims(token: str, keys: KeySet) -> dict[str, Any]:
    try:
        return dict(jwt.decode(token, keys, algorithms=ALGORITHMS).claims)
    except (JoseError, ValueError) as fault:
        raise NotBelieved(f"the token is not signed by the provider: {fault}") from fault


def _check(claims: dict[str, Any], provider: Provider, begun: Begun, now: float) -> None:
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    wrong = (
        (claims.get("iss") != provider.issuer, "another issuer"),
        (provider.client_id not in audiences, "another audience"),
        (len(audiences) > 1 and claims.get("azp") != provider.client_id, "another party"),
        (not isinstance(claims.get("exp"), int | float), "no end"),
        (float(claims.get("exp") or 0) + SKEW < now, "it has ended"),
        (float(claims.get("iat") or 0) - SKEW > now, "it is not yet in force"),
        (claims.get("nonce") != begun.nonce, "another nonce"),
        (not isinstance(claims.get("sub"), str) or not claims.get("sub"), "no subject"),
    )
    for is_wrong, why in wrong:
        if is_wrong:
            raise NotBelieved(f"the token does not fit: {why}")
