"""Samples: taken, handed from one to the next, and only then found about (IC-05)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatepost.casework.acts.gate import agency_of, allowed
from gatepost.casework.acts.model import Act
from gatepost.casework.work import Work
from gatepost.control import rules
from gatepost.control.events import SampleHandedOver, SampleTaken
from gatepost.control.model import Custody
from gatepost.control.sending import whereabouts_notices
from gatepost.kernel.notice import Notice, Refused

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}").fullmatch


def refuse_bad_digests(act: Act) -> None:
    """Refuse ``evidence`` that is no digest: what it is of stays with the agency."""
    wrong = [
        rules.NO_DIGEST.notice(f"evidence/{number}", text=one)
        for number, one in enumerate(act.evidence)
        if _DIGEST(one) is None
    ]
    if wrong:
        raise Refused(wrong)


def sample(work: Work, act: Act) -> None:
    """Record that a sample was taken for the first of ``controls``; ``find`` brings the result.

    ``laboratory`` is where it goes and ``seal`` under which number it was closed; ``evidence``
    are digests of photographs.
    """
    mandate = allowed(work, act, "sample")
    agency = agency_of(work, act)
    name = act.controls[0] if act.controls else _only_sample(work, act, agency)
    control = work.case(act.reference).controls.by_id.get(name)
    if control is None or control.agency != agency or not control.open:
        notice = rules.NO_OPEN_CONTROL.notice(agency=agency, control=name, reference=act.reference)
        raise Refused([notice])
    refuse_bad_digests(act)
    if control.kind != "sample":
        raise Refused([rules.NO_SAMPLE_ORDERED.notice(control=name, kind=control.kind)])
    if elsewhere := list(whereabouts_notices(work.case(act.reference).known, [control])):
        raise Refused(elsewhere)
    work.happen(
        act.reference,
        SampleTaken(
            name,
            act.laboratory,
            mandate.on_behalf_of,
            mandate.clause,
            act.seal,
            act.evidence,
        ),
        agency=agency,
        rule=mandate.mandate,
        legal_basis=mandate.legal_basis,
    )


def _only_sample(work: Work, act: Act, agency: str) -> str:
    wanted = work.case(act.reference).controls.open
    found = [c.id for c in wanted if c.agency == agency and c.kind == "sample"]
    return found[0] if found else "sample"


def pass_on(work: Work, act: Act) -> None:
    """Record that a sample passed to who or what is named under ``to``: the chain of custody.

    It is of the first of ``controls``, else of the last sample of the agency. Who has it passes it
    on; once it is no officer's any more, an officer of its agency records what happened.
    ``seal`` is the number it bears, and ``intact: false`` tells that it was found broken: then no
    result of the sample counts, and a new one can be taken.
    """
    mandate = allowed(work, act, "sample")
    agency = agency_of(work, act)
    controls = work.case(act.reference).controls
    name = act.controls[0] if act.controls else _last_sample(work, act, agency)
    control, custody = controls.by_id.get(name), controls.custody.get(name)
    if control is None or control.agency != agency or custody is None:
        raise Refused([rules.NO_SAMPLE_TAKEN.notice(control=name)])
    notices = list(_pass_on_notices(work, act, name, custody))
    if notices:
        raise Refused(notices)
    work.happen(
        act.reference,
        SampleHandedOver(name, custody.holder, act.to or "", act.seal, act.intact),
        agency=agency,
        rule=mandate.mandate,
        legal_basis=mandate.legal_basis,
    )


def _last_sample(work: Work, act: Act, agency: str) -> str:
    controls = work.case(act.reference).controls
    found = [
        name
        for name in controls.custody
        if name in controls.by_id and controls.by_id[name].agency == agency
    ]
    return found[-1] if found else "sample"


def _pass_on_notices(work: Work, act: Act, name: str, custody: Custody) -> Iterator[Notice]:
    if not act.to:
        yield rules.HANDED_TO_NOBODY.notice("to")
    held = work.desk.jurisdiction.register.officer(custody.holder, work.day) is not None
    if held and custody.holder != work.actor.id:
        yield rules.NOT_IN_YOUR_HANDS.notice(
            officer=work.actor.id, control=name, holder=custody.holder
        )
    if act.seal and custody.seal and act.seal != custody.seal and act.intact:
        yield rules.OTHER_SEAL.notice("seal", control=name, seal=custody.seal, given=act.seal)


def chain_notices(work: Work, reference: str, named: tuple[str, ...]) -> Iterator[Notice]:
    """Yield why the result of a sample does not count: broken on its way, or not yet there.

    A sample nobody handed over went straight to its laboratory, as who took it said.
    """
    custody = work.case(reference).controls.custody
    for name in named:
        one = custody.get(name)
        if one is None:
            continue
        if one.broken:
            yield rules.CHAIN_BROKEN.notice(control=name)
        elif one.steps and one.laboratory is not None and one.holder != one.laboratory:
            yield rules.NOT_AT_THE_LABORATORY.notice(
                control=name, holder=one.holder, laboratory=one.laboratory
            )
