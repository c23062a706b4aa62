"""Reading: the untidiness that articles come with, in every format."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.articles import titles
from tui.articles.cleaning import clean
from tui.articles.decoding import NotText, decode
from tui.articles.formats.registry import raw_text, read_file
from tui.articles.model import Article, Problem
from tui.safe_text import safe
from tui.times.written_dates import NoSuchDate, stated

LEAD = (
    "Amid rising floods in the north, Governor Anna Weber has ordered the evacuation of Lindau,"
    " highlighting how fast the river rose. The order came at night."
)


def read(path: Path) -> tuple[list[Article], list[Problem]]:
    """The articles and the problems of a file."""
    found = list(read_file(str(path), path.name))
    return (
        [item for item in found if isinstance(item, Article)],
        [item for item in found if isinstance(item, Problem)],
    )


def test_the_five_real_articles(shared_seeds: Path) -> None:
    articles = {p.name[:3]: read(p)[0][0] for p in sorted(shared_seeds.glob("*.txt"))}
    assert {k: a.date for k, a in articles.items()} == {
        "000": "2024-03-25",
        "001": None,
        "002": "2024-03-31",
        "003": "2024-03-18",
        "004": "2024-03-20",
    }
    assert all("dvertis" not in a.text for a in articles.values())
    assert all(not a.text.startswith(("date", " ")) for a in articles.values())
    headings = [articles["000"].text[at:].split("\n")[0] for at in articles["000"].headings]
    assert headings == ["Diverging Paths", "Strained Relations", "Looking Ahead"]
    assert articles["000"].title.startswith("Kamala Harris called for Israel")
    assert articles["001"].title.startswith("A break in US and Israel relations")
    assert not any(a.title.startswith(("Amid", "In a")) for a in articles.values())
    assert all(len(a.title) <= 110 for a in articles.values())


def test_a_title_is_made_from_the_lead() -> None:
    assert titles.from_lead(LEAD) == "Anna Weber ordered the evacuation of Lindau"


def test_a_title_that_stands_there_is_taken() -> None:
    cleaned = clean("River rises in Lindau\n\n" + LEAD)
    assert cleaned.title == "River rises in Lindau"
    assert cleaned.text == LEAD


@pytest.mark.parametrize(
    ("opening", "date"),
    [
        (" date 2024-03-25 ", "2024-03-25"),
        ("2024-03-25\n\n", "2024-03-25"),
        ("Published: March 5, 2024\n\n", "2024-03-05"),
        ("Updated on 5 March 2024, 14:05 GMT\n\n", "2024-03-05"),
        ("A title line\n\nBy Jo Doe, 5 March 2024\n\n", "2024-03-05"),
        ("", None),
    ],
)
def test_a_stated_date(opening: str, date: str | None) -> None:
    cleaned = clean(opening + LEAD + "\n\nAnother paragraph stands here, and it ends.")
    assert cleaned.date == date
    assert cleaned.text.startswith("Amid rising floods")


def test_a_date_that_does_not_exist_is_said_and_not_guessed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f" date 2024-02-31 {LEAD}")
    articles, problems = read(path)
    assert articles[0].date is None
    assert articles[0].date_origin == "unknown"
    assert "2024-02-31" in problems[0].what


def test_wrapped_lines_are_one_paragraph() -> None:
    wrapped = (
        "The river rose by two metres in a single night, and the\n"
        "people of Lindau were told to leave their houses before\n"
        "the bridges closed, which most of them did in good order."
    )
    assert clean(wrapped, find_title=False).text == wrapped.replace("\n", " ")


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024-03-25T10:00:00Z", "2024-03-25"),
        ("Mon, 25 Mar 2024 10:00:00 GMT", "2024-03-25"),
        ("March 25, 2024", "2024-03-25"),
        ("25th of March 2024", "2024-03-25"),
        ("2024-03", "2024-03"),
        ("2024", "2024"),
        ("25 mars 2024", "2024-03-25"),
        ("soon", None),
    ],
)
def test_dates_of_metadata(written: str, date: str | None) -> None:
    assert stated(written) == date


def test_dates_of_metadata_that_do_not_exist() -> None:
    with pytest.raises(NoSuchDate):
        stated("2024-02-31")


def test_markdown_with_front_matter(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "---\ntitle: 'Floods: the [night]'\ndate: 2024-03-25\nurl: https://example.org/a\n---\n"
        f"## What happened\n\n{LEAD} [More](https://example.org) *here*.\n\n- one\n- two\n"
    )
    (article,), problems = read(path)
    assert not problems
    assert article.title == "Floods: the [night]"
    assert (article.date, article.date_origin) == ("2024-03-25", "metadata")
    assert article.url == "https://example.org/a"
    assert article.text.startswith("What happened\n\nAmid")
    assert "More here." in article.text
    assert article.headings == (0,)


def test_markdown_whose_front_matter_is_broken_is_read_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"---\ntitle: [unclosed\n---\n{LEAD}\n")
    (article,), problems = read(path)
    assert LEAD[:40] in article.text
    assert "front matter" in problems[0].what


def test_jsonl_names_a_broken_line_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"title": "One", "date": "2024-03-25", "text": "Something happened there."}\n'
        "{broken\n"
        '{"title": "No text"}\n'
        '[1]\n\n{"text": "Only a text, and no title at all."}\n'
    )
    articles, problems = read(path)
    assert [(a.title, a.record) for a in articles] == [
        ("One", 1),
        ("Only a text, and no title at all", 6),
    ]
    assert [(p.place, p.severity) for p in problems] == [
        ("a.jsonl:2", "error"),
        ("a.jsonl:3", "error"),
        ("a.jsonl:4", "error"),
    ]


@pytest.mark.parametrize(
    ("data", "word"),
    [(b"", "empty"), (b" \n\n ", "empty"), (b"\x00\x01\x02PNG", "binary"), (b"\x89PNG\x00", "binary")],
)  # fmt: skip
def test_what_is_no_article_is_named(tmp_path: Path, data: bytes, word: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    articles, problems = read(path)
    assert not articles
    assert word in problems[0].what


def test_a_file_that_vanishes_is_named(tmp_path: Path) -> None:
    articles, problems = read(tmp_path / "gone.txt")
    assert not articles
    assert "vanished" in problems[0].what


def test_latin_1_and_broken_utf_8() -> None:
    assert decode("Zürich café".encode("latin-1")) == (
        "Zürich café",
        "not UTF-8: read as Windows-1252",
    )
    text, warning = decode("Zürich – café ".encode() * 3 + b"\xff\xfe bad")
    assert text.startswith("Zürich")
    assert "\ufffd" in text
    assert warning
    assert decode("\ufeffZürich".encode("utf-16"))[0].endswith("Zürich")
    with pytest.raises(NotText):
        decode(b"ab\x00cd")


def test_escape_sequences_are_shown_not_obeyed() -> None:
    assert safe("a\x1b[31mred\x07\x9b1m") == "a␛[31mred␇\ufffd1m"
    assert safe("x\u202eevil\u2066y") == "xevily"


_PIECES = st.sampled_from(
    ["\n", "\n\n", " ", "\t", "\x1b[31m", "\u202e", "A Heading", "Words of a sentence that ends. ",
     "Advertisement", "* * *", "Read more:", "\r\n", "\xa0", "&amp;", "## x", "- one"]
)  # fmt: skip


@given(st.lists(_PIECES | st.text(max_size=8), max_size=40).map("".join))
def test_any_text_becomes_safe_and_cleaning_is_stable(text: str) -> None:
    made = safe(text)
    assert not any(char < " " and char != "\n" for char in made)
    assert not any(0x7F <= ord(char) < 0xA0 for char in made)
    cleaned = clean(made, find_title=False, find_date=False)
    again = clean(cleaned.text, find_title=False, find_date=False)
    assert again.text == cleaned.text
    assert all(0 <= at < len(cleaned.text) for at in cleaned.headings)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_named(data: bytes) -> None:
    import tempfile

    with tempfile.NamedTemporaryFile(suffix=".txt") as file:
        Path(file.name).write_bytes(data)
        assert list(read_file(file.name, "a.txt"))


def test_raw_text_is_safe_too(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"one\x1b[2J\n\n  two")
    assert raw_text(str(path)) == "one␛[2J\n\n  two"
