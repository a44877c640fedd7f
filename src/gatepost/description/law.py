"""What the law of a jurisdiction lets its agencies do, as a page for a lawyer (GV-01, IX-01).

Every line of it is read from the description, so the page says what the program does.
"""

from __future__ import annotations

from collections.abc import Iterator

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
from gatepost.authority.model import Agency, Bound, Mandate
from gatepost.codelists.purposes import PURPOSES
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.description.law_together import law_together
from gatepost.description.law_words import VERBS, Here, all_of, cited, in_force, long, one_of, plain
from gatepost.kernel.language import in_language

_LADDER = {
    "policy_declaration": "nothing: it starts work",
    "ad_hoc_note": "traffic flow, extra staff, an aligned calendar",
    "mou": "shared stops, contacts, equipment, data that are not protected; protected data only"
    " where an Act already lets the parties share them",
    "agreement": "protected data and recognition at home, under an Act of whoever gives",
    "law": "what no single agency could give",
    "treaty": "recognition and delegation across the border, with an Act of each state",
}


_BOUND: dict[Bound, str] = {
    "examine": "examine",
    "sample": "take samples",
    "find": "record what it found",
    "decide": "decide",
    "release": "release",
}


def law_page(jurisdiction: Jurisdiction) -> Iterator[str]:
    """Yield the lines of the page, in Markdown."""
    here = Here(jurisdiction)
    name = in_language(jurisdiction.country.name)
    yield f"# What the law of {name} lets its agencies do"
    yield ""
    if jurisdiction.pack is not None:
        yield f"{in_language(jurisdiction.pack.title)}. {in_language(jurisdiction.pack.notice)}"
        yield ""
    yield "For lawyers. The page is made from the description that the program runs on: what is not"
    yield "here is refused, and what is here is done only from its first day to its last, while the"
    yield "instrument is in force. A suspension on record counts at once, before this page changes."
    yield "Every reading is recorded with its purpose and its right: `gatepost disclosures`."
    yield from _ladder()
    yield from _instruments(here)
    yield from _agencies(here)
    yield from _matrix(here)
    yield from law_together(here, jurisdiction)
    yield from _classes(here)
    yield from _purposes()


def _ladder() -> Iterator[str]:
    yield from ("", "## What each kind of instrument can grant", "")
    yield from ("| rung | instrument | it can grant |", "|---|---|---|")
    for kind, rung in RUNG.items():
        yield f"| {rung} | {plain(kind)} | {_LADDER[kind]} |"
    yield from ("", "Each can grant what those below it can. A clause beyond its rung is refused")
    yield "when the description is checked."


def _instruments(here: Here) -> Iterator[str]:
    yield from ("", "## The instruments")
    found = here.register.all_agreements
    for one in sorted(found, key=lambda one: (-RUNG[one.kind], one.id, one.version)):
        yield from ("", f"### {in_language(one.title)} ({one.id}, version {one.version})", "")
        between = "that binds" if one.kind == "law" else "between"
        yield f"{plain(one.kind).capitalize()} {between} {here.names(one.parties)}."
        yield f"{in_force(periods(one))} Basis: {cited(one.legal_basis)}."
        if one.supporting_acts:
            acts = all_of(f"{act.cite} ({here.name(act.of)})" for act in one.supporting_acts)
            yield f"Supported by {acts}."
        if one.confidential:
            yield from ("", "Its clauses are not published.")
            continue
        yield ""
        for clause in one.clauses:
            yield f"- **{clause.id}** {in_language(clause.sentence)}"
            yield f"  {_grants(here, clause)}"


def _grants(here: Here, clause: Clause) -> str:
    """Return what a clause grants, in one line that a lawyer can hold against the text."""
    match clause:
        case Share():
            return _shares(here, clause)
        case Withhold():
            what_for = one_of(map(plain, clause.purposes)) or "whatever purpose"
            to = here.names(clause.to)
            return f"Never {all_of(map(plain, clause.data))} to {to}, for {what_for}."
        case JointControl():
            return f"One stop for {here.names(clause.parties)}{here.where(clause.scope)}."
        case Recognition():
            by, of = here.name(clause.by), here.name(clause.of)
            return f"{by} takes over {all_of(clause.checks)} of {of}{here.where(clause.scope)}."
        case Trust():
            by, of = here.name(clause.by), here.name(clause.of)
            return f"{by} relies on the {all_of(clause.programmes)} operators of {of}."
        case Delegation():
            by, of = here.name(clause.by), here.name(clause.of)
            decides = of if clause.decision == "owner" else by
            powers = all_of(VERBS[one] for one in clause.powers)
            text = f"{by} may {powers} for {of}{here.where(clause.scope)}; {decides} decides."
            if clause.competence:
                skills = all_of(map(plain, clause.competence))
                text += f" Only officers found competent in {skills}."
            return text + _within(clause)
        case ControlZone():
            of, host = here.name(clause.of), here.name(clause.host)
            powers = all_of(VERBS[one] for one in clause.powers)
            text = f"{of} may {powers} in the territory of {host}{here.where(clause.scope)}."
            return text + _within(clause)
        case Arrangement():
            return f"Arranges {all_of(clause.about)}; no power and no protected data."


