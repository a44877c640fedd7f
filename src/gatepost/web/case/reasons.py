"""A reason as people read it: the rule's sentence, its law, and the instrument it stands in."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from django.utils.translation import get_language

from gatepost.authority.disclosure import Right
from gatepost.casework.story import Why
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.language import in_language
from gatepost.kernel.legal import LegalBasis


class Reason(msgspec.Struct, frozen=True):
    """Why something is as it is; ``instrument`` names the agreement of a clause, if it is one.

    ``values`` are what made an indicator fire, name and value, as far as they are open.
    """

    says: str
    rule: str
    sentence: str
    law: tuple[LegalBasis, ...]
    instrument: str
    agency: str = ""
    target: str = ""
    step: str = ""
    values: tuple[tuple[str, str], ...] = ()


def reasons_of(jurisdiction: Jurisdiction, whys: Iterable[Why]) -> tuple[Reason, ...]:
    """Return the reasons behind something, each once; what tells nothing is left out."""
    found = (reason_of(jurisdiction, why) for why in whys)
    return tuple(dict.fromkeys(one for one in found if one.rule or one.law or one.says))


def reason_of(jurisdiction: Jurisdiction, why: Why) -> Reason:
    """Return one reason in the reader's language."""
    rule = why.rule or ""
    values = tuple((name, _plain(value)) for name, value in why.values.items())
    return Reason(
        why.says,
        rule,
        sentence_of(jurisdiction, rule),
        why.legal_basis,
        instrument_of(jurisdiction, rule),
        why.agency or "",
        why.target or "",
        why.step,
        values,
    )


def right_reason(jurisdiction: Jurisdiction, right: Right) -> Reason:
    """Return the right by which something is shown, with its law."""
    register = jurisdiction.register
    law = register.clause_law(right.name) if right.version is not None else ()
    for mandate in jurisdiction.parts.get("mandate", ()):
        if mandate.id == right.name:
            law = mandate.legal_basis
    return rule_reason(jurisdiction, right.name, law)


def rule_reason(jurisdiction: Jurisdiction, rule: str, law: tuple[LegalBasis, ...]) -> Reason:
    """Return a described rule as a reason, with what it says and where it stands."""
    return Reason("", rule, sentence_of(jurisdiction, rule), law, instrument_of(jurisdiction, rule))


def sentence_of(jurisdiction: Jurisdiction, rule: str) -> str:
    """Return what a described rule says, in the reader's language; nothing for none."""
    return jurisdiction.sentence_of(rule, get_language() or "en") or "" if rule else ""


def instrument_of(jurisdiction: Jurisdiction, clause: str) -> str:
    """Return the title of the instrument in which a clause stands; nothing for another rule."""
    if "/" not in clause:
        return ""
    for agreement in jurisdiction.register.all_agreements:
        if any(one.id == clause for one in agreement.clauses):
            return in_language(agreement.title, get_language() or "en")
    return ""


def _plain(value: object) -> str:
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(str(one) for one in value)
    return str(value)
