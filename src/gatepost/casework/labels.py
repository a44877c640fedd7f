"""The labels by which a store finds the cases somebody may see, and the sight made of the gate.

What a grant asks of a case (whose part, which regime, place, goods or people) is a group of labels
of its row each, so that the question to the store is the decision of the gate itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.authority.clause import Channel
from gatepost.authority.disclosure import ANYONE, DayGate, Grant
from gatepost.authority.model import Brokerage
from gatepost.authority.scope import Scope
from gatepost.ledger.model import Sight, Way
from gatepost.lodgement.model import Lodged
from gatepost.requirement.compiled import PREFIX_LENGTHS

ALL_OWNERS = "*"
Group = tuple[str, ...]


def labels_of(known: Lodged, concerned: tuple[str, ...], country: str) -> tuple[str, ...]:
    """Return the labels of a case: agencies, parties, regime, post, goods and people."""
    found = [f"agency:{agency}" for agency in concerned]
    found.append(f"regime:{known.regime}")
    if known.post:
        found.append(f"post:{known.post}")
    found += [party_label(known, party, country) for party in known.parties]
    if known.people:
        found.append("people")
    if known.commodities or not known.people:
        found.append("goods")
    for code in known.commodities:
        found += [f"hs:{code[:length]}" for length in PREFIX_LENGTHS if len(code) >= length]
    return tuple(dict.fromkeys(found))


def party_label(known: Lodged, party: str, country: str) -> str:
    """Return the label of a party; that of an agent of a principal here names its mandate."""
    principal = known.declarant
    if party != known.agent or party == principal or not principal.startswith(country):
        return f"party:{_word(party)}"
    return _agent_label(party, principal, known.regime)


def _agent_label(agent: str, principal: str, regime: str) -> str:
    return f"agent:{_word(agent)}|{_word(principal)}|{regime}"


def _word(text: str) -> str:
    """Return a text from a declaration as one word, different for different texts."""
    return "%20".join(text.replace("%", "%25").split(" "))


def sight_of_party(name: str, mandates: Iterator[Brokerage]) -> Sight:
    """Return what a party sees: its own cases, and those of principals whose mandate it holds."""
    own = [f"party:{_word(name)}"]
    own += [_agent_label(name, one.principal, regime) for one in mandates for regime in one.regimes]
    return Sight("", (Way((tuple(own),)),), tuple(own))


def sight_of(
    gate: DayGate, recipient: str, unit: str | None, purpose: str, channel: Channel
) -> Sight:
    """Return which cases the gate opens to a recipient for a purpose."""
    ways: dict[Way, None] = {}
    owners: dict[str, None] = {}
    for owner, grant in gate.grants_to(recipient, purpose):
        if channel not in grant.channels or (grant.units and unit not in grant.units):
            continue
        groups = _groups(owner, recipient, grant)
        if groups is not None:
            ways[Way(groups)] = None
            anyone = owner == ANYONE and not grant.if_concerned
            owners[ALL_OWNERS if anyone else f"agency:{owner or recipient}"] = None
    return Sight(recipient, tuple(ways), tuple(owners))


def _groups(owner: str, recipient: str, grant: Grant) -> tuple[Group, ...] | None:
    """Return the groups of labels a grant asks for; ``None`` if no case can meet it."""
    groups: list[Group] = []
    if owner != ANYONE:
        groups.append((f"agency:{owner}",))
    if grant.if_concerned and owner != recipient:
        groups.append((f"agency:{recipient}",))
    scope = grant.scope
    if scope.regimes:
        groups.append(tuple(f"regime:{one}" for one in scope.regimes))
    if scope.posts:
        groups.append(tuple(f"post:{one}" for one in scope.posts))
    what = _goods_and_people(scope)
    return (*groups, what) if what else None


def _goods_and_people(scope: Scope) -> Group:
    found = ["people"] if scope.people else []
    if scope.goods:
        found += [f"hs:{prefix}" for prefix in scope.commodity] or ["goods"]
    return tuple(found)
