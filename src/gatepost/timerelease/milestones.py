"""The milestones and intervals of a study, with the definitions printed beside every table.

The numbers T0 to T14 and P1 to P6 are the scheme of Gatepost (docs/reference/milestones.md); a
study uses those it has.
"""

from __future__ import annotations

from gatepost.timerelease.model import Interval, Milestone, Pick

M = Milestone
LAST: Pick = "last"

MILESTONES: tuple[Milestone, ...] = (
    M("advance_data", "T0", "carrier", "Data about the goods came ahead of them."),
    M("permit_applied", "T0", "trader", "A permit was applied for."),
    M("permit_issued", "T0", "agency", "The permit was issued.", LAST),
    M("queue", "T1", "carrier", "The vehicle joined the queue outside the post."),
    M("arrival", "T2", "carrier", "The vessel, aircraft or vehicle came to the post."),
    M("unloaded", "T3", "port", "The goods were unloaded or put into storage.", LAST),
    M("manifest", "T4", "carrier", "The cargo declaration was accepted."),
    M("lodgement", "T5", "broker", "The declaration was lodged and accepted."),
    M("amended", "T5", "broker", "The declaration was amended.", LAST),
    M("risk_result", "T6", "system", "The risk assessment chose the control channel."),
    M("documents_requested", "T7", "agency", "An agency asked for documents."),
    M("documents_received", "T7", "broker", "The documents asked for came.", LAST),
    M("assessment", "T8", "agency", "The declaration was assessed.", LAST),
    M("query", "T8", "agency", "An agency asked the declarant a question."),
    M("answer", "T8", "broker", "The declarant answered.", LAST),
    M("payment_demanded", "T9", "agency", "Payment was demanded."),
    M("payment", "T9", "trader", "Duties and charges were paid or secured.", LAST),
    M("notified", "T10", "agency", "The agency had the case before it, with all it asked for."),
    M("sample", "T10", "agency", "A sample left for the laboratory."),
    M("laboratory_result", "T10", "laboratory", "The laboratory answered.", LAST),
    M("examination_ordered", "T11", "agency", "A physical control was ordered."),
    M("positioned", "T11", "port", "The goods stood ready for examination."),
    M("examination_start", "T11", "agency", "The examination began."),
    M("examination_end", "T11", "agency", "The examination ended.", LAST),
    M("scan", "T11", "agency", "The goods were scanned."),
    M("finding", "T10", "agency", "The result of a control was recorded.", LAST),
    M("decision", "T12", "agency", "The agency decided on its part; of several, the last.", LAST),
    M("hold", "T12", "agency", "An agency put the goods on hold."),
    M("hold_lifted", "T12", "agency", "The hold was lifted.", LAST),
    M("release", "T12", "agency", "Every agency had released the goods: the last of them.", LAST),
    M("gate_order", "T13", "port", "Leave to pass the gate was given."),
    M("removal", "T13", "trader", "The goods left the post."),
    M("left_post", "T13", "trader", "The goods left the post, removed or sent on under seal."),
    M("exit_complete", "T14", "neighbour", "The exit formalities of the one state were complete."),
    M("entry_start", "T14", "agency", "The entry formalities of the other state began."),
    M("left_zone", "T14", "carrier", "The vehicle left the common control zone."),
    M("withdrawn", "end", "broker", "The declaration was withdrawn."),
    M("denied", "end", "agency", "Release was denied."),
    M("traveller_queue", "P1", "traveller", "The traveller or coach joined the queue."),
    M("primary_start", "P2", "agency", "The first control of the traveller began."),
    M("primary_end", "P3", "agency", "The first control ended: on the way, or referred.", LAST),
    M("referral", "P3", "agency", "The traveller was referred to a second control."),
    M("secondary_start", "P4", "agency", "The second control began."),
    M("secondary_end", "P5", "agency", "The second control ended.", LAST),
    M("exit", "P6", "traveller", "The traveller or coach left the post.", LAST),
    M("first_passenger", "P2", "traveller", "The first passenger of the coach was seen."),
    M("last_passenger", "P3", "traveller", "The last passenger of the coach was seen.", LAST),
    M("bags", "P5", "agency", "The bags of the coach were done.", LAST),
)

