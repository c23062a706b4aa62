"""What is typed to find something, and what narrows the list."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from building import SEEDS, OpenLibrary, write
from hypothesis import given
from hypothesis import strategies as st
from keeping import HARRIS, keep

from tui.search import queries as finding
from tui.search.filters import SORTS, Filter, date_range
from tui.times.edtf import valid


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
    pattern = finding.page_pattern(words)
    assert pattern is not None
    match = pattern.search(text)
    assert match is not None
    assert match.group() == found


TYPED = st.text(st.sampled_from('aE "-*(.é日') | st.characters(), max_size=30)


@given(TYPED)
def test_whatever_is_typed_is_found_on_a_page_that_has_it(words: str) -> None:
    pattern = finding.page_pattern(words)
    if not words.strip():
        assert pattern is None
        return
    assert pattern is not None
    assert pattern.fullmatch(words.strip())


@given(TYPED, st.booleans())
def test_what_a_query_asks_for_is_what_is_marked(words: str, unfinished: bool) -> None:
    pattern = finding.library_pattern(words, unfinished)
    wanted = [tokens for excluded, tokens, _ in finding.parts(words) if not excluded]
    assert (pattern is None) == (not wanted) == (finding.fts_query(words, unfinished) == "")
    if pattern is not None:
        assert all(pattern.fullmatch(" ".join(tokens)) for tokens in wanted)


def test_the_library_as_one_types(open_library: OpenLibrary) -> None:
    library = open_library(SEEDS)
    searcher = library.articles.searcher()
    hits, count = searcher.search("abst", 50)
    assert count == len(hits) >= 3
    for hit in hits:
        article = library.articles.get(hit.row_id)
        assert article is not None
        assert article.text[hit.start : hit.end].lower().startswith("abst")
        assert "\x02" in hit.snippet
    assert searcher.search("abst ", 50) == ([], 0)
    assert searcher.search('"security council"', 50)[1] == 3
    assert searcher.search('"security council" -guterres', 50)[1] == 2
    searcher.close()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        *((blank, []) for blank in ("", " ", '"', "-", "-a", "*", '("')),
        ("NEAR(", ["near.txt"]),
        ("title:x", ["title.txt"]),
        ("a\x00b", ["letters.txt"]),
        ("letter*", ["letters.txt"]),
    ],
)
def test_what_has_a_meaning_in_a_query_language_has_none_here(
    open_library: OpenLibrary, tmp_path: Path, words: str, found: list[str]
) -> None:
    library = open_library(
        write(
            tmp_path,
            near="It stood near Rome.",
            title="Its title x was new.",
            letters="The letters a b c stood there.",
        )
    )
    searcher = library.articles.searcher()
    assert [hit.source for hit in searcher.search(words, 5)[0]] == found
    searcher.close()


def test_a_search_under_way_is_ended(
    open_library: OpenLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = open_library(write(tmp_path, **{f"n{i}": f"word{i} again" for i in range(50)}))
    opened: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def noted(*args: Any, **options: Any) -> sqlite3.Connection:
        opened.append(connect(*args, **options))
        return opened[-1]

    monkeypatch.setattr(sqlite3, "connect", noted)
    searcher = library.articles.searcher()
    assert searcher.search("again", 50)[1] == 50
    # SQLite calls this at each step of the search, which no thread would hit so surely.
    opened[-1].set_progress_handler(lambda: searcher.interrupt() or 0, 1)  # type: ignore[func-returns-value]
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


def test_the_first_week_of_all_is_a_week() -> None:
    assert date_range("week 0001-01-01") == "0001-01-01/0001-01-07"


@pytest.mark.parametrize(
    ("written", "first"),
    [("week 9999-12-31", 0), ("week 9999-12-31", 6), ("week 0001-01-01", 6), ("..", 0), ("week x", 0)],
)  # fmt: skip
def test_a_week_beyond_the_ends_of_time_is_no_date(written: str, first: int) -> None:
    with pytest.raises(ValueError):
        date_range(written, first)


def test_months_and_days_of_one_digit() -> None:
    assert date_range("2024-3-5..2024-4") == "2024-03-05/2024-04"


@given(st.dates(), st.dates())
def test_two_days_are_a_range(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert date_range(f" {first}..{last}") == f"{first}/{last}"


@given(st.dates(date(1, 1, 8), date(9999, 12, 24)), st.integers(0, 6))
def test_a_week_is_seven_days_with_the_day_in_it(day: date, week_start: int) -> None:
    first, last = map(date.fromisoformat, date_range(f"week {day}", week_start).split("/"))
    assert first <= day <= last
    assert (first.weekday(), (last - first).days) == (week_start, 6)


@given(st.lists(st.sampled_from(["2024", "-0", "3", "-31", "..", "/", " ", "~", "X"])).map("".join))
def test_only_what_is_a_date_is_taken(written: str) -> None:
    try:
        found = date_range(written)
    except ValueError:
        return
    assert valid(found)


def test_each_filter_and_all_together(open_library: OpenLibrary) -> None:
    library = open_library(SEEDS)
    every = list(library.listed(Filter()))
    keep(library, HARRIS, "Her appeal shows")
    (kept,) = library.listed(Filter(bookmarked=True))
    article = library.articles.get(kept)
    assert article is not None
    assert article.source == HARRIS
    library.articles.mark_read(list(library.articles.hashes(every[:2]).values()))
    assert list(library.listed(Filter(unread=True))) == every[2:]
    day_to_edtf = list(library.listed(Filter(dates="2024-03-25")))
    assert kept in day_to_edtf
    assert len(day_to_edtf) == 2
    assert list(library.listed(Filter(title="kam har"))) == [kept]
    (ident, name, count, _), *_ = library.entities.like("harris")
    assert name == "Kamala Harris"
    naming = list(library.listed(Filter(entity=ident)))
    assert len(naming) == count < 5
    together = Filter(True, True, ident, name, "2024-03", "Harris")
    assert kept not in every[:2]
    assert list(library.listed(together)) == [kept]
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
    titles = [library.articles.rows([key])[key].title.lower() for key in orders["title"]]
    assert titles == sorted(titles)
    counts = [library.articles.rows([key])[key].events for key in orders["events"]]
    assert counts == sorted(counts, reverse=True)
    assert orders["oldest"][0] == orders["newest"][-1]


@given(st.recursive(st.none() | st.booleans() | st.text(max_size=5) | st.integers(),
                    lambda inner: st.dictionaries(st.sampled_from(
                        ["unread", "dates", "title", "entity", "x"]), inner), max_leaves=6))  # fmt: skip
def test_a_stored_filter_may_be_anything(data: object) -> None:
    found, empty = Filter.from_json(data).to_json(), Filter().to_json()
    stored = data if isinstance(data, dict) else {}
    for name, value in found.items():
        assert value in (empty[name], stored.get(name))
        assert type(value) is type(empty[name])
    assert not found["dates"] or valid(found["dates"])


@given(
    st.builds(
        Filter,
        unread=st.booleans(),
        bookmarked=st.booleans(),
        entity=st.text(max_size=5),
        entity_name=st.text(max_size=5),
        dates=st.sampled_from(["", "2024", "2024-03-25~", "2024-03/2024-05", "../2020"]),
        title=st.text(max_size=5),
    )
)
def test_a_filter_is_stored_and_read_again(given: Filter) -> None:
    assert Filter.from_json(json.loads(json.dumps(given.to_json()))) == given
