"""The words in which the page for lawyers names parties, places, powers and days."""

from __future__ import annotations

from collections.abc import Iterable

from gatepost.authority.scope import Scope
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.language import in_language
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.validity import Validity

VERBS = {
    "read": "read",
    "request_data": "ask for more",
    "examine": "examine",
    "sample": "take samples",
    "decide": "decide",
    "hold": "hold",
    "release": "release",
    "override": "set a control aside",
    "agree": "conclude agreements",
    "target": "put risk indicators into force",
    "instruct": "instruct the units below",
}
"""What an agency may do, by the power behind it."""


class Here:
    """A jurisdiction with the names that its people use."""

    def __init__(self, jurisdiction: Jurisdiction) -> None:
        self.parts = jurisdiction.parts
        self.register = jurisdiction.register
        self._agencies = {one.id: in_language(one.name) for one in self.register.all_agencies}
        self._posts = {one.id: in_language(one.name) for one in self.register.all_posts}
        self._states = {one.code: in_language(one.name) for one in self.register.all_states}

    def name(self, party: str) -> str:
        """Return the name of an agency or a state; another party abroad is named by its code."""
        state, _, abroad = party.partition("/")
        if abroad and state in self._states:
            return f"{plain(abroad)} of {self._states[state]}"
        return self._agencies.get(party) or self._states.get(party, party)

    def names(self, parties: Iterable[str]) -> str:
        """Return the names of some parties."""
        return all_of(map(self.name, parties))

    def post(self, post: str) -> str:
        """Return the name of a post."""
        return self._posts.get(post, post)

    def where(self, scope: Scope) -> str:
        """Return for which goods, people, regimes and places something holds, in words."""
        parts = []
        if scope.commodity:
            parts.append(f"goods of HS {', '.join(scope.commodity)}")
        elif scope.people and scope.goods:
            parts.append("goods")
        if scope.people:
            parts.append("people")
        text = f" in cases of {all_of(parts)}" if parts else ""
        if scope.regimes:
            text += f" in {one_of(scope.regimes)}"
        posts = all_of(map(self.post, scope.posts))
        return text + (f" at {posts}" if posts else "")


def long(keep: str) -> str:
    """Return a length of time such as ``1096d`` in words."""
    return f"{keep[:-1]} days" if keep.endswith("d") else keep


def in_force(days: Iterable[Validity]) -> str:
    """Return on which days something is in force, as a sentence."""
    found = [f"from {one.start}" + (f" to {one.end}" if one.end else " on") for one in days]
    return f"In force {all_of(found)}." if found else "Not in force."


def cited(laws: Iterable[LegalBasis]) -> str:
    """Return the laws as they are cited."""
    return "; ".join(law.cite for law in laws)


def all_of(words: Iterable[str]) -> str:
    """Return words as a list that ends in "and"."""
    return _listed(words, "and")


def one_of(words: Iterable[str]) -> str:
    """Return words as a list that ends in "or"."""
    return _listed(words, "or")


def _listed(words: Iterable[str], last: str) -> str:
    found = list(words)
    return f" {last} ".join(filter(None, [", ".join(found[:-1]), *found[-1:]]))


def plain(name: str) -> str:
    """Return a name of the description as people write it."""
    return {"mou": "memorandum of understanding"}.get(name, name.replace("_", " "))
