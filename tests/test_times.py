"""Time expressions by kinds of faults that readers of dates have, and what holds for any text."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.articles.model import Article
from tui.entities.recognition.recognisers import DEFAULT
from tui.indexing.pipeline import analyse
from tui.nlp.document import Document, Mention, TimeExpression
from tui.nlp.sentences import split_sentences
from tui.times.edtf import interval, valid
from tui.times.expressions import find_times
from tui.times.reading import ArticleType

# A Wednesday.
TODAY = "2024-05-15"


def times(
    text: str, reference: str | None = TODAY, article_type: ArticleType | None = None
) -> list[tuple[str, str]]:
    document = split_sentences(Document(text, reference_date=reference))
    return [(time.text, time.value) for time in find_times(document, article_type).times]


def times_of(text: str) -> tuple[TimeExpression, ...]:
    return find_times(split_sentences(Document(text, reference_date=TODAY))).times


def values(text: str, reference: str | None = TODAY) -> str:
    return " ".join(value for _, value in times(text, reference))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The dam was finished in March 2009.", "2009-03"),
        ("It has been shut since May 2013.", "2013-05"),
        ("Bids are due by May 20.", "2024-05-20"),
        ("The siege lasted from March 3, 2012, until May 5, 2019.", "2012-03-03 2019-05-05"),
        ("The court sat through March 1998.", "1998-03"),
        ("Between May 2001 and March 2004 nothing was built.", "2001-05 2004-03"),
        ("She died in June last year.", "2023-06"),
        ("It burned down in the summer of '69.", "1969-SU"),
    ],
)
def test_a_month_keeps_its_year_and_its_day(text: str, expected: str) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor said on Monday that she would resign.", "2024-05-13"),
        ("The bank announced on Tuesday it plans to close ten branches.", "2024-05-14"),
        ("Judges ruled on Thursday that the tax will stand.", "2024-05-09"),
        ("Rebels killed ten people on Tuesday, a day before talks that will go on.", "2024-05-14"),
        ("He told reporters Friday the bridge would be rebuilt.", "2024-05-10"),
        ("The talks have been put off until Monday, mediators said.", "2024-05-20"),
        ("The council will meet on Friday.", "2024-05-17"),
        ("The strike is due to begin on Monday.", "2024-05-20"),
        ("On Friday, the court will rule.", "2024-05-17"),
        ("Voters go to the polls; on Sunday they will know.", "2024-05-19"),
        ("The offer had been due to expire on Friday.", "2024-05-10"),
        ("Parliament votes Thursday; the summit is on Saturday.", "2024-05-16 2024-05-18"),
        ("The deal, signed on Monday, takes effect on Friday.", "2024-05-13 2024-05-17"),
        ("On May 6 the mayor resigned.", "2024-05-06"),
        ("Ahead of Sunday's election, the president spoke on Tuesday.", "2024-05-19 2024-05-14"),
        ("They were searching since Monday, after Sunday's quake.", "2024-05-13 2024-05-12"),
        ("Up to three million people are affected by Tuesday's quake.", "2024-05-14"),
        ("Efforts to help the survivors of Sunday's blast will go on.", "2024-05-12"),
        ("They will watch Sunday's final.", "2024-05-19"),
        ("The outbreak appeared to be slowing on Saturday.", "2024-05-11"),
        ("The judge ordered him to pay by Friday.", "2024-05-17"),
        ("She resigned on Monday and will be replaced on Friday.", "2024-05-13 2024-05-17"),
    ],
)
def test_the_verb_that_a_weekday_belongs_to_says_which_week(text: str, expected: str) -> None:
    found = values(text).split()
    assert [value for value in found if not value.startswith("P")] == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The fair is on Monday 20, Tuesday 21 and Friday 24 May.",
            "2024-05-20 2024-05-21 2024-05-24",
        ),
        ("The court sat on June 6, 7 and 8, 2019.", "2019-06-06 2019-06-07 2019-06-08"),
        ("It was shut on 3, 4 and 9 April.", "2024-04-03 2024-04-04 2024-04-09"),
        ("It rained from March to May 2023.", "2023-03 2023-05"),
        ("It rained from 28 April to 3 May 2019.", "2019-04-28 2019-05-03"),
        ("It was closed between 3 and 7 March.", "2024-03-03 2024-03-07"),
        ("The strike of May 6-8, 2019 was long.", "P3D"),
        ("It ran from December 28 to January 4, 2020.", "2019-12-28 2020-01-04"),
    ],
)
def test_every_day_of_a_list_or_range_has_the_month_that_is_named(text: str, expected: str) -> None:
    assert values(text) == expected


def test_a_range_with_a_hyphen_covers_its_days() -> None:
    document = split_sentences(Document("The strike of 6–8 May 2019 was long."))
    (found,) = find_times(document).times
    assert (found.type, found.edtf) == ("DURATION", "2019-05-06/2019-05-08")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The last week in April was dry.", "2024-W17"),
        ("The first week of June 2019 was wet.", "2019-W23"),
        ("It is planned for the week of 3 June.", "2024-W23"),
        ("They vote on the first Tuesday of November 2024.", "2024-11-05"),
        ("It was on the last Friday in March.", "2024-03-29"),
        ("They met on the second weekend of March.", "2024-W10-WE"),
    ],
)
def test_a_week_of_a_month_lies_in_that_month(text: str, expected: str) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "reference", "expected"),
    [
        ("The board meets again this Friday.", "2024-05-13", "2024-05-17"),
        ("They met this Monday.", "2024-05-15", "2024-05-13"),
        ("They will meet next Friday.", "2024-05-13", "2024-05-17"),
        ("They met last Friday.", "2024-05-13", "2024-05-10"),
        # The day before would be "yesterday".
        ("They met last Friday.", "2024-05-11", "2024-05-03"),
        ("The march of Sat. May 11 is called off.", "2024-05-09", "2024-05-11"),
        ("It opens Tue., June 4.", "2024-05-09", "2024-06-04"),
        ("They met on Friday 15 December.", "2024-05-15", "2023-12-15"),
    ],
)
def test_a_weekday_with_more_said_about_it(text: str, reference: str, expected: str) -> None:
    assert values(text, reference) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was filed on 19-Nov-12 and 12-Dec-2014.", "2012-11-19 2014-12-12"),
        ("The log of 03/Jan/1998 is lost.", "1998-01-03"),
        ("It was signed on 3.5.2023 and 06.05.23.", "2023-05-03 2023-05-06"),
        ("They came on 5/4/2023 and left on 13/4/2023.", "2023-04-05 2023-04-13"),
        ("They came on 4/13/2023 and left on 5/4/2023.", "2023-04-13 2023-05-04"),
        ("They came on 13/4 and 5/4.", "2024-04-13 2024-04-05"),
        ("It ran until 2011-03-09.", "2011-03-09"),
    ],
)
def test_dates_in_digits(text: str, expected: str) -> None:
    assert values(text) == expected


def test_an_order_of_day_and_month_that_nothing_settles_is_marked_as_uncertain() -> None:
    document = split_sentences(Document("They came on 5/4/2023.", reference_date=TODAY))
    (found,) = find_times(document).times
    assert found.edtf == "2023-05-04?"
    assert interval(found.edtf).qualified


@pytest.mark.parametrize(
    "text",
    [
        "April Smith and August Wilson came along.",
        "Theresa May spoke. She may resign.",
        "The march went on, and June Carter sang.",
        "Mr. March left.",
        "It happened on Feb 29, 2015, they claim.",
        "It is at 13190 SW 68th Parkway, Suite 2024.",
        "It costs 1.76 a year and runs on Windows 2000.",
        "About 1990 people brought 2000 cars.",
        "They work 24/7 for 3/4 of the pay.",
        "The five-year-old won 21-14.",
        "Version 1.2.10 came out.",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert times(text) == []


def test_a_name_that_the_analysis_knows_is_no_month() -> None:
    text = "In May the vote was lost."
    name = Document(text, sentences=((0, len(text)),), mentions=(Mention(3, 6, "May", "PER"),))
    assert find_times(name).times == ()
    assert [time.value for time in find_times(Document(text, sentences=((0, len(text)),))).times]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was built a century ago.", "1924"),
        ("It was built two centuries ago.", "1824"),
        ("It burned half a century ago.", "1974"),
        ("It closed a dozen years ago.", "2012"),
        ("It closed eighteen months ago.", "2022-11"),
        ("It closed 1.5 years ago.", "2022-11"),
        ("It stood for sixty-two years.", "P62Y"),
        ("They meet every three months.", "P3M"),
        ("The five-year plan failed.", "P5Y"),
        ("It took two and a half hours.", "PT2H30M"),
        ("It opens this September.", "2024-09"),
        ("It lasted for 18 months, twice as long as the six weeks of before.", "P18M P6W"),
    ],
)
def test_fractions_and_amounts(text: str, expected: str) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met at noon Thursday.", "2024-05-09T12:00"),
        ("They met on Tuesday at 10:15.", "2024-05-14 2024-05-14T10:15"),
        ("It fell at 3.30 p.m. yesterday.", "2024-05-14T15:30"),
        ("It began on May 3, 2021 at 14:05 UTC.", "2021-05-03 2021-05-03T14:05Z"),
        ("It began at 14:00 UTC+2.", "2024-05-15T14:00+02:00"),
        ("It rained on Monday morning.", "2024-05-13TMO"),
    ],
)
def test_a_time_of_day_has_the_day_beside_it(text: str, expected: str) -> None:
    assert values(text) == expected


def test_a_narrative_counts_from_the_dates_that_it_tells_of() -> None:
    text = "The town fell on 3 May 1940. Two days later it burned, and on May 10 it was empty."
    assert [value for _, value in times(text, None)] == ["1940-05-03", "1940-05-05", "1940-05-10"]
    assert [value for _, value in times(text, TODAY, "narrative")] == [
        "1940-05-03", "1940-05-05", "1940-05-10",
    ]  # fmt: skip
    assert times(text, TODAY)[-1] == ("May 10", "2024-05-10")


def test_what_is_counted_from_a_vague_date_is_no_more_exact() -> None:
    assert times("They met on Monday.", "2024-05") == [("Monday", "XXXX-WXX-1")]
    assert times("It closed last year.", "2024-05") == [("last year", "2023")]
    document = split_sentences(Document("They met yesterday.", reference_date="2024-05-15~"))
    assert [time.edtf for time in find_times(document).times] == ["2024-05-14~"]


def test_what_happened_after_its_article_is_marked_as_uncertain() -> None:
    told = "Anna Weber met Paul Klein in Rome on 3 June 2024. Nobody noticed the error."
    (event, *_) = analyse(Article("x", "", told, date=TODAY), DEFAULT).events
    assert (event.status, event.when) == ("happened", "2024-06-03?")


@pytest.mark.parametrize(
    "text", ["two weekſ ago", "the firſt of May", "in Marﬁch 2K24", "٣ days ago"]
)
def test_letters_that_only_look_like_english(text: str) -> None:
    assert_sound(text, times_of(text))


# What holds for any text

_TIMEX3 = re.compile(
    r"(?:PAST|PRESENT|FUTURE)_REF"
    r"|P(?:T?(?:\d+(?:\.\d+)?|X)(?:WE|[DHMSWY])(?:\d+[MS])?)"
    r"|(?:BC\d{2,4}|\d{2,4}|XXXX)"
    r"(?:-(?:Q[1-4X]|H[12]|SP|SU|FA|WI|W\d\d(?:-WE)?|WXX-(?:\d|WE)|(?:\d\d|XX)(?:-(?:\d\d|XX))?))?"
    r"(?:T(?:MO|AF|EV|NI|\d\d:\d\d(?:Z|[+-]\d\d:\d\d)?))?"
)
_WORDS = st.sampled_from(
    "the a of in on at by from to until between and or last next this early mid late about nearly"
    " Monday Tuesday Sat. May March April 3 6, 7 12 24 30 31 1990 2024 2024, 13/4/2024 5/4 3.5.2024"
    " 2024-05-06 19-Nov-12 week weeks month year years day decade century quarter third first half"
    " two sixty-two dozen ago later earlier every daily now recently future spring winter Christmas"
    " Easter noon 5 p.m. 10:15 UTC morning tonight yesterday said will would met . , - – ’s weekend"
    " 99999 0 000 nineteen ninety-one BC AD 44 century’s Q3 fiscal the year-ago period".split()
)
_REFERENCES = st.one_of(
    st.none(), st.dates().map(date.isoformat), st.sampled_from(["2024-05", "2024", "2024-05-15~"])
)


def assert_sound(text: str, found: tuple[TimeExpression, ...]) -> None:
    end = 0
    for time in found:
        assert end <= time.start < time.end <= len(text)
        assert text[time.start : time.end] == time.text == time.text.strip()
        assert _TIMEX3.fullmatch(time.value), time
        assert time.edtf is None or valid(time.edtf)
        end = time.end


@example("last century", "0100-01-01")
@given(st.lists(_WORDS, max_size=30).map(" ".join), _REFERENCES)
def test_words_of_time_in_any_order(text: str, reference: str | None) -> None:
    document = split_sentences(Document(text, reference_date=reference))
    assert_sound(text, find_times(document).times)


@given(st.text(max_size=200), _REFERENCES)
def test_any_text(text: str, reference: str | None) -> None:
    document = split_sentences(Document(text, reference_date=reference))
    assert_sound(text, find_times(document).times)
