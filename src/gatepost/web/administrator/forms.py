"""What an administrator fills in: a new account, and whose an account is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gatepost.adapters.store.models import Account
from gatepost.authority.register import Register
from gatepost.kernel.notice import Refused
from gatepost.web.accounts.making import make_account
from gatepost.web.told import told

AUDIENCES = (
    ("trader", _("trader: lodges and follows cases")),
    ("officer", _("officer: works on cases")),
    ("coordinator", _("coordinator: plans a post's day")),
    ("analyst", _("analyst: writes and tries indicators")),
    ("ministry", _("ministry: looks at figures and instruments")),
    ("administrator", _("administrator: looks after accounts")),
)
OFFICIAL = {"officer", "coordinator", "analyst", "ministry"}
"""The audiences whose pages are for officers in post alone."""


class WhoseForm(forms.Form):
    """As whom an account acts, and whose pages it sees."""

    actor = forms.CharField(
        label=_("Acts as"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("The role of an officer, or the id of a party; nothing for who has no cases."),
    )
    audiences = forms.MultipleChoiceField(
        label=_("Sees the pages of"), choices=AUDIENCES, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, register: Register, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._register = register

    def clean(self) -> dict[str, Any]:
        """Refuse pages of officers to whom no role is given, and a role nobody describes."""
        found = super().clean() or {}
        actor, audiences = found.get("actor", ""), set(found.get("audiences", ()))
        official = audiences & OFFICIAL
        agency = self._register.agency_of(actor) if actor else ""
        if official and not agency:
            self.add_error("actor", _("These pages want the role of an officer."))
        if "." in actor and not agency:
            self.add_error("actor", _("No officer has this role."))
        if "administrator" in audiences and len(audiences) > 1:
            self.add_error(
                "audiences", _("Who looks after accounts has no part in cases: choose one.")
            )
        return found


class NewAccountForm(WhoseForm):
    """A new account, with a first password that its owner changes."""

    name = forms.CharField(
        label=_("Name to log in with"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("First password"),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Twelve characters or more; a sentence is good."),
    )
    field_order = ("name", "actor", "audiences", "password")

    def make(self) -> Account | None:
        """Make the account of a valid form; ``None`` and the errors in place if it is refused."""
        data = self.cleaned_data
        try:
            return make_account(data["name"], data["password"], data["actor"], data["audiences"])
        except Refused as refused:
            for notice in refused.notices:
                field = "name" if notice.code == "WEB-006" else "password"
                self.add_error(field, told(notice).sentence)
            return None
