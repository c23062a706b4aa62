"""What is typed to find something, and what narrows the list."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from building import SEEDS, OpenLibrary, write
from hypothesis import given, settings
from hypothesis import strategies as st
from keeping import HARRIS, keep

from tui import finding
from tui.filters import SORTS, Filter, date_range


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("gaza strip", "the Gaza\nStrip", "Gaza\nStrip"),
        ("Gaza", "gaza Gaza", "Gaza"),
        ("gaza", "GAZA", "GAZA"),
        ("cafe", "Café", "Café"),
        ("it's", "it\u2019s", "it\u2019s"),
        ("(a.b)*", "x (a.b)* y", "(a.b)*"),
        ("日本", "今日の日本語", "日本"),
    ],
)
def test_on_the_page(words: str, text: str, found: str) -> None:
    pattern = finding.on_page(words)
    assert pattern is not None
    match = pattern.search(text)
    assert match is not None
    assert match.group() == found


@given(st.text(max_size=30), st.text(max_size=200))
def test_whatever_is_typed_is_a_pattern(words: str, text: str) -> None:
    for pattern in (finding.on_page(words), finding.in_library(words, unfinished=True)):
        if pattern is not None:
            assert pattern.search(text) is None or pattern.search(text)
    if words.strip() and (pattern := finding.on_page(words)):
        assert pattern.search(f"x {words} y")


def test_the_library_as_one_types(open_library: OpenLibrary) -> None:
    library = open_library(SEEDS)
    searcher = library.searcher()
    hits, count = searcher.search("abst", 50)
    assert count == len(hits) >= 3
    for hit in hits:
        article = library.article(hit.key)
        assert article is not None
        assert article.text[hit.start : hit.end].lower().startswith("abst")
        assert "\x02" in hit.snippet
    assert searcher.search("abst ", 50) == ([], 0)
    assert searcher.search('"security council" -harris', 50)[1] >= 1
    for words in ("", " ", '"', "-", "-a", "*", "a*", '("', "NEAR(", "title:x", "a\x00b"):
        searcher.search(words, 5)
    searcher.close()


def test_a_search_under_way_is_ended(open_library: OpenLibrary, tmp_path: Path) -> None:
    library = open_library(write(tmp_path, **{f"n{i}": f"word{i} again" for i in range(50)}))
    searcher = library.searcher()
    searcher._connection.set_progress_handler(lambda: searcher.interrupt() or 0, 1)  # type: ignore[func-returns-value]
    with pytest.raises(sqlite3.OperationalError):
        searcher.search("again", 50)
    searcher.close()


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("2024", "2024"),
        ("2024-03", "2024-03"),
        (" 2024-03-25 ", "2024-03-25"),
        ("2024-03..2024-05", "2024-03/2024-05"),
        ("2024-03-20..", "2024-03-20/.."),
        ("..2024", "../2024"),
        ("week 2024-03-27", "2024-03-25/2024-03-31"),
    ],
)
def test_ranges_of_dates(written: str, edtf: str) -> None:
    assert date_range(written) == edtf


def test_where_a_week_begins() -> None:
    assert date_range("week 2024-03-27", 6) == "2024-03-24/2024-03-30"


@pytest.mark.parametrize("written", ["week 9999-12-31", "week 0001-01-01", "..", "week x"])
def test_the_ends_of_time_are_no_crash(written: str) -> None:
    for first in (0, 6):
        try:
            date_range(written, first)
        except ValueError:
            continue


def test_months_and_days_of_one_digit() -> None:
    assert date_range("2024-3-5..2024-4") == "2024-03-05/2024-04"


@given(st.text(max_size=20))
def test_what_is_no_date_is_said(written: str) -> None:
    try:
        date_range(written)
    except ValueError:
        return


def test_each_filter_and_all_together(open_library: OpenLibrary) -> None:
    library = open_library(SEEDS)
    every = list(library.listed(Filter()))
    keep(library, HARRIS, "Her appeal shows")
    (kept,) = library.listed(Filter(bookmarked=True))
    article = library.article(kept)
    assert article is not None
    assert article.source == HARRIS
    library.mark_read(library.ids(every[:2]))
    assert list(library.listed(Filter(unread=True))) == every[2:]
    of_day = list(library.listed(Filter(dates="2024-03-25")))
    assert kept in of_day
    assert len(of_day) == 2
    assert list(library.listed(Filter(title="kam har"))) == [kept]
    (ident, name, count, _), *_ = library.entities_like("harris")
    assert name == "Kamala Harris"
    naming = list(library.listed(Filter(entity=ident)))
    assert len(naming) == count < 5
    together = Filter(True, True, ident, name, "2024-03", "Harris")
    assert list(library.listed(together)) == ([kept] if kept not in every[:2] else [])
    assert [part for part, _ in together.chips()] == [
        "unread", "bookmarked", "entity", "dates", "title",
    ]  # fmt: skip
    left = together
    for part, _ in together.chips():
        left = left.without(part)
    assert left.empty


def test_each_order_has_them_all(open_library: OpenLibrary) -> None:
    library = open_library(SEEDS)
    orders = {sort: list(library.listed(Filter(), sort)) for sort in SORTS}
    assert len({tuple(sorted(order)) for order in orders.values()}) == 1
    titles = [library.rows([key])[key].title.lower() for key in orders["title"]]
    assert titles == sorted(titles)
    counts = [library.rows([key])[key].events for key in orders["events"]]
    assert counts == sorted(counts, reverse=True)
    assert orders["oldest"][0] == orders["newest"][-1]


@settings(max_examples=50)
@given(st.recursive(st.none() | st.booleans() | st.text(max_size=5) | st.integers(),
                    lambda inner: st.dictionaries(st.sampled_from(
                        ["unread", "dates", "title", "entity", "x"]), inner), max_leaves=6))  # fmt: skip
def test_a_stored_filter_may_be_anything(data: object) -> None:
    assert isinstance(Filter.from_json(data), Filter)
    assert Filter.from_json(Filter(unread=True, dates="2024").to_json()).unread