def _within(clause: Delegation | ControlZone) -> str:
    zone = clause.zone_kilometres
    return f" Within {zone:g} km of the border." if zone is not None else ""


def _shares(here: Here, clause: Share) -> str:
    giver = here.names(clause.of) or "Every agency"
    text = f"{giver} shows {all_of(map(plain, clause.data))} to {here.names(clause.to)},"
    text += f" for {one_of(map(plain, clause.purposes))}{here.where(clause.scope)}"
    if clause.if_concerned:
        text += ", in cases that concern the recipient"
    if clause.units:
        text += f", to officers of {all_of(clause.units)} only"
    text += "."
    bulk = [one for one in clause.channels if one in ("export", "feed")]
    if bulk:
        text += f" Also as {all_of(bulk)}."
    if clause.smallest_cell:
        text += f" No figure on fewer than {clause.smallest_cell} cases."
    if clause.retention:
        text += f" Kept {long(clause.retention.keep)}, then {_then(clause)}."
    if clause.onward:
        leave = " with the giver's consent to each case" if clause.onward.consent else ""
        to = here.names(clause.onward.to)
        purposes = one_of(map(plain, clause.onward.purposes))
        text += f" Onward to {to} for {purposes}{leave}."
    else:
        text += " Not to be passed on."
    return text + _kept_back(here, clause)


def _kept_back(here: Here, share: Share) -> str:
    """Return what another clause keeps from a recipient of this one."""
    found = {
        (plain(name), clause.id): here.names(one for one in share.to if one in clause.to)
        for agreement in here.register.all_agreements
        if periods(agreement)
        for clause in agreement.clauses
        if isinstance(clause, Withhold)
        and set(clause.to) & set(share.to)
        and (not clause.purposes or set(clause.purposes) & set(share.purposes))
        for name in share.data
        if name in clause.data
    }
    told = (f" **But {name}** are kept from {to} by {by}." for (name, by), to in found.items())
    return "".join(told)


def _then(clause: Share) -> str:
    then = clause.retention.then if clause.retention else "delete"
    return {"delete": "deleted", "depersonalise": "depersonalised", "review": "reviewed"}[then]


def _agencies(here: Here) -> Iterator[str]:
    yield from ("", "## The agencies and their mandates")
    mandates: list[Mandate] = list(here.parts.get("mandate", ()))
    for agency in sorted(here.register.all_agencies, key=lambda one: one.id):
        yield from ("", f"### {in_language(agency.name)} (`{agency.id}`)", "")
        yield f"{_tier(agency)} {in_force([agency.valid])} Basis: {cited(agency.legal_basis)}."
        own = [one for one in mandates if one.agency == agency.id]
        yield ""
        if not own:
            yield "It has no mandate at the border and sees only what an instrument opens."
        for mandate in own:
            yield f"- **{mandate.id}** {in_language(mandate.title)} ({cited(mandate.legal_basis)})"
            powers = all_of(VERBS.get(one, plain(one)) for one in mandate.powers)
            yield f"  It may {powers}{here.where(mandate.scope)}. {in_force([mandate.valid])}"
            second = all_of(VERBS.get(one, plain(one)) for one in mandate.four_eyes)
            if second:
                yield f"  A second officer must confirm to {second}."
            if mandate.automatic:
                yield "  Its rules clear a case by themselves where nothing of it is open."
            if mandate.in_hours:
                acts = one_of(_BOUND[one] for one in mandate.in_hours)
                yield f"  Only while its service at the post is open may it {acts}."
            sees = all_of(map(plain, mandate.sees)) or "nothing more"
            what_for = one_of(map(plain, mandate.purposes))
            yield f"  In a case that concerns it, it sees for {what_for} its own records, what its"
            yield f"  own requirements and indicators read, and: {sees}."


def _tier(agency: Agency) -> str:
    return {
        "control_authority": "It controls what crosses.",
        "interested": "It has an interest in what crosses.",
        "user": "It uses data and has no say in a release.",
    }[agency.tier]


def _matrix(here: Here) -> Iterator[str]:
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


def _cells(here: Here) -> dict[tuple[str, str], set[str]]:
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


def _classes(here: Here) -> Iterator[str]:
    yield from ("", "## The classes of data", "")
    yield from ("| class | what it is | protected as | elements | law |", "|---|---|---|---|---|")
    for one in here.parts.get("data_class", ()):
        elements = ", ".join(f"`{name}`" for name in one.elements)
        law = cited(one.legal_basis)
        name, protected = in_language(one.name), one.protected or ""
        yield f"| {one.id} | {name} | {protected} | {elements} | {law} |"


def _purposes() -> Iterator[str]:
    yield from ("", "## The purposes", "")
    yield "Whoever asks names one of these; another purpose than a clause names opens nothing."
    yield from ("", "| purpose | what it is |", "|---|---|")
    for name, (meaning, _) in PURPOSES.items():
        yield f"| {name} | {meaning} |"
