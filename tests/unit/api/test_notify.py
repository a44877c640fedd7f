"""Mailboxes and webhooks: everybody concerned is told once, in order, and nobody else."""

from __future__ import annotations

import base64
import hmac
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from gatepost.adapters.http.outgoing import Unreachable
from gatepost.adapters.store.models import Credential, Message, Place, Webhook
from gatepost.api.delivery import deliver
from gatepost.api.mail import sort_mail
from gatepost.casework.disclosure import open_case
from gatepost.casework.shorthand import expand
from gatepost.web.site import Site
from tests.unit.api.conftest import Calling, Machine
from tests.unit.web.conftest import MORNING, ROSES

URL = "https://trader.example/told"


class Receiver:
    """Takes what is sent, or answers what it was told to."""

    def __init__(self, *answers: int | Unreachable) -> None:
        self.answers = list(answers)
        self.requests: list[tuple[str, bytes, dict[str, str]]] = []

    def __call__(self, url: str, body: bytes, headers: Any) -> int:
        self.requests.append((url, body, dict(headers)))
        answer = self.answers.pop(0) if self.answers else 204
        if isinstance(answer, Unreachable):
            raise answer
        return answer

    @property
    def messages(self) -> list[int]:
        """The ids of all messages that were sent, in order."""
        bodies = [msgspec.json.decode(body) for _, body, _ in self.requests]
        return [message["id"] for body in bodies for message in body["messages"]]


def test_a_mailbox_holds_what_happened_to_ones_own_cases(
    trader: Machine, calling: Calling, here: Site
) -> None:
    other, agency = calling("XA1002"), calling("plant_health")
    reference = trader.lodge().json()["reference"]
    inspector = "plant_health.north_gate.inspector"
    decision = {"act": "decide", "decision": "refuse", "reason": "pests", "by": inspector}
    assert agency.post(f"/declarations/{reference}/acts", decision).json()["status"] == "done"
    while sort_mail(here):
        pass
    mine = trader.get("/mailbox").json()
    assert [one["event"] for one in mine["messages"]] == [
        "lodgement:declaration:accepted",
        "release:decision:given",
        *[one["event"] for one in mine["messages"][2:]],
    ]
    assert {one["reference"] for one in mine["messages"]} == {reference}
    assert trader.get(f"/mailbox?cursor={mine['next']}").json()["messages"] == []
    assert agency.get("/mailbox").json()["messages"]
    assert other.get("/mailbox").json()["messages"] == []
    assert calling("veterinary").get("/mailbox").json()["messages"] == []


def test_sorting_again_tells_nothing_twice(trader: Machine, here: Site) -> None:
    trader.lodge()
    sort_mail(here)
    before = list(Message.objects.order_by("pk").values_list("position", "event"))
    assert before
    Place.objects.all().delete()
    sort_mail(here)
    assert list(Message.objects.order_by("pk").values_list("position", "event")) == before


def test_an_agent_is_told_nothing_once_its_mandate_has_ended(calling: Calling, here: Site) -> None:
    """XA9001 may lodge for XA0002 until the end of June only; the principal is told in July."""
    broker, principal = calling("XA9001"), calling("XA0001")
    assert broker.lodge(declarant="XA0001", agent="XA9001", importer="XA0001").status_code == 201
    sort_mail(here)
    assert broker.get("/mailbox").json()["messages"]
    assert principal.get("/mailbox").json()["messages"]


def _hooked(trader: Machine, **fields: Any) -> dict[str, Any]:
    answer = trader.post("/webhooks", {"url": URL, **fields})
    assert answer.status_code == 201
    return dict(answer.json())


def test_a_webhook_gets_each_message_once_signed(trader: Machine, here: Site) -> None:
    hook = _hooked(trader)
    trader.lodge()
    sort_mail(here)
    receiver = Receiver()
    assert deliver(MORNING, receiver) > 0
    assert deliver(MORNING, receiver) == 0
    ((url, body, headers),) = receiver.requests
    assert url == URL
    told = f"{headers['Webhook-Id']}.{headers['Webhook-Timestamp']}.".encode() + body
    wanted = hmac.digest(hook["secret"].encode(), told, "sha256")
    assert headers["Webhook-Signature"] == "v1," + base64.b64encode(wanted).decode()


def test_what_is_not_taken_is_sent_again_later_and_later(trader: Machine, here: Site) -> None:
    _hooked(trader)
    trader.lodge()
    sort_mail(here)
    receiver = Receiver(500, Unreachable("nobody there"), 302)
    now, pauses = MORNING, []
    while not deliver(now, receiver):
        hook = Webhook.objects.get()
        assert hook.failing_since == MORNING
        pauses.append(hook.next_at - now)
        assert deliver(hook.next_at - timedelta(seconds=1), receiver) == 0
        now = hook.next_at
    assert pauses == [timedelta(seconds=5 * 2**n) for n in range(3)]
    assert len(receiver.requests) == 4
    assert len(set(map(str, receiver.requests))) >= 1
    assert Webhook.objects.get().failing_since is None


