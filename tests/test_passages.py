"""What is kept survives: the cache, files, texts, and the program itself."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from building import (
    ROOT,
    SEEDS,
    OpenLibrary,
    bookmarks_in,
    bring_up_to_date,
    hashes_of,
    mark_read_in,
    read_in,
    save_in,
    write,
)
from keeping import HARRIS, VOTE, article_of, keep, only, words_at

from tui.folders import absolute, cache_of, notebook_file
from tui.library import Library
from tui.storage.backups import newest_first
from tui.storage.notebook_access import Notebook, NotWritten
from tui.undo import ChangedSince

QUOTE = "letting through a resolution that demands a ceasefire in Gaza"


@pytest.fixture
def clippings(tmp_path: Path) -> Path:
    """The bundled articles, to be changed at will."""
    return Path(shutil.copytree(SEEDS, tmp_path / "clippings"))


def reopened(folder: Path, library: Library) -> Library:
    """The same library after whatever happened to its files."""
    library.close()
    bring_up_to_date([folder])
    return Library([folder])


def test_a_bookmark_is_a_web_annotation(clippings: Path, open_library: OpenLibrary) -> None:
    library = open_library(clippings)
    bookmark = keep(library, HARRIS, QUOTE, "a note", ("UN vote", "#gaza", "gaza"))
    article = article_of(library, HARRIS)
    s = bookmark.selector
    assert article.text[s.start : s.end] == s.exact == QUOTE
    assert article.text[: s.start].endswith(s.prefix)
    assert article.text[s.end :].startswith(s.suffix)
    assert len(s.prefix) == len(s.suffix) == 32
    assert (bookmark.article, bookmark.date, bookmark.tags) == (
        article.id,
        "2024-03-25",
        ("UN-vote", "gaza"),
    )
    assert bookmark.context.startswith("It followed a vote")
    assert bookmark.context.endswith("ceasefire in Gaza.")
    passage = only(library)
    assert (passage.anchor.state, words_at(library, passage)) == ("exact", QUOTE)
    again = keep(library, HARRIS, QUOTE)
    assert again.id == bookmark.id


def test_change_delete_and_undo_step_by_step(clippings: Path, open_library: OpenLibrary) -> None:
    library = open_library(clippings)
    bookmark = keep(library, HARRIS, QUOTE)
    changed = library.passages.change(bookmark, " note ", ["a", "b", "a"])
    assert (changed.note, changed.tags) == ("note", ("a", "b"))
    assert changed.modified > bookmark.modified
    library.passages.delete(changed)
    assert not library.passages.all()
    assert (library.undo.undo() or "").startswith("deleted “letting")
    assert only(library).bookmark.note == "note"
    assert (library.undo.undo() or "").startswith("note and tags")
    assert only(library).bookmark.tags == ()
    assert (library.undo.undo() or "").startswith("kept")
    assert not library.passages.all(deleted=True)
    assert library.undo.undo() is None


def test_a_slip_of_a_thousand_read_marks_is_taken_back(
    clippings: Path, open_library: OpenLibrary
) -> None:
    library = open_library(clippings)
    hashes = hashes_of(library)
    library.articles.mark_read(hashes[:1])
    assert library.articles.mark_read(hashes) == hashes[1:]
    assert library.undo.undo() == "4 marked as read"
    assert library.articles.read_of(hashes) == {hashes[0]}


def test_the_cache_goes(clippings: Path, open_library: OpenLibrary) -> None:
    library = open_library(clippings)
    keep(library, HARRIS, QUOTE)
    library.close()
    cache_of(absolute([clippings])).unlink()
    library = reopened(clippings, library)
    assert words_at(library, only(library)) == QUOTE
    library.close()


def test_files_are_renamed_and_the_folder_moves(clippings: Path, open_library: OpenLibrary) -> None:
    library = open_library(clippings)
    keep(library, HARRIS, QUOTE)
    (clippings / HARRIS).rename(clippings / "other name.txt")
    library = reopened(clippings, library)
    assert (only(library).anchor.state, words_at(library, only(library))) == ("exact", QUOTE)
    moved = clippings.rename(clippings.with_name("elsewhere"))
    library = reopened(moved, library)
    assert words_at(library, only(library)) == QUOTE
    library.close()


def test_a_paragraph_above_and_another_title(clippings: Path, open_library: OpenLibrary) -> None:
    library = open_library(clippings)
    keep(library, VOTE, "with the United States abstaining")
    text = (clippings / VOTE).read_text(encoding="utf-8")
    title, rest = text.split("\n", 1)
    above = "A paragraph that the paper added later, above all the others, for some reason."
    (clippings / VOTE).write_text(f"Another headline altogether\n\n{above}\n{rest}")
    library = reopened(clippings, library)
    assert title not in article_of(library, VOTE).title
    passage = only(library)
    assert passage.anchor.state == "exact"
    assert passage.anchor.start > passage.bookmark.selector.start
    assert words_at(library, passage) == "with the United States abstaining"
    assert [p.bookmark.id for p in library.passages.of(article_of(library, VOTE))] == [
        passage.bookmark.id
    ]
    library.close()


def test_the_cache_goes_and_the_article_was_edited_meanwhile(
    clippings: Path, open_library: OpenLibrary
) -> None:
    library = open_library(clippings)
    keep(library, HARRIS, QUOTE)
    library = reopened(clippings, library)
    assert library.passages.reattach() == 0
    library.close()
    text = (clippings / HARRIS).read_text(encoding="utf-8")
    (clippings / HARRIS).write_text(text.replace("Her appeal shows", "Her words show"))
    cache_of(absolute([clippings])).unlink()
    library = reopened(clippings, library)
    assert words_at(library, only(library)) == QUOTE
    library.close()


def test_another_format(clippings: Path, open_library: OpenLibrary) -> None:
    library = open_library(clippings)
    keep(library, HARRIS, QUOTE)
    text = article_of(library, HARRIS).text
    (clippings / HARRIS).unlink()
    body = text.replace("\u2019", "'").replace("\u2013", "--")
    (clippings / "harris.md").write_text(f"---\ntitle: Harris speaks\n---\n\n# Harris\n\n{body}")
    library = reopened(clippings, library)
    passages = library.passages.all()
    assert [p.anchor.attached for p in passages] == [True]
    assert words_at(library, passages[0]) == QUOTE
    library.close()


def test_an_edit_in_the_quote_is_marked_and_one_too_many_an_orphan(
    clippings: Path, open_library: OpenLibrary
) -> None:
    library = open_library(clippings)
    keep(library, HARRIS, QUOTE)
    text = (clippings / HARRIS).read_text(encoding="utf-8")
    (clippings / HARRIS).write_text(
        text.replace("a resolution that demands", "a text that demands")
    )
    library = reopened(clippings, library)
    assert only(library).anchor.state == "near"
    assert "a text that demands a ceasefire" in words_at(library, only(library))
    (clippings / HARRIS).write_text(text.replace(QUOTE, "and that was that"))
    library = reopened(clippings, library)
    passage = only(library)
    assert passage.anchor.state == "orphan"
    assert passage.bookmark.selector.exact == QUOTE
    article = article_of(library, HARRIS)
    start = article.text.index("and that was that")
    library.passages.attach(passage.bookmark, article, start, start + 17)
    assert words_at(library, only(library)) == "and that was that"
    assert (library.undo.undo() or "").startswith("attached")
    assert only(library).anchor.state == "orphan"
    library.close()


def test_the_article_goes_and_comes_back(clippings: Path, open_library: OpenLibrary) -> None:
    library = open_library(clippings)
    keep(library, HARRIS, QUOTE)
    text = (clippings / HARRIS).read_bytes()
    (clippings / HARRIS).unlink()
    library = reopened(clippings, library)
    # The cache still has the text.
    assert words_at(library, only(library)) == QUOTE
    library.close()
    cache_of(absolute([clippings])).unlink()
    library = reopened(clippings, library)
    passage = only(library)
    assert (passage.anchor.state, passage.article) == ("absent", None)
    assert passage.bookmark.selector.exact == QUOTE
    (clippings / HARRIS).write_bytes(text)
    library = reopened(clippings, library)
    assert words_at(library, only(library)) == QUOTE
    library.close()


def test_a_quote_that_two_articles_have_is_not_guessed(
    tmp_path: Path, open_library: OpenLibrary
) -> None:
    said = "The council met in Lima on Monday and agreed on nothing at all, sources said."
    folder = write(tmp_path / "wire", a=f"{said} It was hot.", c="Quite another thing happened.")
    library = open_library(folder)
    keep(library, "a.txt", "agreed on nothing at all")
    (folder / "a.txt").unlink()
    write(folder, d=f"{said} It was hot. More.", e=f"{said} It was hot. Less.")
    library.close()
    cache_of(absolute([folder])).unlink()
    library = reopened(folder, library)
    assert only(library).anchor.state == "doubtful"
    library.close()


def test_another_note_does_not_hide_a_passage_of_an_edited_article(
    clippings: Path, open_library: OpenLibrary
) -> None:
    library = open_library(clippings)
    keep(library, VOTE, "with the United States abstaining")
    text = (clippings / VOTE).read_text(encoding="utf-8")
    title, rest = text.split("\n", 1)
    (clippings / VOTE).write_text(f"{title}\n\nA paragraph more, above all the others.\n{rest}")
    library = reopened(clippings, library)
    library.passages.change(only(library).bookmark, "note", ["tag"])
    article = article_of(library, VOTE)
    assert [p.bookmark.note for p in library.passages.of(article)] == ["note"]
    assert article.id in (library.passages.articles_with_bookmarks() or ())
    library.passages.delete(only(library).bookmark)
    library.undo.undo()
    assert [p.anchor.attached for p in library.passages.of(article)] == [True]
    library.close()


def test_what_was_kept_first_is_never_forgotten(clippings: Path, open_library: OpenLibrary) -> None:
    library = open_library(clippings)
    bookmark = keep(library, HARRIS, QUOTE)
    article = article_of(library, HARRIS)
    start = article.text.index("Her appeal shows")
    moved = library.passages.attach(bookmark, article, start, start + 16)
    again = library.passages.attach(moved, article, start + 4, start + 16)
    assert (again.selector.exact, again.original) == ("appeal shows", QUOTE)


def test_an_undo_leaves_what_others_have_changed_since(
    clippings: Path, open_library: OpenLibrary
) -> None:
    library = open_library(clippings)
    bookmark = keep(library, HARRIS, QUOTE)
    later = replace(bookmark, note="theirs", modified="2999-01-01T00:00:00.000Z")
    save_in(library.notebook, later, library.id)
    with pytest.raises(ChangedSince):
        library.undo.undo()
    assert only(library).bookmark.note == "theirs"


def test_a_bookmark_lost_among_many_is_looked_for_once(
    tmp_path: Path, open_library: OpenLibrary
) -> None:
    folder = write(tmp_path / "l", a="Anna Weber visited Rome on Monday and left on Friday.")
    library = open_library(folder)
    keep(library, "a.txt", "visited Rome on Monday")
    (folder / "a.txt").write_text("Quite another text about the weather in Oslo and its harbour.")
    library.close()
    bring_up_to_date([folder])
    library = Library([folder])
    assert only(library).anchor.state in ("orphan", "absent")
    asked: list[str] = []
    library.cache.connection.set_trace_callback(asked.append)
    assert library.passages.reattach() == 0
    assert not [statement for statement in asked if "MATCH" in statement]
    library.close()


# The file


def test_a_notebook_of_the_first_version_is_backed_up_and_brought_up_to_date(home: Path) -> None:
    path = notebook_file()
    path.parent.mkdir(parents=True)
    old = sqlite3.connect(path)
    old.executescript(
        "PRAGMA journal_mode = WAL;"
        "CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;"
        "CREATE TABLE read_marks (article TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;"
        "CREATE TABLE libraries (sources TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;"
        "INSERT INTO meta VALUES ('schema', 1); INSERT INTO read_marks VALUES ('x', 1.0);"
    )
    old.close()
    notebook = Notebook(path)
    assert not notebook.message
    assert read_in(notebook, ["x", "y"]) == {"x"}
    assert not bookmarks_in(notebook)
    notebook.close()
    (backup,) = newest_first(path)
    assert "v1" in backup.name
    kept = sqlite3.connect(backup)
    assert kept.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone() == (1,)
    kept.close()


def test_one_of_a_newer_version_is_read_and_not_touched(home: Path) -> None:
    notebook = Notebook(notebook_file())
    mark_read_in(notebook, ["x"])
    notebook.close()
    raw = sqlite3.connect(notebook_file())
    raw.execute("UPDATE meta SET value = 99 WHERE name = 'schema'")
    raw.commit()
    raw.close()
    notebook = Notebook(notebook_file())
    assert "newer" in notebook.message
    assert read_in(notebook, ["x"]) == {"x"}
    with pytest.raises(NotWritten):
        mark_read_in(notebook, ["y"])
    notebook.close()


@pytest.mark.parametrize("how", ["cut", "zeroes", "empty", "byte", "noise"])
def test_a_damaged_one_is_set_aside_and_the_newest_good_backup_opened(
    how: str, clippings: Path, open_library: OpenLibrary
) -> None:
    library = open_library(clippings)
    for quote in ("Against a backdrop", "Her appeal shows", QUOTE):
        keep(library, HARRIS, quote, "note " * 400)
    library.session.note_opened()
    library.close()
    path = notebook_file()
    good, *_ = newest_first(path)
    bad = good.with_name(good.name.replace("notebook-2", "notebook-9"))
    bad.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    data = path.read_bytes()
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    if how == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif how == "zeroes":
        path.write_bytes(data[:4096] + bytes(8192) + data[12288:])
    elif how in ("empty", "byte"):
        path.write_bytes(data[: how == "byte"])
    else:
        path.write_bytes(os.urandom(5000))
    broken = path.read_bytes()
    library = Library([clippings])
    assert len(library.passages.all()) == 3
    (notice,) = library.notices.take()
    assert "set aside" in notice
    assert good.name in notice
    (aside,) = [p for p in path.parent.glob("*.damaged-*") if not p.name.endswith(("-wal", "-shm"))]
    assert aside.read_bytes() == broken
    library.close()


def test_a_recovery_is_told_to_the_reader_whoever_found_the_damage(
    clippings: Path, open_library: OpenLibrary
) -> None:
    library = open_library(clippings)
    keep(library, HARRIS, QUOTE)
    library.session.note_opened()
    library.close()
    notebook_file().write_bytes(os.urandom(5000))
    for suffix in ("-wal", "-shm"):
        notebook_file().with_name(notebook_file().name + suffix).unlink(missing_ok=True)
    bring_up_to_date([clippings])
    library = Library([clippings])
    assert len(library.passages.all()) == 1
    assert "set aside" in library.notices.take()[0]
    library.close()
    library = Library([clippings])
    assert library.passages.all()
    assert not library.notices.take()
    library.close()


def test_one_that_vanished_comes_back_from_its_backup(
    clippings: Path, open_library: OpenLibrary
) -> None:
    library = open_library(clippings)
    keep(library, HARRIS, QUOTE)
    library.session.note_opened()
    library.close()
    notebook_file().unlink()
    library = Library([clippings])
    assert len(library.passages.all()) == 1
    assert "gone" in library.notices.take()[0]
    library.close()


def test_a_reader_whose_file_was_replaced_writes_to_the_new_one(
    clippings: Path, open_library: OpenLibrary
) -> None:
    first, second = open_library(clippings), open_library(clippings)
    keep(first, HARRIS, QUOTE)
    first.session.note_opened()
    second.passages.all()
    path = notebook_file()
    first.close()
    path.rename(path.with_name("notebook.sqlite.moved"))
    third = Notebook(path)
    third.close()
    keep(second, VOTE, "with the United States abstaining")
    check = Notebook(path)
    assert len(bookmarks_in(check)) == 2
    check.close()


def test_one_byte_that_went_bad_hides_nothing_else(
    clippings: Path, open_library: OpenLibrary
) -> None:
    library = open_library(clippings)
    keep(library, HARRIS, QUOTE, "a note", ("tag",))
    raw = sqlite3.connect(notebook_file())
    raw.execute("UPDATE bookmarks SET note = CAST(x'61ff62' AS TEXT), tags = '[\"a'")
    raw.commit()
    raw.close()
    bookmark = only(library).bookmark
    assert (bookmark.note, bookmark.tags, bookmark.selector.exact) == ("a\ufffdb", (), QUOTE)


def test_ten_backups_are_kept_and_one_a_day_made(home: Path) -> None:
    notebook = Notebook(notebook_file())
    mark_read_in(notebook, ["x"])
    notebook.back_up()
    (today,) = newest_first(notebook_file())
    day = today.stem[: len("notebook-20240325")]
    # As if it were of this morning: two of one second have one name.
    morning = today.rename(today.with_name(f"{day}T000000-day.sqlite"))
    notebook.back_up()
    (today,) = newest_first(notebook_file())
    assert today != morning
    for number in range(12):
        shutil.copy(today, today.with_name(f"notebook-200001{number + 10}T000000-day.sqlite"))
    today.unlink()
    notebook.back_up()
    found = [path.stem[: len(day)] for path in newest_first(notebook_file())]
    assert found == [day, *(f"notebook-200001{number}" for number in range(21, 12, -1))]
    notebook.close()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
def test_nothing_confirmed_is_lost_by_a_kill(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "kill_notebook.py"), str(tmp_path), "300"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout) > 300


def test_what_cannot_be_written_is_said_and_not_shown_as_kept(
    clippings: Path, open_library: OpenLibrary
) -> None:
    library = open_library(clippings)
    keep(library, HARRIS, "Against a backdrop")
    other = sqlite3.connect(notebook_file(), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(NotWritten):
        keep(library, HARRIS, QUOTE)
    other.execute("ROLLBACK")
    other.close()
    assert len(library.passages.all()) == 1
    assert (library.undo.undo() or "").startswith("kept")


def test_two_readers_at_once_share_one_notebook(clippings: Path, open_library: OpenLibrary) -> None:
    first, second = open_library(clippings), open_library(clippings)
    keep(first, HARRIS, QUOTE)
    keep(second, VOTE, "with the United States abstaining")
    assert len(first.passages.all()) == len(second.passages.all()) == 2
