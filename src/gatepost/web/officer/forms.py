"""What an officer may do with a case, as forms; the gate decides whether they may."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar
from uuid import uuid4

import msgspec
from django import forms
from django.utils.translation import gettext_lazy as _

from gatepost.casework.acts.model import Act

Choices = Iterable[tuple[str, Any]]

DECISIONS = (
    ("clear", _("Clear")),
    ("clear_conditional", _("Clear on a condition")),
    ("refuse", _("Refuse")),
    ("return", _("Send back")),
    ("destroy", _("Have destroyed")),
    ("seize", _("Seize")),
)
RESULTS = (("conform", _("In order")), ("nonconform", _("Not in order")))
ANSWERS = (
    ("granted", _("Granted")),
    ("partly", _("Granted in part")),
    ("dismissed", _("Dismissed")),
)
KINDS = (
    ("documentary", _("documentary check")),
    ("scan", _("scan")),
    ("examination", _("examination")),
    ("sample", _("sample")),
    ("interview", _("interview")),
)


def fresh() -> str:
    """Return the id of an act that is not done yet: sent twice, it is done once."""
    return uuid4().hex


def _text(label: Any, hint: Any = "", required: bool = False) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=1000, widget=area
    )


def _moment(label: Any, hint: Any = "", required: bool = True) -> forms.DateTimeField:
    picker = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, help_text=hint, required=required, widget=picker)


def _several(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, widget=forms.CheckboxSelectMultiple
    )


class ActForm(forms.Form):
    """An act; ``id`` goes with the form, so that a second press of the button does nothing.

    ``choices`` are those of the fields that depend on the case, by the name of the field; a
    field of which there are none is left out.
    """

    id = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=fresh)
    name = ""
    on_case: ClassVar[tuple[str, ...]] = ()
    """The fields whose choices are those of the case."""
    seldom: ClassVar[tuple[str, ...]] = ()
    """The fields that are folded away."""

    def __init__(
        self, *args: Any, choices: Mapping[str, Choices] | None = None, **more: Any
    ) -> None:
        more["auto_id"] = f"{self.name}-%s"
        super().__init__(*args, **more)
        for field in self.on_case:
            offered = list((choices or {}).get(field, ()))
            if not offered:
                del self.fields[field]
                continue
            self.fields[field].choices = offered  # type: ignore[attr-defined]
            if isinstance(self.fields[field], forms.MultipleChoiceField):
                self.fields[field].initial = [value for value, _ in offered]

    @property
    def shown(self) -> list[forms.BoundField]:
        """Return the fields that are seen at once."""
        return [field for field in self.visible_fields() if field.name not in self.seldom]

    @property
    def folded(self) -> list[forms.BoundField]:
        """Return the fields that are seldom wanted and folded away."""
        return [field for field in self.visible_fields() if field.name in self.seldom]

    @property
    def unfolded(self) -> bool:
        """Tell whether something in the folded fields is wrong."""
        return any(field.errors for field in self.folded)

    def fields_of_act(self) -> dict[str, Any]:
        """Return the fields of the act besides who, what and when."""
        return {key: value for key, value in self.cleaned_data.items() if key != "id" and value}

    def act(self, reference: str, **known: Any) -> Act:
        """Return the act that the valid form tells."""
        told = {"id": f"web-{self.cleaned_data['id']}", "act": self.name, "reference": reference}
        return msgspec.convert({**told, **known, **self.fields_of_act()}, Act)


class ArriveForm(ActForm):
    """The conveyance came to the post."""

    name = "arrive"


class RemoveForm(ActForm):
    """The goods left."""

    name = "remove"


class ExamineForm(ActForm):
    """The examination was done, at a stop and together with others."""

    name = "examine"
    stop = forms.ChoiceField(label=_("Stop"), required=False)
    with_ = _several(_("Together with"))
    on_case = ("stop", "with_")

    def fields_of_act(self) -> dict[str, Any]:
        """Return the fields of the act; ``with`` is no name for a field of a form."""
        told = super().fields_of_act()
        return {("with" if key == "with_" else key): value for key, value in told.items()}


class SampleForm(ActForm):
    """A sample left for the laboratory."""

    name = "sample"
    controls = _several(_("For"))
    laboratory = forms.CharField(label=_("Laboratory"), max_length=120, required=False)
    on_case = ("controls",)


class FindForm(ActForm):
    """What was found by the agency's open checks."""

    name = "find"
    controls = _several(_("Of these checks"))
    result = forms.ChoiceField(label=_("Finding"), choices=RESULTS, widget=forms.RadioSelect)
    text = _text(_("What was seen"))
    on_case = ("controls",)


