"""Trusted operators: who holds which status, and who recognises it (RM-05; SAFE Framework).

A status is dated data of whoever granted it. Another agency, here or abroad, relies on it only
by a clause of an instrument in force; when the instrument is suspended, the benefit is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from gatepost.authority.clause import Trust
from gatepost.authority.instrument import Agreement
from gatepost.authority.lifecycle import periods
from gatepost.kernel.language import Text
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.validity import Validity


class TrustedOperator(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A party's status under a ``programme``, such as ``AEO``; ``granted_by`` is whose it is.

    That is an agency of this country, or one abroad such as ``XB/customs``. While it is
    ``suspended`` it is worth nothing.
    """

    id: str
    title: Text
    party: str
    programme: str
    granted_by: str
    legal_basis: tuple[LegalBasis, ...]
    valid: Validity
    suspended: tuple[Validity, ...] = ()

    def on(self, day: date) -> bool:
        """Tell whether the status is worth something on ``day``."""
        return self.valid.on(day) and not any(span.on(day) for span in self.suspended)


def trusted_by(
    agency: str,
    party: str | None,
    day: date,
    operators: Iterable[TrustedOperator],
    agreements: Sequence[Agreement],
) -> tuple[str, ...]:
    """Return why ``agency`` trusts ``party`` on ``day``: the status, and the clause if any.

    Its own status comes first; empty if it has no reason to.
    """
    held = [one for one in operators if party and one.party == party and one.on(day)]
    for one in held:
        if one.granted_by == agency:
            return (one.id,)
    for one in held:
        for agreement in agreements:
            if not any(period.on(day) for period in periods(agreement)):
                continue
            for clause in agreement.clauses:
                if (
                    isinstance(clause, Trust)
                    and (clause.of, clause.by) == (one.granted_by, agency)
                    and one.programme in clause.programmes
                ):
                    return one.id, clause.id
    return ()
