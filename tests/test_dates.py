"""EDTF dates, and what time expressions mean."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.nlp.document import Document, TimeExpression
from tui.nlp.sentences import split_sentences
from tui.times.date_labels import label, short
from tui.times.edtf import approximate, day_to_edtf, interval, valid, week_to_edtf
from tui.times.expressions import find_times


def days(edtf: str) -> tuple[str, str]:
    span = interval(edtf)
    return day_to_edtf(span.first), day_to_edtf(span.last)


def times_in(sentence: str, reference_date: str | None) -> tuple[TimeExpression, ...]:
    document = split_sentences(Document(sentence, reference_date=reference_date))
    return find_times(document).times


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("2024-03-25~", "2024-03-25", "2024-03-25"),
        ("2024-03-25T10:30", "2024-03-25", "2024-03-25"),
        ("2024-03/2024-05", "2024-03-01", "2024-05-31"),
        ("2024-22", "2024-06-01", "2024-08-31"),
        ("../2020", "0001-01-01", "2020-12-31"),
        ("2024-23", "2024-09-01", "2024-11-30"),
        ("2024-24", "2024-12-01", "2025-02-28"),
        ("2024-33", "2024-01-01", "2024-03-31"),
        ("156X-12-25", "1560-12-25", "1569-12-25"),
        ("2024-1X", "2024-10-01", "2024-12-31"),
        ("2024-XX-31", "2024-01-31", "2024-12-31"),
        ("2024-02-2X", "2024-02-20", "2024-02-29"),
        ("?2024-06-~11", "2024-06-11", "2024-06-11"),
        ("[1667,1668,1670..1672]", "1667-01-01", "1672-12-31"),
        ("{1960,1961-12}", "1960-01-01", "1961-12-31"),
        ("[..1760-12-03]", "0001-01-01", "1760-12-03"),
        ("[1760-12..]", "1760-12-01", "9999-12-31"),
        ("Y170000002", "9999-12-31", "9999-12-31"),
        ("Y-17000", "0001-01-01", "0001-01-01"),
        ("9999-24", "9999-12-01", "9999-12-31"),
    ],
)
def test_an_edtf_date_is_the_days_it_covers(edtf: str, first: str, last: str) -> None:
    assert days(edtf) == (first, last)


@pytest.mark.parametrize(
    "edtf",
    [
        "",
        "2024-13",
        "2024-02-30",
        "soon",
        "2024/2023",
        "24-1-1",
        "[2024",
        "{}",
        "[a,b]",
        "2024-21-03",
    ],
)
def test_what_is_no_edtf(edtf: str) -> None:
    assert not valid(edtf)


@pytest.mark.parametrize(
    ("edtf", "said", "narrow"),
    [
        ("2024-03-25", "25 Mar 2024", "25 Mar 2024"),
        ("2024-03-25~", "~25 Mar 2024", "~25 Mar 2024"),
        ("2024-03", "Mar 2024", "Mar 2024"),
        ("2024-03-18/2024-03-24", "18–24 Mar 2024", "~18 Mar 2024"),
        ("../2020", "until 2020", "~2020"),
        ("-0043", "44 BCE", "44 BCE"),
        ("199X", "1990s", "1990s"),
        ("19XX", "20th century", "20th century"),
        ("156X-12-25", "25 Dec 1560s", "25 Dec 1560s"),
        ("2024-04-05?", "?5 Apr 2024", "?5 Apr 2024"),
        ("2024-03-18~/2024-03-24~", "~18–24 Mar 2024", "~18 Mar 2024"),
        ("[1667,1668]", "1667 or 1668", "~1667"),
        ("{1960..1962}", "1960–1962", "~1960"),
        ("2024-33", "Q1 2024", "Q1 2024"),
        ("Y170000002", "170000002", "170000002"),
        (None, "undated", "undated"),
    ],
)
def test_a_date_is_said_as_vague_as_it_is(edtf: str | None, said: str, narrow: str) -> None:
    assert label(edtf) == said
    assert short(edtf) == narrow


@given(st.dates(min_value=date(1, 1, 1)))
def test_a_day_survives_the_way_there_and_back(day: date) -> None:
    assert interval(day_to_edtf(day)).first == interval(day_to_edtf(day)).last == day.toordinal()
    assert interval(approximate(day_to_edtf(day))).qualified
    if 1 < day.year < 9999:
        year, week, _ = day.isocalendar()
        assert (
            interval(week_to_edtf(year, week)).first
            <= day.toordinal()
            <= interval(week_to_edtf(year, week)).last
        )


@pytest.mark.parametrize(
    ("sentence", "text", "type_", "value", "edtf"),
    [
        ("He left on March 5, 2024.", "March 5, 2024", "DATE", "2024-03-05", "2024-03-05"),
        ("It was Monday, 25 March 2024.", "Monday, 25 March 2024", "DATE", "2024-03-25", "2024-03-25"),
        ("They met last week.", "last week", "DATE", "2024-W12", "2024-03-18/2024-03-24"),
        ("They will meet tomorrow.", "tomorrow", "DATE", "2024-03-26", "2024-03-26"),
        ("It fell on Friday.", "Friday", "DATE", "2024-03-22", "2024-03-22"),
        ("It will open on Friday.", "Friday", "DATE", "2024-03-29", "2024-03-29"),
        ("Two weeks ago it fell.", "Two weeks ago", "DATE", "2024-W11", "2024-03-11/2024-03-17"),
        ("He ruled in the 1990s.", "the 1990s", "DATE", "199", "199X"),
        ("It grew in the third quarter of 2023.", "the third quarter of 2023", "DATE", "2023-Q3", "2023-07/2023-09"),
        ("He waited for three days.", "three days", "DURATION", "P3D", None),
        ("It opens every Monday.", "every Monday", "SET", "XXXX-WXX-1", None),
        ("He spoke at 5 p.m. there.", "5 p.m.", "TIME", "2024-03-25T17:00", "2024-03-25T17:00"),
        ("It was found in December.", "December", "DATE", "2023-12", "2023-12"),
        ("She spoke on Tuesday morning.", "Tuesday morning", "TIME", "2024-03-19TMO", "2024-03-19"),
    ],
)  # fmt: skip
def test_time_expressions(
    sentence: str, text: str, type_: str, value: str, edtf: str | None
) -> None:
    found = times_in(sentence, "2024-03-25")
    assert [(t.text, t.type, t.value, t.edtf) for t in found] == [(text, type_, value, edtf)]


@pytest.mark.parametrize("sentence", ["He may march on.", "The second man sat.", "We sat there."])
def test_what_is_no_time(sentence: str) -> None:
    assert not times_in(sentence, "2024-03-25")


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("Die Brücke wurde am 5. März 2019 eröffnet.", "2019-03-05"),
        ("Le pont a ouvert le 1er février 2020.", "2020-02-01"),
        ("El puente se abrió el 5 de mayo de 2019.", "2019-05-05"),
    ],
)
def test_a_full_date_in_another_language(sentence: str, value: str) -> None:
    document = split_sentences(Document(sentence, english=False))
    assert [time.value for time in find_times(document).times] == [value]


def test_without_a_reference_date_a_relative_time_stays_open() -> None:
    sentence = "It happened yesterday."
    (found,) = times_in(sentence, None)
    assert (found.value, found.edtf) == ("XXXX-XX-XX", None)