class DecideForm(ActForm):
    """The agency's decision on everything it has a say in, or on part of it."""

    name = "decide"
    targets = _several(_("On"))
    decision = forms.ChoiceField(label=_("Decision"), choices=DECISIONS, widget=forms.RadioSelect)
    reason = _text(_("Reason"), _("Needed unless you clear."))
    condition = forms.CharField(
        label=_("Condition"),
        max_length=400,
        required=False,
        help_text=_("What must still happen, if you clear on a condition."),
    )
    due = _moment(_("Until"), _("By when the condition must be met."), required=False)
    on_case = ("targets",)
    seldom = ("targets", "condition", "due")

    def fields_of_act(self) -> dict[str, Any]:
        """Return the fields of the act: all targets are no choice among them."""
        told = super().fields_of_act()
        offered = self.fields.get("targets")
        if offered is not None and len(told.get("targets", ())) == len(offered.choices):  # type: ignore[attr-defined]
            told.pop("targets", None)
        return told


class MeetForm(ActForm):
    """A condition is met."""

    name = "meet"
    condition = forms.ChoiceField(label=_("Condition"))
    on_case = ("condition",)


class HoldForm(ActForm):
    """Nothing leaves until the hold is lifted or over."""

    name = "hold"
    law = forms.ChoiceField(label=_("By which law"))
    reason = _text(_("Reason"), _("The trader reads it."), required=True)
    expires = _moment(_("Until"), _("A hold has an end; it can be placed anew."))
    on_case = ("law",)

    def fields_of_act(self) -> dict[str, Any]:
        """Return the fields of the act, the law as a legal basis."""
        told = super().fields_of_act()
        cite = told.pop("law", "")
        return {**told, "legal_basis": [{"cite": cite}]} if cite else told


class LiftForm(ActForm):
    """A hold of the own agency is lifted."""

    name = "lift"
    hold = forms.ChoiceField(label=_("Hold"))
    reason = _text(_("Reason"))
    on_case = ("hold",)


class AnswerForm(ActForm):
    """The answer to an appeal against the own agency."""

    name = "answer_appeal"
    outcome = forms.ChoiceField(label=_("Answer"), choices=ANSWERS, widget=forms.RadioSelect)
    reason = _text(
        _("Reason"),
        _("The trader reads it. If you grant it, decide anew or lift the hold as well."),
        required=True,
    )


class ResolveForm(ActForm):
    """The ruling of the named decider on what agencies differ about."""

    name = "resolve"
    targets = forms.ChoiceField(label=_("On"))
    decision = forms.ChoiceField(label=_("Ruling"), widget=forms.RadioSelect)
    reason = _text(_("Reason"), _("The agencies and the trader read it."), required=True)
    on_case = ("targets", "decision")

    def fields_of_act(self) -> dict[str, Any]:
        """Return the fields of the act; one target is ruled on at a time."""
        told = super().fields_of_act()
        return {**told, "targets": [told["targets"]]} if "targets" in told else told


class RequestForm(ActForm):
    """The declarant is asked for something more."""

    name = "request_data"
    document = forms.CharField(
        label=_("Document"),
        max_length=8,
        help_text=_("Its code, such as N851."),
    )
    text = _text(_("What you need it for"))
    exception = forms.ChoiceField(
        label=_("If it is held already: why you need it again"), required=False
    )
    on_case = ("exception",)


class OverrideForm(ActForm):
    """Controls of the agency's indicators are set aside, or one is ordered, for a coded reason."""

    name = "override"
    controls = _several(_("Set aside"))
    kind = forms.ChoiceField(label=_("Order"), choices=(("", _("nothing")), *KINDS), required=False)
    check = forms.CharField(label=_("What it checks"), max_length=60, required=False)
    target = forms.ChoiceField(label=_("On"), required=False)
    reason = forms.ChoiceField(label=_("Reason"))
    on_case = ("controls", "target", "reason")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if "controls" in self.fields:
            self.fields["controls"].initial = []

    def clean(self) -> dict[str, Any]:
        """Refuse an order without what it checks, and a form that asks for nothing."""
        told = super().clean() or {}
        if told.get("kind") and not told.get("check"):
            self.add_error("check", _("Say what it checks."))
        if not told.get("kind") and not told.get("controls"):
            self.add_error("kind", _("Set a control aside, or order one."))
        return told

    def fields_of_act(self) -> dict[str, Any]:
        """Return the fields of the act, what is ordered as one."""
        told = super().fields_of_act()
        kind, check = told.pop("kind", ""), told.pop("check", "")
        target = told.pop("target", "consignment")
        if kind:
            told["order"] = {"kind": kind, "check": check, "target": target}
        return told


class AssignForm(ActForm):
    """The agency's work on the case goes to an officer, or back to all."""

    name = "assign"
    officer = forms.ChoiceField(label=_("With"), required=False)
    reason = _text(_("Reason"), _("Needed to take over what another has."))
    on_case = ("officer",)


FORMS: dict[str, type[ActForm]] = {
    form.name: form
    for form in (
        ArriveForm,
        AnswerForm,
        ResolveForm,
        ExamineForm,
        SampleForm,
        FindForm,
        DecideForm,
        MeetForm,
        LiftForm,
        HoldForm,
        RequestForm,
        OverrideForm,
        AssignForm,
        RemoveForm,
    )
}
