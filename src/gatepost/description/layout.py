"""Where in a jurisdiction's folder each kind of thing is described, and as what type."""

from __future__ import annotations

import msgspec

from gatepost.authority.calendar import Calendar, Holidays
from gatepost.authority.element import DataClass
from gatepost.authority.entitlement import Entitlement
from gatepost.authority.instrument import Agreement
from gatepost.authority.model import (
    Agency,
    BorderPost,
    Brokerage,
    Mandate,
    Resources,
    ServiceStandard,
    State,
)
from gatepost.authority.retention import RetentionRule
from gatepost.consignment.money import ExchangeRates
from gatepost.control.placing import Placing
from gatepost.control.schedule.standing import StandingOrder
from gatepost.cooperation.accountability import Process
from gatepost.cooperation.committee import Committee
from gatepost.cooperation.contacts import Contacts
from gatepost.cooperation.feed import Feed
from gatepost.description.model import Code, Country, Reason, ValueSet
from gatepost.description.pack import Pack
from gatepost.lodgement.model import DeclarationType, Window
from gatepost.release.model import Precedence
from gatepost.requirement.model import DocumentType, Fee, Requirement
from gatepost.risk.budget import Budget
from gatepost.risk.learnt import Model
from gatepost.risk.model import Indicator
from gatepost.risk.scheme import Scheme
from gatepost.risk.trust import TrustedOperator


class Place(msgspec.Struct, frozen=True):
    """One kind of file: its pattern below the jurisdiction's folder, and what it holds."""

    name: str
    pattern: str
    type: type
    many: bool = False


LAYOUT: tuple[Place, ...] = (
    Place("country", "jurisdiction.yaml", Country),
    Place("pack", "pack.yaml", Pack),
    Place("agency", "agencies/*/agency.yaml", Agency),
    Place("mandate", "agencies/*/mandates/*.yaml", Mandate),
    Place("requirement", "agencies/*/requirements/**/*.yaml", Requirement),
    Place("indicator", "agencies/*/indicators/**/*.yaml", Indicator),
    Place("scheme", "agencies/*/schemes/*.yaml", Scheme),
    Place("placing", "agencies/*/placing/*.yaml", Placing),
    Place("model", "agencies/*/models/*.yaml", Model),
    Place("fee", "agencies/*/fees/*.yaml", Fee),
    Place("standard", "agencies/*/procedures/*.yaml", ServiceStandard),
    Place("retention", "agencies/*/retention/*.yaml", RetentionRule),
    Place("window", "agencies/*/windows/*.yaml", Window),
    Place("right", "agencies/*/rights/*.yaml", Entitlement),
    Place("resources", "agencies/*/resources/*.yaml", Resources),
    Place("contacts", "agencies/*/contacts.yaml", Contacts),
    Place("neighbour_contacts", "neighbours/*/contacts.yaml", Contacts),
    Place("feed", "feeds/*.yaml", Feed),
    Place("committee", "committees/*.yaml", Committee),
    Place("process", "accountability.yaml", Process, many=True),
    Place("document", "agencies/*/documents.yaml", DocumentType, many=True),
    Place("set", "agencies/*/sets/*.yaml", ValueSet),
    Place("declaration_type", "agencies/*/declaration_types.yaml", DeclarationType, many=True),
    Place("customs_procedure", "agencies/*/customs_procedures.yaml", Code, many=True),
    Place("data_class", "disclosure/data_classes.yaml", DataClass, many=True),
    Place("budget", "budgets/*.yaml", Budget),
    Place("agreement", "agreements/*.yaml", Agreement),
    Place("rates", "rates/*.yaml", ExchangeRates),
    Place("standing_order", "standing_orders/*.yaml", StandingOrder),
    Place("post", "posts/*.yaml", BorderPost),
    Place("calendar", "calendars/*.yaml", Calendar),
    Place("holidays", "holidays/*.yaml", Holidays),
    Place("state", "states.yaml", State, many=True),
    Place("party", "parties/*.yaml", Brokerage, many=True),
    Place("trusted", "trusted/*.yaml", TrustedOperator, many=True),
    Place("reason", "reasons.yaml", Reason, many=True),
    Place("precedence", "precedence.yaml", Precedence, many=True),
)

IGNORED: tuple[str, ...] = ("variants/**", "scenarios/**", "cases/**", "**/README.md")
