"""What the law of a jurisdiction lets its agencies do, as a page for a lawyer (GV-01, IX-01).

Every line of it is read from the description, so the page says what the program does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gatepost.authority.clause import (
    Arrangement,
    Clause,
    ControlZone,
    Delegation,
    JointControl,
    Recognition,
    Share,
    Trust,
    Withhold,
)
from gatepost.authority.element import DataClass
from gatepost.authority.ladder import RUNG
from gatepost.authority.lifecycle import periods
from gatepost.authority.model import Agency, Mandate
from gatepost.authority.scope import Scope
from gatepost.codelists.purposes import PURPOSES
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.language import in_language
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.validity import Validity

_LADDER = {
    "policy_declaration": "nothing: it starts work",
    "ad_hoc_note": "traffic flow, extra staff, an aligned calendar",
    "mou": "shared stops, contacts, equipment, data that are not protected; protected data only"
    " where an Act already lets the parties share them",
    "agreement": "protected data and recognition at home, under an Act of whoever gives",
    "law": "what no single agency could give",
    "treaty": "recognition and delegation across the border, with an Act of each state",
}
_VERBS = {
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


class _Here:
    """A jurisdiction with the names that its people use."""

    def __init__(self, jurisdiction: Jurisdiction) -> None:
        self.parts = jurisdiction.parts
        self.register = jurisdiction.register
        self._agencies = {one.id: in_language(one.name) for one in self.register.all_agencies}
        self._posts = {one.id: in_language(one.name) for one in self.register.all_posts}

    def name(self, party: str) -> str:
        """Return the name of an agency; a party abroad is named by its code."""
        return self._agencies.get(party, party)

    def names(self, parties: Iterable[str]) -> str:
        """Return the names of some parties."""
        return _and(map(self.name, parties))

    def where(self, scope: Scope) -> str:
        """Return for which goods, people, regimes and places something holds, in words."""
        parts = []
        if scope.commodity:
            parts.append(f"goods of HS {', '.join(scope.commodity)}")
        elif scope.people and scope.goods:
            parts.append("goods")
        if scope.people:
            parts.append("people")
        text = f" in cases of {_and(parts)}" if parts else ""
        if scope.regimes:
            text += f" in {_or(scope.regimes)}"
        posts = _and(self._posts.get(one, one) for one in scope.posts)
        return text + (f" at {posts}" if posts else "")


def law_page(jurisdiction: Jurisdiction) -> Iterator[str]:
    """Yield the lines of the page, in Markdown."""
    here = _Here(jurisdiction)
    name = in_language(jurisdiction.country.name)
    yield f"# What the law of {name} lets its agencies do"
    yield ""
    yield "For lawyers. The page is made from the description that the program runs on: what is not"
    yield "here is refused, and what is here is done only from its first day to its last, while the"
    yield "instrument is in force. A suspension on record counts at once, before this page changes."
    yield "Every reading is recorded with its purpose and its right: `gatepost disclosures`."
    yield from _ladder()
    yield from _instruments(here)
    yield from _agencies(here)
    yield from _matrix(here)
    yield from _classes(here)
    yield from _purposes()


def _ladder() -> Iterator[str]:
    yield from ("", "## What each kind of instrument can grant", "")
    yield from ("| rung | instrument | it can grant |", "|---|---|---|")
    for kind, rung in RUNG.items():
        yield f"| {rung} | {_plain(kind)} | {_LADDER[kind]} |"
    yield from ("", "Each can grant what those below it can. A clause beyond its rung is refused")
    yield "when the description is checked."


def _instruments(here: _Here) -> Iterator[str]:
    yield from ("", "## The instruments")
    found = here.register.all_agreements
    for one in sorted(found, key=lambda one: (-RUNG[one.kind], one.id, one.version)):
        yield from ("", f"### {in_language(one.title)} ({one.id}, version {one.version})", "")
        yield f"{_plain(one.kind).capitalize()} between {here.names(one.parties)}."
        yield f"{_in_force(periods(one))} Basis: {_cited(one.legal_basis)}."
        if one.supporting_acts:
            acts = _and(f"{act.cite} ({here.name(act.of)})" for act in one.supporting_acts)
            yield f"Supported by {acts}."
        if one.confidential:
            yield from ("", "Its clauses are not published.")
            continue
        yield ""
        for clause in one.clauses:
            yield f"- **{clause.id}** {in_language(clause.sentence)}"
            yield f"  {_grants(here, clause)}"


def _grants(here: _Here, clause: Clause) -> str:
    """Return what a clause grants, in one line that a lawyer can hold against the text."""
    match clause:
        case Share():
            return _shares(here, clause)
        case Withhold():
            what_for = _or(map(_plain, clause.purposes)) or "whatever purpose"
            to = here.names(clause.to)
            return f"Never {_and(map(_plain, clause.data))} to {to}, for {what_for}."
        case JointControl():
            return f"One stop for {here.names(clause.parties)}{here.where(clause.scope)}."
        case Recognition():
            by, of = here.name(clause.by), here.name(clause.of)
            return f"{by} takes over {_and(clause.checks)} of {of}{here.where(clause.scope)}."
        case Trust():
            by, of = here.name(clause.by), here.name(clause.of)
            return f"{by} relies on the {_and(clause.programmes)} operators of {of}."
        case Delegation():
            by, of = here.name(clause.by), here.name(clause.of)
            decides = of if clause.decision == "owner" else by
            powers = _and(_VERBS[one] for one in clause.powers)
            return f"{by} may {powers} for {of}{here.where(clause.scope)}; {decides} decides."
        case ControlZone():
            of, host = here.name(clause.of), here.name(clause.host)
            powers = _and(_VERBS[one] for one in clause.powers)
            return f"{of} may {powers} in the territory of {host}{here.where(clause.scope)}."
        case Arrangement():
            return f"Arranges {_and(clause.about)}; no power and no protected data."


def _shares(here: _Here, clause: Share) -> str:
    giver = here.names(clause.of) or "Every agency"
    text = f"{giver} shows {_and(map(_plain, clause.data))} to {here.names(clause.to)},"
    text += f" for {_or(map(_plain, clause.purposes))}{here.where(clause.scope)}"
    if clause.if_concerned:
        text += ", in cases that concern the recipient"
    if clause.units:
        text += f", to officers of {_and(clause.units)} only"
    text += "."
    bulk = [one for one in clause.channels if one in ("export", "feed")]
    if bulk:
        text += f" Also as {_and(bulk)}."
    if clause.smallest_cell:
        text += f" No figure on fewer than {clause.smallest_cell} cases."
    if clause.retention:
        text += f" Kept {_long(clause.retention.keep)}, then {_then(clause)}."
    if clause.onward:
        leave = " with the giver's consent to each case" if clause.onward.consent else ""
        to = here.names(clause.onward.to)
        purposes = _or(map(_plain, clause.onward.purposes))
        text += f" Onward to {to} for {purposes}{leave}."
    else:
        text += " Not to be passed on."
    return text


def _long(keep: str) -> str:
    return f"{keep[:-1]} days" if keep.endswith("d") else keep


def _then(clause: Share) -> str:
    then = clause.retention.then if clause.retention else "delete"
    return {"delete": "deleted", "depersonalise": "depersonalised", "review": "reviewed"}[then]


def _agencies(here: _Here) -> Iterator[str]:
    yield from ("", "## The agencies and their mandates")
    mandates: list[Mandate] = list(here.parts.get("mandate", ()))
    for agency in sorted(here.register.all_agencies, key=lambda one: one.id):
        yield from ("", f"### {in_language(agency.name)} (`{agency.id}`)", "")
        yield f"{_tier(agency)} {_in_force([agency.valid])} Basis: {_cited(agency.legal_basis)}."
        own = [one for one in mandates if one.agency == agency.id]
        yield ""
        if not own:
            yield "It has no mandate at the border and sees only what an instrument opens."
        for mandate in own:
            yield f"- **{mandate.id}** {in_language(mandate.title)} ({_cited(mandate.legal_basis)})"
            powers = _and(_VERBS.get(one, _plain(one)) for one in mandate.powers)
            yield f"  It may {powers}{here.where(mandate.scope)}. {_in_force([mandate.valid])}"
            second = _and(_VERBS.get(one, _plain(one)) for one in mandate.four_eyes)
            if second:
                yield f"  A second officer must confirm to {second}."
            sees = _and(map(_plain, mandate.sees)) or "nothing more"
            what_for = _or(map(_plain, mandate.purposes))
            yield f"  In a case that concerns it, it sees for {what_for} its own records, what its"
            yield f"  own requirements and indicators read, and: {sees}."


def _tier(agency: Agency) -> str:
    return {
        "control_authority": "It controls what crosses.",
        "interested": "It has an interest in what crosses.",
        "user": "It uses data and has no say in a release.",
    }[agency.tier]


def _matrix(here: _Here) -> Iterator[str]:
    """Yield who can be shown what at all: by mandate, by clause, or never."""
    classes: list[DataClass] = list(here.parts.get("data_class", ()))
    cells = _cells(here)
    recipients = sorted({recipient for recipient, _ in cells})
    yield from ("", "## Who can be shown what", "")
    yield "**m** by its mandate, in a case that concerns it; **c** by a clause of an instrument;"
    yield "**no** kept from it by a clause, whatever else is agreed; empty: never. The clauses"
    yield "above say for which goods, places and purposes."
    yield ""
    yield f"| | {' | '.join(one.id for one in classes)} |"
    yield f"|---|{'---|' * len(classes)}"
    for recipient in recipients:
        marks = [_mark(cells.get((recipient, one.id), set())) for one in classes]
        yield f"| {here.name(recipient)} | {' | '.join(marks)} |"


def _mark(kinds: set[str]) -> str:
    return "no" if "no" in kinds else " ".join(sorted(kinds, reverse=True))


def _cells(here: _Here) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for mandate in here.parts.get("mandate", ()):
        for name in mandate.sees:
            found.setdefault((mandate.agency, name), set()).add("m")
    for agreement in here.register.all_agreements:
        for clause in agreement.clauses if periods(agreement) else ():
            if isinstance(clause, Share | Withhold):
                kind = "c" if isinstance(clause, Share) else "no"
                for recipient in clause.to:
                    for name in clause.data:
                        found.setdefault((recipient, name), set()).add(kind)
    return found


def _classes(here: _Here) -> Iterator[str]:
    yield from ("", "## The classes of data", "")
    yield from ("| class | what it is | protected as | elements | law |", "|---|---|---|---|---|")
    for one in here.parts.get("data_class", ()):
        elements = ", ".join(f"`{name}`" for name in one.elements)
        law = _cited(one.legal_basis)
        name, protected = in_language(one.name), one.protected or ""
        yield f"| {one.id} | {name} | {protected} | {elements} | {law} |"


def _purposes() -> Iterator[str]:
    yield from ("", "## The purposes", "")
    yield "Whoever asks names one of these; another purpose than a clause names opens nothing."
    yield from ("", "| purpose | what it is |", "|---|---|")
    for name, (meaning, _) in PURPOSES.items():
        yield f"| {name} | {meaning} |"


def _in_force(days: Iterable[Validity]) -> str:
    found = [f"from {one.start}" + (f" to {one.end}" if one.end else " on") for one in days]
    return f"In force {_and(found)}." if found else "Not in force."


def _cited(laws: Iterable[LegalBasis]) -> str:
    return "; ".join(law.cite for law in laws)


def _and(words: Iterable[str]) -> str:
    return _listed(words, "and")


def _or(words: Iterable[str]) -> str:
    return _listed(words, "or")


def _listed(words: Iterable[str], last: str) -> str:
    found = list(words)
    return f" {last} ".join(filter(None, [", ".join(found[:-1]), *found[-1:]]))


def _plain(name: str) -> str:
    return {"mou": "memorandum of understanding"}.get(name, name.replace("_", " "))
