"""The named roles of the demo, whom anyone may be there without a password."""

from __future__ import annotations

import msgspec

from gatepost.adapters.store.models import Account


class Role(msgspec.Struct, frozen=True):
    """One role of the demo: its name in the address, as whom it acts, and what it is for."""

    name: str
    actor: str
    audiences: tuple[str, ...]
    title: str
    does: str


ROLES = (
    Role("trader", "XA1001", ("trader",), "Importer of flowers", "lodges and follows cases"),
    Role("broker", "XA9001", ("trader",), "Customs broker", "lodges for the importer XA0001"),
    Role(
        "customs",
        "customs.north_gate.examiner",
        ("officer",),
        "Customs officer, North Gate",
        "examines and decides",
    ),
    Role(
        "plant-health",
        "plant_health.north_gate.inspector",
        ("officer",),
        "Plant health inspector, North Gate",
        "examines and decides",
    ),
    Role(
        "veterinarian",
        "veterinary.north_gate.official",
        ("officer",),
        "Official veterinarian, North Gate",
        "examines and decides",
    ),
    Role(
        "food-safety",
        "food_safety.north_gate.inspector",
        ("officer",),
        "Food inspector, North Gate",
        "examines and decides",
    ),
    Role(
        "coordinator",
        "customs.north_gate.team_leader",
        ("coordinator", "officer"),
        "Coordinator, North Gate",
        "plans the joint examinations of the day",
    ),
    Role(
        "analyst",
        "plant_health.north_gate.head",
        ("analyst", "officer"),
        "Risk analyst, plant health",
        "writes and tries indicators",
    ),
    Role(
        "ministry",
        "statistics.trade.compiler",
        ("ministry",),
        "Ministry",
        "looks at release times, overlaps and agreements",
    ),
    Role("administrator", "", ("administrator",), "Administrator", "looks after accounts"),
)


def demo_roles() -> tuple[Role, ...]:
    """Return the roles somebody may be."""
    return ROLES


def make_accounts() -> None:
    """Make the account of every role that has none yet; none of them has a password."""
    for role in ROLES:
        if not Account.objects.filter(name=role.name).exists():
            Account.objects.make(role.name, None, actor=role.actor, audiences=list(role.audiences))
