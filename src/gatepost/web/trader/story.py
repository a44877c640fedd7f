"""What happened to a case, in sentences for the trader and in the trader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec
from django.utils.translation import gettext as _

from gatepost.control import events as control
from gatepost.kernel.event import Event
from gatepost.ledger.model import Recorded
from gatepost.lodgement import events as lodgement
from gatepost.release import events as release
from gatepost.requirement.events import DataRequested
from gatepost.web.told import agency_name
from gatepost.web.words import word


class Told(msgspec.Struct, frozen=True):
    """One thing that happened: when, a sentence, and the words of whoever did it, if any."""

    at: datetime
    sentence: str
    said: str = ""


def story_of(events: Iterable[Recorded]) -> tuple[Told, ...]:
    """Return what a trader wants to know of what happened, oldest first."""
    return tuple(line for recorded in events for line in _told(recorded.event))


def _told(event: Event) -> Iterator[Told]:
    sentence, said = _sentence(event)
    if sentence:
        yield Told(event.at, sentence, said)


def _sentence(event: Event) -> tuple[str, str]:
    who = {"agency": agency_name(event.agency)}
    match event.body:
        case lodgement.DeclarationAccepted():
            return _("The declaration was accepted."), ""
        case lodgement.DeclarationAmended():
            return _("The declaration was amended."), ""
        case lodgement.DeclarationWithdrawn(reason=reason):
            return _("The declaration was withdrawn."), reason
        case lodgement.ConveyanceArrived():
            return _("The goods arrived."), ""
        case lodgement.GoodsPresented():
            return _("The goods were presented."), ""
        case lodgement.GoodsSentOn(site=site):
            return _("The goods left the post under seal."), site
        case DataRequested(asked=asked, text=text):
            return _("%(agency)s asked for %(asked)s.") % {**who, "asked": asked}, text
        case control.ExaminationPerformed(agencies=agencies):
            names = ", ".join(map(agency_name, agencies))
            return _("The goods were examined by %(agencies)s.") % {"agencies": names}, ""
        case control.SampleTaken():
            return _("%(agency)s took a sample.") % who, ""
        case control.FindingRecorded(finding=finding):
            by = {"agency": agency_name(finding.agency)}
            if finding.result == "conform":
                return _("%(agency)s found everything in order.") % by, finding.text
            return _("%(agency)s found something not in order.") % by, finding.text
        case _:
            return _decided(event, who)


def _decided(event: Event, who: dict[str, str]) -> tuple[str, str]:
    match event.body:
        case release.DecisionGiven(kind=kind, reason=reason):
            what = {**who, "decision": word(kind, "decision")}
            return _("%(agency)s decided: %(decision)s.") % what, reason
        case release.HoldPlaced(hold=hold):
            return _("%(agency)s holds the goods.") % who, hold.reason
        case release.HoldLifted(reason=reason):
            return _("%(agency)s no longer holds the goods.") % who, reason
        case release.HoldExpired():
            return _("The hold of %(agency)s came to its end.") % who, ""
        case release.ConditionMet():
            return _("A condition was met."), ""
        case release.ConditionFailed():
            return _("A condition was not met in time; the case is open again."), ""
        case release.AppealLodged(grounds=grounds):
            return _("An appeal was lodged against %(agency)s.") % who, grounds
        case release.AppealAnswered(outcome=outcome, reason=reason):
            what = {**who, "outcome": word(outcome, "appeal")}
            return _("%(agency)s answered the appeal: %(outcome)s.") % what, reason
        case release.GoodsReleased():
            return _("The goods were released."), ""
        case release.ReleaseDenied(outcome=outcome):
            what = {"outcome": word(outcome, "decision")}
            return _("The goods are not released: %(outcome)s.") % what, ""
        case release.GoodsRemoved():
            return _("The goods left the post."), ""
        case _:
            return "", ""
