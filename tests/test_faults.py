"""What people feed a library: one bad thing must harm nothing else."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from building import ROOT, SEEDS, OpenLibrary, bring_up_to_date, keys_by_source, write

from tui.articles.cleaning import clean
from tui.articles.model import Article
from tui.folders import absolute, cache_of
from tui.indexing.pipeline import analyse
from tui.library import Library
from tui.storage.notebook_access import NotRead, NotWritten
from tui.times.written_dates import stated

GOOD = " date 2024-03-25 Anna Weber visited Rome."


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jsonl", b'{"text": "Anna visited Rome.", "n": ' + b"9" * 5000 + b"}"),
        ("a.jsonl", b'{"text": "Anna visited Rome.", "url": "http://x/\\ud800"}'),
        ("a.jsonl", b'{"text": "Anna visited Rome.", "date": ["2024-03-25"], "title": ["a", "b"]}'),
        ("a.md", b"+++\nx = " + b"[" * 30000 + b"\n+++\nAnna visited Rome."),
        ("a.md", b"+++\nx = " + b"9" * 5000 + b"\n+++\nAnna visited Rome."),
        ("a.md", b"---\ntitle: [a, b]\ndate: [2024-03-25]\n---\nAnna visited Rome."),
        ("a.md", '---\nurl: "http://x/\\e]0;pwn\\a"\ndate: ٢٠٢٤-٠٣\n---\nRome &#8238;fell.'.encode()),
        ("a.txt", b" date 9999-12-31 He left 3,000 years ago and returns tomorrow, in June."),
        ("a.txt", b" date 0999-01-01 Anna visited Rome in June, in 10,000 years, last week."),
    ],
)  # fmt: skip
def test_one_bad_file_leaves_the_others(
    tmp_path: Path, open_library: OpenLibrary, name: str, data: bytes
) -> None:
    write(tmp_path, good=GOOD)
    (tmp_path / name).write_bytes(data)
    library = open_library(tmp_path)
    status = library.articles.status()
    assert status.articles == status.analysed >= 1
    assert library.articles.search("Weber")
    for key in library.articles.order():
        article = library.articles.get(key)
        assert article is not None
        shown = f"{article.title}{article.text}{article.url}"
        assert not any(ord(c) < 32 and c != "\n" for c in shown)
        assert "\u202e" not in shown


@pytest.mark.skipif(sys.platform != "linux", reason="names there are not bytes")
def test_a_file_name_that_is_no_utf_8(tmp_path: Path, open_library: OpenLibrary) -> None:
    write(tmp_path, good=GOOD)
    with open(os.fsencode(tmp_path) + b"/caf\xe9\x1b[31m.txt", "w") as file:  # noqa: PTH123
        file.write("Tom Okafor visited Lima.")
    library = open_library(tmp_path)
    assert len(library.articles.order()) == 2
    (hit,) = library.articles.search("Lima")
    assert hit.source == "caf\ufffd␛[31m.txt"
    assert library.articles.raw_text(hit.row_id) == "Tom Okafor visited Lima."
    assert "catalogue" not in bring_up_to_date([tmp_path])


def test_sources_that_lie_in_each_other(tmp_path: Path, open_library: OpenLibrary) -> None:
    write(tmp_path, good=GOOD)
    write(tmp_path / "sub", other="Tom Okafor visited Lima.")
    library = open_library(tmp_path, tmp_path / "good.txt", tmp_path / "sub")
    assert len(library.articles.order()) == 2
    assert not library.articles.problems()


def test_renamed_and_then_edited(tmp_path: Path, open_library: OpenLibrary) -> None:
    write(tmp_path, a=GOOD)
    library = open_library(tmp_path)
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    bring_up_to_date([tmp_path])
    (tmp_path / "b.txt").write_text(GOOD.replace("Rome", "Oslo"))
    bring_up_to_date([tmp_path])
    library.refresh()
    assert list(keys_by_source(library)) == ["b.txt"]
    rows = [row for row in library.timeline.index().rows if row > 0]
    assert len(rows) == 1
    assert set(library.timeline.rows(rows)) == set(rows)


def test_a_corrected_headline_is_taken(tmp_path: Path, open_library: OpenLibrary) -> None:
    body = "\n\nAnna Weber visited Rome, and she stayed there for a week or so."
    write(tmp_path, a="Weber in Rme" + body)
    library = open_library(tmp_path)
    write(tmp_path, a="Weber in Rome" + body)
    bring_up_to_date([tmp_path])
    library.refresh()
    (row,) = library.articles.rows(list(library.articles.order())).values()
    assert row.title == "Weber in Rome"
    assert not library.articles.search("Rme")


def test_a_half_written_jsonl_loses_nothing(tmp_path: Path, open_library: OpenLibrary) -> None:
    file = tmp_path / "a.jsonl"
    told = ("A ferry sank in Lake Garda", "Judges convicted a banker", "Farmers found saffron")
    lines = [f'{{"text": "{what}."}}\n' for what in told]
    file.write_text("".join(lines))
    library = open_library(tmp_path)
    file.write_text("".join(lines)[:45])
    bring_up_to_date([tmp_path])
    library.refresh()
    assert len(library.articles.order()) == 3
    file.write_text("".join(lines[:2]))
    bring_up_to_date([tmp_path])
    library.refresh()
    assert len(library.articles.order()) == 2
    rows = [row for row in library.timeline.index().rows if row > 0]
    assert len(library.timeline.rows(rows)) == len(rows) == 2


def test_a_problem_goes_with_its_file(tmp_path: Path, open_library: OpenLibrary) -> None:
    write(tmp_path, good=GOOD, empty="")
    library = open_library(tmp_path)
    assert library.articles.problems()
    (tmp_path / "empty.txt").unlink()
    bring_up_to_date([tmp_path])
    library.refresh()
    assert not library.articles.problems()


def test_what_could_not_be_read_is_tried_again(
    tmp_path: Path, open_library: OpenLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, a=GOOD)
    real = os.open

    def refuse(path: str, *rest: int) -> int:
        if str(path).endswith("a.txt"):
            raise PermissionError(13, "Permission denied")
        return real(path, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        library = open_library(tmp_path)
        assert "Permission denied" in library.articles.problems()[0].what
    bring_up_to_date([tmp_path])
    library.refresh()
    assert len(library.articles.order()) == 1
    assert not library.articles.problems()


def test_an_edited_undated_article_is_dated_again(
    tmp_path: Path, shared_seeds: Path, open_library: OpenLibrary
) -> None:
    for path in shared_seeds.glob("*.txt"):
        (tmp_path / path.name[:3]).with_suffix(".txt").write_bytes(path.read_bytes())
    library = open_library(tmp_path)
    text = (tmp_path / "001.txt").read_text(encoding="utf-8")
    (tmp_path / "001.txt").write_text(text + " And so on.", encoding="utf-8")
    bring_up_to_date([tmp_path])
    library.refresh()
    article = library.articles.get(keys_by_source(library)["001.txt"])
    assert article is not None
    assert article.date == "2024-03-25~"


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("March 2024", "2024-03"),
        ("25 March", None),
        ("2024-W12", "2024-03-18/2024-03-24"),
        ("٢٠٢٤", None),
    ],
)
def test_a_date_takes_nothing_from_today(written: str, date: str | None) -> None:
    assert stated(written) == date


def test_many_first_searches_at_once(tmp_path: Path) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "tui", "search", "Rafah", str(SEEDS)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(6)
    ]
    for process in processes:
        _, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
    assert not list(cache_of(absolute([SEEDS])).parent.glob("*.damaged-*"))


def test_a_notebook_that_is_locked_ends_nothing(tmp_path: Path, home: Path) -> None:
    write(tmp_path, a=GOOD)
    bring_up_to_date([tmp_path])
    library = Library([tmp_path])
    (key,) = library.articles.order()
    row = library.articles.rows([key])[key]
    other = sqlite3.connect(home / "data" / "dateline" / "notebook.sqlite")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(NotWritten):
        library.articles.mark_read([row.id])
    other.rollback()
    assert library.articles.mark_read([row.id]) == [row.id]
    library.close()


@pytest.mark.parametrize(
    "text",
    [
        "A" * 200_000,
        "A-" * 100_000,
        "A " * 40_000,
        "Joe Biden met Kamala Harris in Rafah and " * 4_000,
        "The U.S., the old ally, " * 5_000,
        "* * *\n" * 20_000,
        "\n" * 200_000 + "x",
        "“" * 50_000,
        "12." * 50_000,
        "in " * 60_000,
        "Monday " * 20_000,
        "x" * 1_000_000,
    ],
    ids=lambda text: f"{text[:12]!r}",
)
def test_no_text_takes_more_than_its_length(text: str) -> None:
    """Anything worse than linear would not end here."""
    cleaned = clean(text)
    analyse(Article("x", "", cleaned.text, date="2024-03-25", headings=cleaned.headings))


@contextmanager
def without_table(home: Path, table: str) -> Iterator[None]:
    """A notebook in which a table cannot be read."""
    other = sqlite3.connect(home / "data" / "dateline" / "notebook.sqlite")
    other.execute(f"ALTER TABLE {table} RENAME TO hidden")
    try:
        yield
    finally:
        other.execute(f"ALTER TABLE hidden RENAME TO {table}")
        other.close()


def test_what_cannot_be_read_is_not_overwritten(tmp_path: Path, home: Path) -> None:
    write(tmp_path, a="Talks\n\n1 March 2024\n\nAngela Merkel met Emmanuel Macron in Paris.")
    bring_up_to_date([tmp_path])
    library = Library([tmp_path])
    library.entities.rename("paris", "Paris, France")
    (stated,) = library.entities.stated()
    older = replace(stated, value="Paris, Texas", modified="2000-01-01T00:00:00.000Z")
    library.entities.invalidate()
    with without_table(home, "corrections"):
        with pytest.raises(NotRead):
            library.entities.merge_corrections([older])
        with pytest.raises(NotRead):
            library.undo.undo()
        assert library.entities.name("paris") == "Paris"
        assert "cannot be read" in library.notices.take()[0]
    # Nothing is lost, and the change can still be undone.
    assert library.entities.name("paris") == "Paris, France"
    library.undo.undo()
    assert library.entities.name("paris") == "Paris"
    library.close()


def test_a_bookmark_is_not_made_twice_when_the_first_cannot_be_read(
    tmp_path: Path, home: Path
) -> None:
    write(tmp_path, a="Talks\n\n1 March 2024\n\nAngela Merkel met Emmanuel Macron in Paris.")
    bring_up_to_date([tmp_path])
    library = Library([tmp_path])
    (row_id,) = library.articles.order()
    article = library.articles.get(row_id)
    assert article is not None
    first = library.passages.add(article, 0, 6)
    with without_table(home, "bookmarks"):
        for ask in (lambda: library.passages.add(article, 0, 6), library.passages.all):
            with pytest.raises(NotRead):
                ask()
    assert [p.bookmark.id for p in library.passages.all()] == [first.id]
    library.close()


def test_a_bookmark_is_kept_when_the_cache_cannot_be_read(tmp_path: Path) -> None:
    write(tmp_path, a="Talks\n\n1 March 2024\n\nAngela Merkel met Emmanuel Macron in Paris.")
    bring_up_to_date([tmp_path])
    library = Library([tmp_path])
    (row_id,) = library.articles.order()
    article = library.articles.get(row_id)
    assert article is not None
    bookmark = library.passages.add(article, 0, 6)
    library.cache.close()
    assert library.passages.change(bookmark, "a note", []).note == "a note"
    assert [p.bookmark.note for p in library.passages.all()] == ["a note"]
    library.close()
