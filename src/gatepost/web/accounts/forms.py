"""The forms of accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from gatepost.adapters.store.models import Account


class LogInForm(forms.Form):
    """A name and a password."""

    name = forms.CharField(label=_("Name"), max_length=120)
    password = forms.CharField(
        label=_("Password"), max_length=1000, strip=False, widget=forms.PasswordInput
    )
    name.widget.attrs["autocomplete"] = "username"
    password.widget.attrs["autocomplete"] = "current-password"


class CodeForm(forms.Form):
    """A code of the second factor."""

    code = forms.RegexField(
        r"^\s*[0-9]{3}\s?[0-9]{3}\s*$",
        label=_("Code"),
        help_text=_("The six digits that your telephone shows now."),
        error_messages={"invalid": _("A code has six digits.")},
    )
    code.widget.attrs.update(autocomplete="one-time-code", inputmode="numeric")

    def clean_code(self) -> str:
        """Return the digits alone."""
        return "".join(self.cleaned_data["code"].split())


class NewPasswordForm(forms.Form):
    """The password that was, and the one that is to be."""

    current = forms.CharField(
        label=_("Your password now"), max_length=1000, strip=False, widget=forms.PasswordInput
    )
    fresh = forms.CharField(
        label=_("New password"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput,
        help_text=_("Twelve characters or more; a sentence is good."),
    )
    current.widget.attrs["autocomplete"] = "current-password"
    fresh.widget.attrs["autocomplete"] = "new-password"

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._account = account

    def clean_current(self) -> str:
        """Refuse a password that is not the account's."""
        current = str(self.cleaned_data["current"])
        if not self._account.check_password(current):
            raise forms.ValidationError(_("This is not your password."))
        return current

    def clean_fresh(self) -> str:
        """Refuse a weak password, telling why."""
        fresh = str(self.cleaned_data["fresh"])
        validate_password(fresh, self._account)
        return fresh
