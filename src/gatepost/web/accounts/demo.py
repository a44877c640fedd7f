"""The named roles of the demo, whom anyone may be there without a password."""

from __future__ import annotations

import msgspec
from django.utils.translation import gettext_noop as _

from gatepost.adapters.store.models import Account


class Role(msgspec.Struct, frozen=True):
    """One role of the demo: its name in the address, as whom it acts, and what it is for."""

    name: str
    actor: str
    audiences: tuple[str, ...]
    title: str
    does: str


ROLES = (
    Role(
        "trader",
        "XA1001",
        ("trader",),
        _("Importer of flowers"),
        _("lodges and follows cases"),
    ),
    Role(
        "broker",
        "XA9001",
        ("trader",),
        _("Customs broker"),
        _("lodges for the importer XA0001"),
    ),
    Role(
        "customs",
        "customs.north_gate.examiner",
        ("officer",),
        _("Customs officer, North Gate"),
        _("examines and decides"),
    ),
    Role(
        "plant-health",
        "plant_health.north_gate.inspector",
        ("officer",),
        _("Plant health inspector, North Gate"),
        _("examines and decides"),
    ),
    Role(
        "plant-health-head",
        "plant_health.north_gate.head",
        ("officer",),
        _("Head of plant health, North Gate"),
        _("confirms as the second officer and answers appeals"),
    ),
    Role(
        "veterinarian",
        "veterinary.north_gate.official",
        ("officer",),
        _("Official veterinarian, North Gate"),
        _("examines and decides"),
    ),
    Role(
        "food-safety",
        "food_safety.north_gate.inspector",
        ("officer",),
        _("Food inspector, North Gate"),
        _("examines and decides"),
    ),
    Role(
        "customs-region",
        "customs.region_north.head",
        ("officer",),
        _("Head of Customs Region North"),
        _("rules when agencies differ"),
    ),
    Role(
        "coordinator",
        "customs.north_gate.team_leader",
        ("coordinator", "officer"),
        _("Coordinator, North Gate"),
        _("plans the joint examinations of the day"),
    ),
    Role(
        "analyst",
        "plant_health.headquarters.risk_analyst",
        ("analyst",),
        _("Risk analyst, plant health"),
        _("writes and tries indicators"),
    ),
    Role(
        "head-of-risk",
        "plant_health.headquarters.head_of_risk",
        ("analyst",),
        _("Head of risk, plant health"),
        _("confirms what the analyst proposes"),
    ),
    Role(
        "ministry",
        "statistics.trade.compiler",
        ("ministry",),
        _("Ministry"),
        _("looks at release times, overlaps and agreements"),
    ),
    Role(
        "administrator",
        "",
        ("administrator",),
        _("Administrator"),
        _("looks after accounts"),
    ),
)


def demo_roles() -> tuple[Role, ...]:
    """Return the roles somebody may be."""
    return ROLES


def make_accounts() -> None:
    """Make the account of every role that has none yet; none of them has a password."""
    for role in ROLES:
        if not Account.objects.filter(name=role.name).exists():
            Account.objects.make(role.name, None, actor=role.actor, audiences=list(role.audiences))