def test_a_webhook_hears_only_the_events_it_asked_for(trader: Machine, here: Site) -> None:
    _hooked(trader, events=["release:release:granted"])
    trader.lodge()
    sort_mail(here)
    assert deliver(MORNING, Receiver()) == 0


def test_a_webhook_is_its_owners(trader: Machine, calling: Calling) -> None:
    hook = _hooked(trader)
    other = calling("XA1002")
    assert other.get("/webhooks").json()["webhooks"] == []
    assert other.delete(f"/webhooks/{hook['id']}").status_code == 404
    (listed,) = trader.get("/webhooks").json()["webhooks"]
    assert listed["secret"] is None
    assert trader.delete(f"/webhooks/{hook['id']}").status_code == 204
    assert trader.delete(f"/webhooks/{hook['id']}").status_code == 404


def test_the_same_key_makes_one_webhook(trader: Machine) -> None:
    first = trader.post("/webhooks", {"url": URL}, key="w").json()
    assert trader.post("/webhooks", {"url": URL}, key="w").json() == first
    assert Webhook.objects.count() == 1


@pytest.mark.parametrize("url", ["http://trader.example/", "ftp://x", "https:"])
def test_only_https_is_called(url: str, trader: Machine, settings: pytest.FixtureRequest) -> None:
    settings.OUTGOING_LOCAL = False  # type: ignore[attr-defined]
    assert trader.post("/webhooks", {"url": url}).status_code == 422


def test_an_agency_is_told_nothing_of_what_another_found(
    trader: Machine, calling: Calling, here: Site
) -> None:
    """Customs has a part in the case of the roses; what plant health finds is its own."""
    agencies = {name: calling(name) for name in ("customs", "plant_health")}
    reference = trader.lodge().json()["reference"]
    inspector = "plant_health.north_gate.inspector"
    for act in ({"act": "arrive"}, {"act": "examine", "result": "conform"}):
        sent = {**act, "by": inspector}
        done = agencies["plant_health"].post(f"/declarations/{reference}/acts", sent)
        assert done.json()["status"] == "done", done.json()
    while sort_mail(here):
        pass
    told = {
        name: [one["event"] for one in machine.get("/mailbox").json()["messages"]]
        for name, machine in agencies.items()
    }
    assert "control:finding:recorded" in told["plant_health"]
    assert "control:finding:recorded" not in told["customs"]
    listed = here.desk.ledger.read("listed/plant_health")
    assert listed[-1].event.body.channel == "notify"  # type: ignore[attr-defined]


def test_who_was_shown_what_changed_is_told_though_nothing_else_is_notified(
    trader: Machine, calling: Calling, here: Site
) -> None:
    """Statistics may read and gets no notification, except of what it read and is wrong now."""
    statistics = calling("statistics")
    read, unread = (
        trader.lodge(reference=f"R-{n}", means=f"BR-{n}", journey=f"J-{n}").json()["reference"]
        for n in range(2)
    )
    compiler = here.desk.actor("statistics.trade.compiler")
    open_case(here.desk, read, compiler, MORNING - timedelta(minutes=1), "statistics")
    for number, reference in enumerate((read, unread)):
        heavier = msgspec.structs.replace(ROSES.items[0], net_mass="999.00")
        short = msgspec.structs.replace(
            ROSES, reference=f"R-{number}", means=f"BR-{number}", journey=f"J-{number}",
            items=(heavier, *ROSES.items[1:]),
        )  # fmt: skip
        act = {"act": "amend", "declaration": expand(short), "reason": "weighed again"}
        answer = trader.post(f"/declarations/{reference}/acts", act, key=f"amend-{number}")
        assert answer.json()["status"] == "done", answer.json()
    while sort_mail(here):
        pass
    told = [(m["event"], m["reference"]) for m in statistics.get("/mailbox").json()["messages"]]
    assert told == [("lodgement:declaration:amended", read)]


def test_whose_token_has_ended_is_told_nothing_more(trader: Machine, here: Site) -> None:
    _hooked(trader)
    trader.lodge()
    sort_mail(here)
    assert Message.objects.exists()
    Credential.objects.update(revoked_at=MORNING)
    assert deliver(MORNING, Receiver()) == 0
    before = Message.objects.count()
    Credential.objects.update(revoked_at=None, expires_at=MORNING)
    trader_is_gone = sort_mail(here)
    assert (trader_is_gone, Message.objects.count()) == (0, before)
