"""A very small country for tests of the machinery: three agencies, a dozen rules, one post.

Customs and the plant service clear by their own rules, the veterinary service by an officer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from gatepost.adapters.secrets import FixedKey
from gatepost.authority.clause import JointControl, Recognition
from gatepost.authority.instrument import Agreement, LifeStep
from gatepost.authority.model import (
    Agency,
    BorderPost,
    Brokerage,
    Mandate,
    Officer,
    Power,
    Resources,
    ServiceStandard,
    Step,
    Unit,
)
from gatepost.authority.scope import Scope
from gatepost.bootstrap import memory_desk
from gatepost.casework.desk import Desk
from gatepost.casework.shorthand import Declaration, Goods
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.description.model import Country, Reason
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.validity import Validity
from gatepost.lodgement.model import DeclarationType, Window
from gatepost.release.model import Partial, Precedence, PrecedenceRow
from gatepost.requirement.model import (
    AppliesTo,
    Asks,
    ControlKind,
    ObligatoryControl,
    Requirement,
    Version,
)
from gatepost.risk.model import Indicator, Proposed

LAW = (LegalBasis("Border Act, s. 1"),)
ALWAYS = Validity(date(2020, 1, 1))
POWERS: tuple[Power, ...] = (
    "read",
    "request_data",
    "examine",
    "sample",
    "decide",
    "hold",
    "release",
    "override",
    "agree",
    "target",
)
AGENCIES = ("customs", "plant", "vet")


def agency(name: str, **changes: Any) -> Agency:
    """Return an agency with a unit at each level."""
    units = tuple(
        Unit(f"{name}-{level}", {"en": level}, level, ALWAYS, posts=("gate",))
        for level in ("local", "regional", "central")
    )
    fields = {"tier": "control_authority", "units": units, **changes}
    return Agency(
        name, {"en": name.title()}, {"en": "Ministry"}, legal_basis=LAW, valid=ALWAYS, **fields
    )


def mandate(name: str, **changes: Any) -> Mandate:
    """Return the one mandate of an agency."""
    fields = {"four_eyes": ("override",), "scope": Scope(), **changes}
    return Mandate(f"{name.upper()}-MAN-1", {"en": "may"}, name, POWERS, LAW, ALWAYS, **fields)


def concluded(parties: Sequence[str], day: date = ALWAYS.start) -> tuple[LifeStep, ...]:
    """Return the life of an instrument that all its parties signed and put into force on a day."""
    by = tuple(parties)
    return (
        LifeStep("proposed", day, by[:1]),
        LifeStep("signed", day, by),
        LifeStep("in_force", day),
    )


def officers(name: str) -> Resources:
    """Return two officers at the gate and one at the regional unit."""
    role = {"en": "officer"}
    return Resources(
        name,
        (
            Officer(f"{name}.one", role, f"{name}-local", POWERS, ALWAYS),
            Officer(f"{name}.two", role, f"{name}-local", POWERS, ALWAYS),
            Officer(f"{name}.region", role, f"{name}-regional", POWERS, ALWAYS),
        ),
    )


def requirement(name: str, by: str, asks: Asks, *prefixes: str, **changes: Any) -> Requirement:
    """Return an import requirement on goods of these HS prefixes."""
    regimes = changes.pop("regimes", ("import",))
    to = AppliesTo(regimes, commodity=prefixes)
    return Requirement(
        name, {"en": name}, by, LAW, to, asks, (Version(date(2020, 1, 1)),), **changes
    )


def indicator(
    name: str, by: str, when: str, kind: ControlKind = "examination", **changes: Any
) -> Indicator:
    """Return a live indicator on goods items."""
    fields: dict[str, Any] = {"mode": "live", "random": None, "check": "goods", **changes}
    return Indicator(
        name,
        {"en": name},
        by,
        1,
        "analyst",
        "reader",
        {"en": "because"},
        "unknown",
        fields["mode"],
        "item",
        ("import",),
        Proposed(kind, fields["check"]),
        LAW,
        fields.get("valid", ALWAYS),
        date(2030, 1, 1),
        when,
        fields["random"],
    )


def row(name: str, outcome: str, **sets: Any) -> PrecedenceRow:
    """Return a row of the precedence table."""
    return PrecedenceRow(name, {"en": name}, LAW, outcome, **sets)  # type: ignore[arg-type]


ROWS = (
    row("ROW-1", "seize", any=("seize",)),
    row("ROW-2", "conflict", each=("return", "destroy"), decider="customs-regional", limit="4h"),
    row("ROW-3", "destroy", any=("destroy",)),
    row("ROW-4", "return", any=("return",)),
    row("ROW-5", "refuse", any=("refuse",)),
    row("ROW-6", "conditional", any=("clear_conditional",)),
    row("ROW-7", "release", only=("clear",)),
)


def parts() -> dict[str, list[Any]]:
    """Return the whole description, by kind."""
    document = Asks("document", "N851", ("C085",))
    return {
        "country": [Country("XA", {"en": "Aldermark"}, ("en",), "Europe/Berlin", "EUR", LAW)],
        "agency": [*(agency(name) for name in AGENCIES), agency("counting", tier="user", units=())],
        "mandate": [
            mandate("customs", automatic=("clear",)),
            mandate("plant", automatic=("clear",), scope=Scope(("06", "07"))),
            mandate("vet", scope=Scope(("01", "02", "03"))),
        ],
        "resources": [officers(name) for name in AGENCIES],
        "post": [BorderPost("gate", {"en": "Gate"}, "land", ("XA000101",), LAW, ALWAYS)],
        "agreement": [
            Agreement(
                "AGR-1",
                {"en": "joint"},
                "agreement",
                AGENCIES,
                LAW,
                ALWAYS,
                (
                    JointControl("AGR-1/1", {"en": "together"}, parties=("customs", "plant")),
                    Recognition(
                        "AGR-1/2",
                        {"en": "accepts"},
                        of="customs",
                        by="plant",
                        checks=("seal",),
                    ),
                ),
                concluded(AGENCIES),
            )
        ],
        "standard": [
            ServiceStandard(
                f"{name.upper()}-STD-1",
                {"en": "in time"},
                name,
                LAW,
                ALWAYS,
                "1h",
                (Step("local", "0h"), Step("regional", "1h"), Step("central", "3h")),
            )
            for name in AGENCIES
        ],
        "window": [
            Window(
                "WIN-1", {"en": "road"}, "customs", LAW, ALWAYS, ("3",), ("import",), "14d", "30min"
            )
        ],
        "party": [
            Brokerage(
                "BROK-1",
                "XA0001",
                "XA9001",
                ("import",),
                Validity(date(2026, 1, 1), date(2026, 7, 2)),
                LAW,
            )
        ],
        "requirement": [
            requirement(
                "CUSTOMS-REQ-1", "customs", Asks("declaration"), regimes=("import", "export")
            ),
            requirement("PLANT-REQ-1", "plant", document, "06"),
            requirement("VET-REQ-1", "vet", Asks("document", "N853"), "02"),
            requirement(
                "VET-REQ-2",
                "vet",
                Asks("declaration"),
                "01",
                control=ObligatoryControl("examination", "health"),
            ),
            requirement("COUNT-REQ-1", "counting", Asks("data", data="item.net_mass")),
        ],
        "indicator": [
            indicator("PLANT-RISK-1", "plant", 'starts_with(item.commodity, "06")'),
            indicator("CUSTOMS-RISK-1", "customs", "item.value > 1000"),
            indicator("CUSTOMS-RISK-2", "customs", "item.net_mass > 500", check="seal"),
            indicator("PLANT-RISK-2", "plant", "item.net_mass > 500", check="seal"),
            indicator("VET-RISK-1", "vet", 'starts_with(item.commodity, "02")', mode="trial"),
        ],
        "declaration_type": [
            DeclarationType("IM", "import", {"en": "import"}),
            DeclarationType("EX", "export", {"en": "export"}),
        ],
        "reason": [
            Reason("FALSE_MATCH", "override", {"en": "matched by mistake"}, LAW),
            Reason("ILLEGIBLE", "request_data", {"en": "cannot be read"}, LAW),
        ],
        "precedence": [
            Precedence("TABLE", LAW, ALWAYS, ROWS, Partial(("import",), LAW)),
        ],
    }


def small_desk(**changes: list[Any]) -> Desk:
    """Return a desk of the small country over an empty ledger in memory."""
    return memory_desk(Jurisdiction({**parts(), **changes}), FixedKey(b"k" * 32))


def goods(commodity: str = "06031100", **changes: Any) -> Goods:
    """Return one goods item; roses from Brenland unless told otherwise."""
    return Goods(commodity=commodity, origin=changes.pop("origin", "XB"), **changes)


def declaration(*items: Goods, **changes: Any) -> Declaration:
    """Return an import by road at the gate."""
    fields = {"type": "IMA", "office": "XA000101", "mode": "3", **changes}
    return Declaration(items=items or (goods(documents=("N851 PC-1",)),), **fields)