BY_NAME = {one.name: one for one in MILESTONES}

CLOSED = ("withdrawn", "denied", "exit")
RELEASED = ("release", "removal", *CLOSED)
PASSED = ("exit", "withdrawn", "denied")

INTERVALS: tuple[Interval, ...] = (
    Interval(
        "arrival",
        "release",
        "From the arrival at the post to the last agency's release; negative where goods were"
        " released before they came.",
        early=True,
        ends=("removal", *CLOSED),
    ),
    Interval("queue", "arrival", "From joining the queue outside to entering the post."),
    Interval("arrival", "unloaded", "From the arrival to the end of unloading."),
    Interval(
        "arrival",
        "lodgement",
        "From the arrival to the declaration: the trader's time; negative where it was lodged"
        " before the goods came.",
        early=True,
        ends=RELEASED,
    ),
    Interval("lodgement", "assessment", "From the declaration to its assessment.", ends=RELEASED),
    Interval("assessment", "payment", "From the assessment to the payment: the trader's time.",
             ends=RELEASED),
    Interval(
        "payment",
        "release",
        "From the payment to the release; negative where payment was deferred.",
        early=True,
        ends=("removal", *CLOSED),
    ),
    Interval(
        "lodgement",
        "release",
        "From the declaration to the release; not comparable with times from the arrival.",
        ends=("removal", *CLOSED),
    ),
    Interval("documents_requested", "documents_received", "From asking for documents to having"
             " them.", ends=RELEASED),
    Interval("query", "answer", "From a question to the declarant to the answer.", ends=RELEASED),
    Interval("notified", "decision", "From the agency's notice to the agency's decision.",
             ends=RELEASED),
    Interval("notified", "examination_start", "Waiting for an examination, once the agency knew.",
             sure="examination_ordered", ends=RELEASED),
    Interval("examination_start", "examination_end", "Examining.", ends=RELEASED),
    Interval("sample", "laboratory_result", "From the sample to the laboratory's answer.",
             ends=RELEASED),
    Interval("decision", "removal", "From the last decision to the removal: the trader's and the"
             " port's time.", ends=CLOSED),
    Interval("release", "removal", "From the release to the removal: the trader's and the port's"
             " time.", ends=()),
    Interval("arrival", "removal", "From the arrival to the removal.",
             ends=CLOSED),
    Interval("arrival", "left_post", "The stay at the border: from the arrival to leaving the post;"
             " what is done inland under seal is not in it.", ends=CLOSED),
    Interval("queue", "release", "From joining the queue outside to the release.",
             ends=("removal", *CLOSED)),
    Interval("exit_complete", "entry_start", "Between the formalities of two states at one post.",
             ends=()),
    Interval("arrival", "left_zone", "From the arrival to leaving the common control zone.",
             ends=CLOSED),
    Interval("traveller_queue", "primary_start", "Travellers: waiting for the first control.",
             ends=PASSED),
    Interval("primary_start", "primary_end", "Travellers: the first control.", ends=PASSED),
    Interval("referral", "secondary_start", "Travellers: waiting for the second control.",
             ends=PASSED),
    Interval("secondary_start", "secondary_end", "Travellers: the second control.", ends=PASSED),
    Interval("traveller_queue", "exit", "Travellers: from joining the queue to leaving the post.",
             ends=CLOSED),
    Interval("first_passenger", "last_passenger", "Coaches: from the first passenger seen to the"
             " last.", ends=PASSED),
)  # fmt: skip

HEADLINE = INTERVALS[0]
BY_AGENCY = (("notified", "decision"), ("notified", "examination_start"),
             ("examination_start", "examination_end"))  # fmt: skip
"""Intervals that are told for each agency as well."""

SPANS = (
    ("notified", "decision", False),
    ("examination_start", "examination_end", True),
    ("primary_start", "primary_end", True),
    ("secondary_start", "secondary_end", True),
    ("hold", "hold_lifted", False),
)
"""Stretches during which a party has the case; the last tells whether it is worked on."""
