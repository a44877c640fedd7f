"""What a trader hands in before and after each question is asked once (RG-04).

Counted are forms that ask something, questions, copies of papers and signatures. Afterwards the
first form to ask a question has it; a form all of whose questions are asked elsewhere is not
needed. A field that only shows what is known is no question. A signature is each form's own.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from gatepost.review.harmonise.model import Form, FormField, Harmonised, Metrics, Simplified

_SIGNED = ("signature", "signatory", "sign here")


def simplified(forms: Sequence[Form], found: Harmonised) -> Simplified:
    """Return the counts before and after."""
    group = {name: index for index, one in enumerate(found.groups) for name in one.fields}
    asked: set[int] = set()
    before: list[list[FormField]] = []
    after: list[list[FormField]] = []
    for form in forms:
        own = [one for one in form.fields if not one.shown]
        left = []
        for field in own:
            home = group.get(f"{form.id}:{field.path}")
            if home is None or home not in asked or _signature(field):
                left.append(field)
            if home is not None:
                asked.add(home)
        before.append(own)
        after.append(left)
    return Simplified(_counted(before), _counted(after))


def _counted(forms: Sequence[Sequence[FormField]]) -> Metrics:
    fields = [one for form in forms for one in form]
    return Metrics(
        documents=sum(1 for form in forms if form),
        elements=len(fields),
        copies=sum(one.kind == "file" for one in fields),
        signatures=sum(map(_signature, fields)),
    )


def _signature(field: FormField) -> bool:
    words = f"{field.title} {field.path}".casefold()
    return any(one in words for one in _SIGNED)


def with_metrics(forms: Sequence[Form], found: Harmonised) -> Harmonised:
    """Return what was found with the counts before and after."""
    return msgspec.structs.replace(found, simplified=simplified(forms, found))
