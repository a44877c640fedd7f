"""Validity, lengths of time, references, notices: the words every room needs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.kernel.duration import parse_duration
from gatepost.kernel.language import in_language
from gatepost.kernel.notice import Notice, Refused, Rule, RuleBook, rules_of
from gatepost.kernel.reference import ALPHABET, check_character, is_reference, make_reference
from gatepost.kernel.validity import Validity

DAY = timedelta(days=1)
FIRST, LAST = date(2026, 3, 1), date(2026, 7, 1)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
validities = st.builds(
    lambda start, length: Validity(start, None if length is None else start + length * DAY),
    days,
    st.none() | st.integers(0, 400),
)


@pytest.mark.parametrize(
    ("day", "bounded", "open_ended"),
    [
        (FIRST - DAY, False, False),
        (FIRST, True, True),
        (LAST, True, True),
        (LAST + DAY, False, True),
        (date.max, False, True),
    ],
)
def test_validity_includes_both_its_days(day: date, bounded: bool, open_ended: bool) -> None:
    assert Validity(FIRST, LAST).on(day) is bounded
    assert Validity(FIRST).on(day) is open_ended


@pytest.mark.parametrize(
    ("other", "overlap"),
    [
        (Validity(LAST, None), True),
        (Validity(LAST + DAY, None), False),
        (Validity(date(2020, 1, 1), FIRST), True),
        (Validity(date(2020, 1, 1), FIRST - DAY), False),
        (Validity(FIRST + DAY, FIRST + DAY), True),
        (Validity(date(2020, 1, 1), None), True),
    ],
)
def test_validities_overlap_where_they_share_a_day(other: Validity, overlap: bool) -> None:
    assert Validity(FIRST, LAST).overlaps(other) is overlap
    assert other.overlaps(Validity(FIRST, LAST)) is overlap


@given(validities, validities)
def test_overlap_means_a_common_day(one: Validity, other: Validity) -> None:
    common = max(one.start, other.start)
    assert one.overlaps(other) == (one.on(common) and other.on(common))


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("30min", timedelta(minutes=30)),
        ("4h", timedelta(hours=4)),
        ("14d", timedelta(days=14)),
        ("0h", timedelta(0)),
        ("1d 12h", timedelta(days=1, hours=12)),
        ("1h30min", timedelta(minutes=90)),
        ("30min 30min", timedelta(hours=1)),
    ],
)
def test_lengths_of_time_as_the_law_writes_them(text: str, length: timedelta) -> None:
    assert parse_duration(text) == length


@pytest.mark.parametrize(
    "text", ["", " ", "4", "h", "4 hours", "-4h", "4h!", "1.5h", "4H", "1w", "h4", "9" * 30 + "d"]
)
def test_what_is_no_length_of_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="length of time"):
        parse_duration(text)


@given(st.integers(2000, 2099), st.text())
def test_a_reference_is_computed_from_its_key(year: int, key: str) -> None:
    reference = make_reference(year, "XA", key.encode("utf-8", "replace").decode())
    assert reference == make_reference(year, "XA", key.encode("utf-8", "replace").decode())
    assert reference[:4] == f"{year % 100:02d}XA"
    assert set(reference[4:17]) <= set(ALPHABET)
    assert is_reference(reference)


@given(st.text(), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_a_single_wrong_character_is_found(key: str, place: int, wrong: str) -> None:
    reference = make_reference(2026, "XA", key.encode("utf-8", "replace").decode())
    mistyped = reference[:place] + wrong + reference[place + 1 :]
    assert is_reference(mistyped) is (mistyped == reference)


@given(st.text(max_size=20))
def test_any_text_can_be_asked_whether_it_is_a_reference(text: str) -> None:
    assert is_reference(text) in (True, False)
    assert not is_reference("é" * 18)
    assert not is_reference("\N{FULLWIDTH DIGIT TWO}" * 18)


def test_the_check_character_is_that_of_iso_7064() -> None:
    """The example of ISO 7064 for MOD 37,36 in the Global Release Identifier."""
    assert check_character("A12425GABC1234002") == "M"


def test_the_keys_of_a_million_lodgements_differ_in_their_references() -> None:
    made = {make_reference(2026, "XA", f"lodge|XA{n % 97}|{n}") for n in range(20_000)}
    assert len(made) == 20_000


def test_a_text_is_given_in_the_language_asked_for_or_the_first() -> None:
    text = {"de": "Rosen", "en": "roses"}
    assert in_language(text) == "roses"
    assert in_language(text, "de") == "Rosen"
    assert in_language({"fr": "roses"}) == "roses"
    assert in_language({}) == ""


RULE = Rule("X-001", "{agency} lacks {what}.", "Ask {agency}.")


def test_a_notice_is_rendered_from_its_rule() -> None:
    book = RuleBook([RULE])
    notice = RULE.notice("Declaration/ID", agency="customs", what="{nothing}")
    assert notice == Notice("X-001", "Declaration/ID", {"agency": "customs", "what": "{nothing}"})
    assert book.sentence(notice) == "customs lacks {nothing}. Ask customs."
    assert book.sentence(RULE.notice(agency="vet")) == "vet lacks (what). Ask vet."
    assert book.sentence(Notice("Y-9", values={"sentence": "said elsewhere"})) == "said elsewhere"
    assert book.sentence(Notice("Y-9")) == "Y-9"


def test_no_two_rules_carry_one_number() -> None:
    with pytest.raises(ValueError, match="X-001"):
        RuleBook([RULE, Rule("X-001", "Something else.")])
    assert RuleBook([RULE, RULE]).rules == {"X-001": RULE}
    assert rules_of({"A": RULE, "b": 1}) == (RULE,)


def test_a_refusal_says_every_reason() -> None:
    refused = Refused([RULE.notice("here"), RULE.notice()])
    assert str(refused) == "X-001 here, X-001"
    assert len(refused.notices) == 2
