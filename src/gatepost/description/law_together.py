"""What the law says of working together, for lawyers: posts, hours, committees, records, feeds."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.authority.clause import Delegation
from gatepost.authority.lifecycle import periods
from gatepost.authority.model import BorderPost, Mandate
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.description.law_words import VERBS, Here, all_of, cited, in_force, long, one_of, plain
from gatepost.kernel.language import in_language

_STOPS = ("decide", "hold", "release")
_DONE = {"delete": "deleted", "depersonalise": "kept without names"}
_SHARE = {
    "half": "half",
    "more_than_half": "more than half",
    "two_thirds": "two thirds",
    "all": "all",
}
_COUNTED = {
    "votes": "the votes given",
    "present": "those present",
    "members": "all seats with a vote",
}
_ARRANGED = {
    "juxtaposed": "each direction is cleared in the state it enters",
    "straddling": "it straddles the border",
    "single_country": "both states work on one side",
    "delegated_office": "the officers of one state act for both",
}


def law_together(here: Here, jurisdiction: Jurisdiction) -> Iterator[str]:
    """Yield what holds for several agencies at once, each line with its law."""
    yield from _delegated(here)
    yield from _posts(here)
    yield from _bound(here)
    yield from _instructing(here)
    yield from _committees(here, jurisdiction)
    yield from _answering(here, jurisdiction)
    yield from _kept(here, jurisdiction)
    yield from _fed(here, jurisdiction)
    yield from _rights(here)


def _delegated(here: Here) -> Iterator[str]:
    yield from ("", "## Who acts for whom", "")
    rows = [
        f"| {here.name(clause.by)} | {here.name(clause.of)} | "
        f"{all_of(VERBS[one] for one in clause.powers)} | "
        f"{here.where(clause.scope).strip() or 'everywhere'} | "
        f"{here.name(clause.of if clause.decision == 'owner' else clause.by)} | {clause.id} |"
        for agreement in here.register.all_agreements
        if periods(agreement) and not agreement.confidential
        for clause in agreement.clauses
        if isinstance(clause, Delegation)
    ]
    if not rows:
        yield "Nobody acts for another."
        return
    yield "An officer acts so only with the competence the clause asks for, on the day of the act."
    yield ""
    yield "| who | for whom | may | where | who decides | clause |"
    yield "|---|---|---|---|---|---|"
    yield from rows


def _posts(here: Here) -> Iterator[str]:
    yield from ("", "## The posts")
    posts: list[BorderPost] = list(here.register.all_posts)
    yield ""
    for one in sorted(posts, key=lambda one: one.id):
        text = f"- **{here.post(one.id)}** (`{one.id}`), {one.kind}."
        if one.shared_with:
            text += f" Shared with {here.name(one.shared_with)}"
            text += f": {_ARRANGED[one.arrangement]}." if one.arrangement else "."
        if one.exit_first:
            text += " Nothing is begun for the entry before the exit is completed."
        yield f"{text} {in_force([one.valid])} Basis: {cited(one.legal_basis)}."


def _bound(here: Here) -> Iterator[str]:
    yield from ("", "## At which hours", "")
    mandates: list[Mandate] = list(here.parts.get("mandate", ()))
    bound = [one for one in mandates if one.in_hours]
    yield "A hold is placed at any hour. An act that a law ties to a service is refused while the"
    yield "service is shut at the post; in a joint examination each agency is asked for its own."
    yield ""
    for one in bound:
        acts = all_of(map(plain, one.in_hours))
        yield f"- **{one.id}** {here.name(one.agency)}: {acts} ({cited(one.legal_basis)})"
    if not bound:
        yield "No law ties an act to opening hours."


def _instructing(here: Here) -> Iterator[str]:
    yield from ("", "## Who instructs whom", "")
    mandates: list[Mandate] = list(here.parts.get("mandate", ()))
    found = [one for one in mandates if "instruct" in one.powers]
    yield "A unit instructs those below it in its own agency; no agency instructs another."
    yield ""
    for one in found:
        yield f"- {here.name(one.agency)}, by **{one.id}** ({cited(one.legal_basis)})"
    yield ""
    yield "A joint action of several agencies begins when each has joined. It gives nobody a power"
    yield "and opens no data: in it each acts by its own mandate."


def _committees(here: Here, jurisdiction: Jurisdiction) -> Iterator[str]:
    yield from ("", "## The committees")
    for one in jurisdiction.committees:
        yield from ("", f"### {in_language(one.name)} (`{one.id}`)", "")
        yield f"{in_language(one.mandate)} {in_force([one.valid])} Basis: {cited(one.legal_basis)}."
        voting = [member.agency for member in one.members if member.votes]
        heard = [member.agency for member in one.members if not member.votes]
        told = f" Heard without a vote: {_seats(here, heard)}." if heard else ""
        yield f"Votes: {_seats(here, voting)}.{told}"
        rule = one.vote
        sides = " on each side" if rule.each_side else ""
        yield f"A motion is carried by {_SHARE[rule.carried_by]} of {_COUNTED[rule.of]}{sides}, if"
        yield f"{_SHARE[rule.quorum]} of the seats with a vote are there{sides}."
    if not jurisdiction.committees:
        yield from ("", "None is described.")


def _seats(here: Here, agencies: list[str]) -> str:
    """Return the agencies that sit there, each once, with how many seats if it has several."""
    counted = {one: agencies.count(one) for one in agencies}
    return all_of(
        here.name(one) + (f" ({seats} seats)" if seats > 1 else "")
        for one, seats in counted.items()
    )


def _answering(here: Here, jurisdiction: Jurisdiction) -> Iterator[str]:
    if not jurisdiction.processes:
        return
    yield from ("", "## Who answers for what", "")
    yield from ("| process | answers | carry out | consulted | law |", "|---|---|---|---|---|")
    for one in jurisdiction.processes:
        parts = (one.accountable, one.responsible, one.consulted)
        told = " | ".join(here.names(part) for part in parts)
        yield f"| {in_language(one.name)} | {told} | {cited(one.legal_basis)} |"
    yield ""
    stops = one_of(_STOPS)
    yield f"Every agency whose mandate lets it {stops} goods may stop them, whoever answers."


def _kept(here: Here, jurisdiction: Jurisdiction) -> Iterator[str]:
    yield from ("", "## How long a case is kept", "")
    if not jurisdiction.retention:
        yield "No law here ends it: cases are kept."
        return
    yield "A case is kept until the last term of the agencies it concerns, counted from the last"
    yield "thing that happened to it; it is deleted where one of them has it deleted."
    yield ""
    yield from ("| agency | which cases | for | then | rule | law |", "|---|---|---|---|---|---|")
    for one in sorted(jurisdiction.retention, key=lambda one: (one.agency, one.id)):
        cases = here.where(one.scope).removeprefix(" in cases of").strip() or "goods"
        law = cited(one.legal_basis)
        yield (
            f"| {here.name(one.agency)} | {cases} | {long(one.keep)} | {_DONE[one.then]}"
            f" | {one.id} | {law} |"
        )
    yield ""
    yield "When something happened, by which officer's role or party's id and by which law is not"
    yield "deleted: the log could not be proved without it."


def _fed(here: Here, jurisdiction: Jurisdiction) -> Iterator[str]:
    yield from ("", "## Which figures go out by themselves", "")
    for one in jurisdiction.feeds:
        agency = here.name(here.register.agency_of(one.recipient))
        yield f"- **{one.id}** {in_language(one.title)}: each month to {agency}, on day {one.day}"
        yield f"  of the next, by the clause {one.clause}. {in_force([one.valid])}"
        yield f"  Basis: {cited(one.legal_basis)}."
    if not jurisdiction.feeds:
        yield "None."


def _rights(here: Here) -> Iterator[str]:
    rights = list(here.parts.get("right", ()))
    if not rights:
        return
    yield from ("", "## What traders and travellers are entitled to", "")
    for one in rights:
        who = all_of(f"{holder}s" for holder in one.holders)
        within = f" Within {long(one.within)}." if one.within else ""
        to = f" To: {in_language(one.to)}." if one.to else ""
        yield f"- **{one.id}** {in_language(one.title)} ({cited(one.legal_basis)})"
        yield f"  {here.name(one.agency)} owes it to {who}.{within}{to}"
