"""What a trader keeps for the next time: drafts of declarations, and profiles of goods.

Nothing of it is lodged, and nobody but the account that made it sees it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404

from gatepost.adapters.store.models import Account, Draft, GoodsProfile
from gatepost.web.trader.forms import DeclarationForm, GoodsForm

MOST_DRAFTS = 50
MOST_PROFILES = 100
LONGEST_VALUE = 2_000

FIELDS = tuple(DeclarationForm.base_fields)
GOODS_FIELDS = tuple(GoodsForm.base_fields)
OF_ONE_TIME = frozenset({"net_mass", "gross_mass", "packages", "value"})
"""What of a goods item changes each time and is not kept in a profile."""


def save_draft(
    owner: Account, data: Mapping[str, str], goods: list[dict[str, str]], at: datetime
) -> Draft:
    """Keep what was typed; a draft of the same reference is written over, the oldest give way."""
    fields = {name: data.get(name, "")[:LONGEST_VALUE] for name in FIELDS}
    title = fields["reference"][:120] or (goods[0].get("description", "")[:120] if goods else "")
    kept = [{name: one.get(name, "")[:LONGEST_VALUE] for name in GOODS_FIELDS} for one in goods]
    with transaction.atomic():
        draft, _ = Draft.objects.update_or_create(
            owner=owner,
            title=title,
            defaults={"fields": {"declaration": fields, "goods": kept}, "saved_at": at},
        )
        newest = Draft.objects.filter(owner=owner).order_by("-saved_at", "-pk")
        surplus = list(newest.values_list("pk", flat=True)[MOST_DRAFTS:])
        Draft.objects.filter(pk__in=surplus).delete()
    return draft


def drafts_of(owner: Account) -> list[Draft]:
    """Return the drafts of an account, the newest first."""
    return list(Draft.objects.filter(owner=owner).order_by("-saved_at", "-pk"))


def draft_of(owner: Account, number: str) -> Draft:
    """Return a draft of the account; ``Http404`` for one of another's or none."""
    return get_object_or_404(Draft, owner=owner, pk=number if _is_number(number) else 0)


def forget_draft(owner: Account, reference: str) -> None:
    """Throw away the draft of what is lodged now."""
    Draft.objects.filter(owner=owner, title=reference[:120]).delete()


def save_profile(owner: Account, name: str, goods: Mapping[str, Any]) -> None:
    """Keep goods under a name; the same name is written over. More than the most is let go."""
    fields = {key: str(goods.get(key, "")) for key in GOODS_FIELDS if key not in OF_ONE_TIME}
    with transaction.atomic():
        GoodsProfile.objects.update_or_create(owner=owner, name=name, defaults={"fields": fields})
        newest = GoodsProfile.objects.filter(owner=owner).order_by("-pk")
        surplus = list(newest.values_list("pk", flat=True)[MOST_PROFILES:])
        GoodsProfile.objects.filter(pk__in=surplus).delete()


def profiles_of(owner: Account) -> list[GoodsProfile]:
    """Return the profiles of an account by name."""
    return list(GoodsProfile.objects.filter(owner=owner).order_by("name"))


def profile_of(owner: Account, number: str) -> GoodsProfile:
    """Return a profile of the account; ``Http404`` for one of another's or none."""
    return get_object_or_404(GoodsProfile, owner=owner, pk=number if _is_number(number) else 0)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
