"""A reader to live in: keeping, finding, narrowing, remembering, by keys and by the mouse."""

from __future__ import annotations

import re
import shutil
import sqlite3
import sys
from pathlib import Path

import pytest
from building import SEEDS, bring_up_to_date
from screens import library_of, lines, reader_screen, running, shown, until
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from tui.app.app import DatelineApp
from tui.app.dialogs.choice import Choice
from tui.app.dialogs.note_editor import NoteEditor
from tui.app.dialogs.search_dialog import SearchDialog
from tui.app.notebook.notebook_screen import NotebookScreen
from tui.app.page.page_pane import PagePane
from tui.app.reader.reader_screen import ReaderScreen
from tui.app.widgets.find_line import FindLine
from tui.folders import notebook_file
from tui.nlp.document import EventMention, Mention, TimeExpression
from tui.search.filters import Filter


def app_of(pilot: Pilot[None]) -> DatelineApp:
    assert isinstance(pilot.app, DatelineApp)
    return pilot.app


def screen_of(pilot: Pilot[None]) -> ReaderScreen:
    return reader_screen(app_of(pilot))


def selected(pilot: Pilot[None]) -> str:
    reader = screen_of(pilot).page
    span = reader.selected
    assert reader.page is not None
    return reader.page.text[span[0] : span[1]] if span else ""


def kept(pilot: Pilot[None]) -> list[str]:
    passages = library_of(pilot).passages.all()
    return [passage.bookmark.selector.exact for passage in passages]


async def at(pilot: Pilot[None], words: str) -> PagePane:
    """Enter the page of an article that has some words, and put the point there."""
    screen = screen_of(pilot)
    for key in screen.articles.row_ids:
        article = library_of(pilot).articles.get(key)
        assert article is not None
        if words in article.text:
            screen.opening.show(key, article.text.index(words))
            screen.go_to_pane("page")
            await pilot.pause()
            return screen.page
    raise AssertionError(words)


def on_page(pilot: Pilot[None], words: str) -> tuple[int, int]:
    """Where on the screen the text of the page says something."""
    left = screen_of(pilot).page.region.x
    for row, line in enumerate(lines(app_of(pilot))):
        if row > 4 and words in line[left:]:
            return line.index(words, left), row
    raise AssertionError(words)


def marks_on_scrollbar(page: PagePane) -> int:
    bar = page.vertical_scrollbar
    return sum("─" in strip.text for strip in bar.render_lines(bar.size.region))


def on_top(pilot: Pilot[None]) -> str:
    """What lies over everything."""
    return type(app_of(pilot).screen).__name__


# Selecting


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ("v", "K"),
        ("vl", "Ka"),
        ("v2l", "Kam"),
        ("ve", "Kamala"),
        ("v2e", "Kamala Harris"),
        ("vw", "Kamala H"),
        ("v2wb", "Kamala H"),
        ("viw", "Kamala"),
        ("v3ehh", "Kamala Harri"),
        ("veo", "Kamala"),
        ("v)", "Kamala Harris, the American vice president, wants Israel to call off the attack it"
               " is preparing on Rafah."),
        ("vis", "Against a backdrop of open quarrelling between Washington and Jerusalem, Kamala"
                " Harris, the American vice president, wants Israel to call off the attack it is"
                " preparing on Rafah."),
        ("v(", "Against a backdrop of open quarrelling between Washington and Jerusalem, K"),
        ("vgg", "Against a backdrop of open quarrelling between Washington and Jerusalem, K"),
    ],
)  # fmt: skip
async def test_motions(keys: str, found: str) -> None:
    async with running(SEEDS, size=(200, 50)) as pilot:
        await at(pilot, "Kamala Harris, the American")
        await pilot.press(*keys)
        assert selected(pilot) == found


async def test_lines_paragraphs_and_all() -> None:
    async with running(SEEDS) as pilot:
        reader = await at(pilot, "Kamala Harris, the American")
        assert reader.page is not None
        text = reader.page.text
        await pilot.press("V")
        row = selected(pilot)
        assert row
        assert len(row) <= reader.measure
        await pilot.press("j")
        assert selected(pilot).startswith(row + " ")
        await pilot.press("V", "i", "p")
        assert selected(pilot) == text.split("\n\n")[0]
        await pilot.press("2", "i", "p")
        assert selected(pilot) == "\n\n".join(text.split("\n\n")[:2])
        await pilot.press("g", "g", "o", "G")
        assert selected(pilot) == text
        await pilot.press("q")
        assert not selected(pilot)
        await pilot.press("v", "0", "o", "$")
        row = selected(pilot)
        assert row
        await pilot.press("V")
        assert selected(pilot) == row
        await pilot.press("v")
        assert not reader.selecting
        assert reader.screen.focused is reader


async def test_a_motion_draws_little(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(SEEDS) as pilot:
        await at(pilot, "Kamala Harris, the American")
        await pilot.press("v")
        await pilot.pause()
        drawn: list[int] = []
        draw = PagePane.render_line

        def counted(self: PagePane, y: int) -> object:
            drawn.append(y)
            return draw(self, y)

        monkeypatch.setattr(PagePane, "render_line", counted)
        await pilot.press("w")
        assert 0 < len(drawn) <= 6, drawn


async def test_the_mouse_selects_the_same() -> None:
    async with running(SEEDS) as pilot:
        await at(pilot, "Kamala Harris, the American")
        column, row = on_page(pilot, "Kamala Harris")
        await pilot.mouse_down(offset=(column, row))
        await pilot.hover(offset=(column + 13, row))
        await pilot.mouse_up(offset=(column + 13, row))
        await pilot.pause()
        assert selected(pilot).startswith("Kamala Harris")
        await pilot.press("w", "m")
        assert kept(pilot)[0].startswith("Kamala Harris")
        assert not selected(pilot)
        await pilot.click(offset=(column + 1, row), times=2)
        await pilot.pause()
        assert selected(pilot).startswith("Against a backdrop")


# Keeping


async def test_keep_note_delete_undo_on_the_page() -> None:
    async with running(SEEDS) as pilot:
        app = app_of(pilot)
        await at(pilot, "Kamala Harris, the American")
        await pilot.press("m")
        assert kept(pilot)[0].startswith("Against a backdrop of open")
        assert "▎Against a" in shown(app)
        assert "1 kept" in shown(app)
        await pilot.press("a")
        assert isinstance(app.screen, NoteEditor)
        await pilot.press(*"why", "tab", *"rafah talks", "enter")
        assert "1 kept" in shown(app)
        (passage,) = library_of(pilot).passages.all()
        assert (passage.bookmark.note, passage.bookmark.tags) == ("why", ("rafah", "talks"))
        await pilot.press("a")
        assert app.screen.query_one(TextArea).text == "why"
        await pilot.press("x", "escape")
        assert library_of(pilot).passages.all()[0].bookmark.note == "why"
        await pilot.press("d")
        assert not kept(pilot)
        await pilot.press("u")
        assert len(kept(pilot)) == 1
        await pilot.press("u", "u", "u")
        assert not kept(pilot)
        assert "kept" not in "".join(lines(app)[:6])


async def test_a_note_on_a_selection_keeps_it() -> None:
    async with running(SEEDS) as pilot:
        await at(pilot, "Kamala Harris, the American")
        await pilot.press("v", "e", "a", *"who", "ctrl+s")
        assert kept(pilot) == ["Kamala"]
        assert library_of(pilot).passages.all()[0].bookmark.note == "who"


async def test_a_note_has_digits_in_it() -> None:
    async with running(SEEDS) as pilot:
        await at(pilot, "Kamala Harris, the American")
        await pilot.press("v", "e", "a", *"12ab3", "ctrl+s")
        assert library_of(pilot).passages.all()[0].bookmark.note == "12ab3"


async def test_a_note_goes_to_the_passage_that_it_was_begun_for(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SEEDS, tmp_path / "c"))
    async with running(folder) as pilot:
        screen = screen_of(pilot)
        await at(pilot, "Kamala Harris, the American")
        await pilot.press("v", "e", "a", *"who")
        other = next(key for key in screen.articles.row_ids if key != screen.state.article)
        screen.opening.show(other, 50)
        await pilot.press("ctrl+s")
        (passage,) = library_of(pilot).passages.all()
        assert (passage.bookmark.selector.exact, passage.bookmark.note) == ("Kamala", "who")


async def test_a_note_on_what_is_kept_already_is_kept() -> None:
    async with running(SEEDS) as pilot:
        await at(pilot, "Kamala Harris, the American")
        await pilot.press("v", "e", "m", "v", "e", "a", *"who", "ctrl+s")
        (passage,) = library_of(pilot).passages.all()
        assert passage.bookmark.note == "who"


async def test_what_was_written_is_never_lost_by_a_slip_or_a_fault() -> None:
    async with running(SEEDS) as pilot:
        app = app_of(pilot)
        await at(pilot, "Kamala Harris, the American")
        await pilot.press("v", "e", "a", *"draft", "escape", "a")
        assert app.screen.query_one(TextArea).text == "draft"
        other = sqlite3.connect(notebook_file(), isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        await pilot.press("ctrl+s")
        assert on_top(pilot) == "NoteEditor"
        assert "nothing was stored" in shown(app)
        other.execute("ROLLBACK")
        other.close()
        await pilot.press("ctrl+s")
        assert on_top(pilot) == "ReaderScreen"
        assert library_of(pilot).passages.all()[0].bookmark.note == "draft"


async def test_from_passage_to_passage() -> None:
    async with running(SEEDS) as pilot:
        reader = await at(pilot, "Kamala Harris, the American")
        await pilot.press("v", "e", "m", "]", "]", "]", "m")
        first, second = sorted(p.anchor.start for p in library_of(pilot).passages.all())
        await pilot.press("(")
        assert reader.point == first
        await pilot.press(")")
        assert reader.point == second


async def test_what_is_not_kept_is_not_shown_as_kept() -> None:
    async with running(SEEDS, notifications=True) as pilot:
        await at(pilot, "Kamala Harris, the American")
        await pilot.press("m")
        other = sqlite3.connect(notebook_file(), isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        await pilot.press("v", "e", "m")
        await pilot.pause()
        other.execute("ROLLBACK")
        other.close()
        assert len(kept(pilot)) == 1
        await until(pilot, lambda: "nothing was stored" in shown(app_of(pilot)))
        assert selected(pilot) == "Against"


async def test_the_notebook_groups_finds_changes_and_goes() -> None:
    async with running(SEEDS) as pilot:
        app = app_of(pilot)
        await at(pilot, "Kamala Harris, the American")
        await pilot.press("v", "e", "a", *"vice", "tab", *"people", "enter")
        await at(pilot, "Matthew Miller")
        await pilot.press("v", "i", "s", "m", "M")
        book = app.screen
        assert isinstance(book, NotebookScreen)
        assert "2 bookmarks by article" in lines(app)[0]
        await pilot.press("o")
        assert "by event" in lines(app)[0]
        await pilot.press("o")
        assert lines(app)[1].startswith(" #people")
        assert "no tag" in shown(app)
        await pilot.press("o")
        assert lines(app)[1].startswith(" kept ")
        await pilot.press("o", "/", *"vice")
        assert "1 bookmark by article" in lines(app)[0]
        await pilot.press("enter", "e", "end", "!", "ctrl+s")
        assert "vice!" in shown(app)
        await pilot.press("d")
        assert "0 bookmarks" in lines(app)[0]
        await pilot.press("u")
        assert "1 bookmark" in lines(app)[0]
        await pilot.press("q")
        assert "2 bookmarks" in lines(app)[0]
        await pilot.press("/", *"vice", "enter", "enter")
        reader = screen_of(pilot).page
        assert reader.page is not None
        assert reader.page.text[reader.point :].startswith("Kamala")
        assert screen_of(pilot).state.pane == "page"


async def test_an_orphan_is_attached_by_hand(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SEEDS, tmp_path / "c"))
    async with running(folder) as pilot:
        await at(pilot, "Her appeal shows how far")
        await pilot.press("v", "i", "s", "m")
    file = folder / "2024-rafah-harris.txt"
    text = file.read_text(encoding="utf-8")
    start = text.index("Her appeal shows")
    end = text.index("It followed a vote")
    file.write_text(text[:start] + "She said quite another thing now. " + text[end:])
    async with running(folder) as pilot:
        app = app_of(pilot)
        await pilot.press("M")
        assert "1 not attached" in lines(app)[0]
        await pilot.press("A")
        assert isinstance(app.screen, Choice)
        await pilot.press("G", "enter")
        reader = screen_of(pilot).page
        assert reader.selecting
        assert "select where it belongs" in lines(app)[-1]
        assert reader.page is not None
        there = reader.page.text.index("She said quite")
        reader.select(there, there + 33)
        await pilot.press("m")
        assert "attached" in lines(app)[-1]
        assert kept(pilot) == ["She said quite another thing now."]
        await pilot.press("u", "M")
        assert "1 not attached" in lines(app)[0]


async def test_copying_asks_the_terminal_where_there_is_no_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("WAYLAND_DISPLAY", "DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    async with running(SEEDS) as pilot:
        app = app_of(pilot)
        await at(pilot, "Kamala Harris, the American")
        await pilot.press("v", "e", "y")
        await app.workers.wait_for_complete()
        assert app.clipboard == "Kamala"
        assert "copied 6" in lines(app)[-1]
        assert not selected(pilot)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands for the command")
async def test_copying_uses_the_systems_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "wl-copy"
    script.write_text(f"#!/bin/sh\ncat > '{tmp_path}/copied'\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    for name in ("SSH_TTY", "SSH_CONNECTION"):
        monkeypatch.delenv(name, raising=False)
    async with running(SEEDS) as pilot:
        await at(pilot, "Kamala Harris, the American")
        await pilot.press("v", "e", "y")
        await app_of(pilot).workers.wait_for_complete()
        assert (tmp_path / "copied").read_text() == "Kamala"
        monkeypatch.setenv("SSH_TTY", "/dev/pts/1")
        await pilot.press("v", "l", "y")
        await app_of(pilot).workers.wait_for_complete()
        assert app_of(pilot).clipboard == "a "


async def test_attaching_ends_with_its_selection(tmp_path: Path) -> None:
    async with running(SEEDS) as pilot:
        screen = screen_of(pilot)
        await at(pilot, "Kamala Harris, the American")
        await pilot.press("m")
        (passage,) = library_of(pilot).passages.all()
        screen.annotate.attach(passage)
        await pilot.press("q")
        await at(pilot, "Matthew Miller")
        await pilot.press("m")
        assert len(kept(pilot)) == 2
        # The first one stays where it was.
        assert passage.bookmark in [p.bookmark for p in library_of(pilot).passages.all()]
        screen.annotate.attach(passage)
        await pilot.press("e", "m")
        assert len(kept(pilot)) == 2
        assert passage.bookmark not in [p.bookmark for p in library_of(pilot).passages.all()]


# Finding


async def test_find_on_the_page_as_one_types() -> None:
    async with running(SEEDS) as pilot:
        app = app_of(pilot)
        reader = await at(pilot, "Against a backdrop")
        assert reader.page is not None
        text = reader.page.text
        await pilot.press("slash", *"security coun")
        assert len(reader.matches) == text.lower().count("security coun")
        assert f"1 of {len(reader.matches)}" in lines(app)[-1]
        await pilot.press("enter")
        first = reader.point
        await pilot.press("n")
        assert reader.point > first
        assert "2 of" in lines(app)[-1]
        await pilot.press("N")
        assert reader.point == first
        await pilot.press("N")
        assert "from the end again" in lines(app)[-1]
        await pilot.press("slash", *"zzz", "escape")
        assert len(reader.matches) == text.lower().count("security coun")
        await pilot.press("q")
        assert len(reader.matches) == 0
        assert screen_of(pilot).state.pane == "page"
        await pilot.press("slash", *"Kamala", "enter", "slash", "enter")
        assert reader.match is not None


async def test_a_phrase_over_wrapped_lines_and_marks_on_the_scrollbar() -> None:
    async with running(SEEDS, size=(70, 16)) as pilot:
        reader = await at(pilot, "Against a backdrop")
        assert reader.page is not None
        text = reader.page.text
        broken = next(
            match
            for match in re.finditer(r"[a-z]+ [a-z]+ [a-z]+", text)
            if len(set(reader.rows_of(*match.span()))) == 2
        )
        assert marks_on_scrollbar(reader) == 0
        await pilot.press("slash", *broken.group(), "enter")
        assert (len(reader.matches), reader.point) == (1, broken.start())
        assert marks_on_scrollbar(reader) == 1
        await pilot.press("slash", *"the", "enter")
        assert len(reader.matches) == text.lower().count("the")
        assert marks_on_scrollbar(reader) > 1


async def test_search_the_library_and_go_on_from_article_to_article() -> None:
    async with running(SEEDS) as pilot:
        app = app_of(pilot)
        screen = screen_of(pilot)
        await pilot.press("s", *"abst")
        box = app.screen
        assert isinstance(box, SearchDialog)
        await until(pilot, lambda: len(box.results.hits) == 3)
        assert "3 articles" in shown(app)
        order = [hit.row_id for hit in box.results.hits]
        await pilot.press("down", "enter")
        seen = [screen.state.article]
        assert screen.page.match is not None
        for _ in range(40):
            await pilot.press("n")
            if screen.state.article != seen[-1]:
                seen.append(screen.state.article)
            if len(seen) == 4:
                break
        assert seen == [order[1], order[2], order[0], order[1]]
        await pilot.press("s")
        assert app.screen.query_one(Input).value == "abst"
        await pilot.press("escape")
        assert app.screen is screen


async def test_a_late_answer_is_dropped() -> None:
    async with running(SEEDS) as pilot:
        app = app_of(pilot)
        await pilot.press("s", *"abst")
        box = app.screen
        assert isinstance(box, SearchDialog)
        await until(pilot, lambda: len(box.results.hits) == 3)
        # Searches are numbered from 1.
        box.post_message(SearchDialog.Answered(0, "x", (), 0))
        await pilot.pause()
        assert len(box.results.hits) == 3


async def test_what_is_typed_last_is_what_is_answered() -> None:
    async with running(SEEDS) as pilot:
        app = app_of(pilot)
        await pilot.press("s", *"abst")
        box = app.screen
        assert isinstance(box, SearchDialog)
        await until(pilot, lambda: len(box.results.hits) == 3)
        await pilot.press("z")
        await until(pilot, lambda: "nothing found" in shown(app))
        assert not box.results.hits
        await pilot.press("backspace")
        await until(pilot, lambda: len(box.results.hits) == 3)
        # Enter waits for the answer to what is typed: none of the three names him.
        box.query_one(Input).value = "spicer"
        await pilot.press("enter")
        await until(pilot, lambda: on_top(pilot) == "ReaderScreen")
        page = screen_of(pilot).page.page
        assert page is not None
        assert "Spicer" in page.text


async def test_enter_typed_ahead_of_the_words_waits_for_them() -> None:
    async with running(SEEDS) as pilot:
        app, screen = app_of(pilot), screen_of(pilot)
        await pilot.press("s")
        box = app.screen
        assert isinstance(box, SearchDialog)
        line = box.query_one(Input)
        with line.prevent(Input.Changed):
            line.value = "guterres"
        box.action_accept()
        await until(pilot, lambda: on_top(pilot) == "ReaderScreen")
        assert screen.page.page is not None
        assert "Guterres" in screen.page.page.text
        await pilot.press("slash")
        find_line = screen.query_one(FindLine)
        with find_line.prevent(Input.Changed):
            find_line.value = "the"
        screen.action_accept()
        await pilot.pause()
        assert len(screen.page.matches) > 1
        before = screen.page.point
        await pilot.press("n")
        assert screen.page.point > before


async def test_what_changes_nothing_offers_no_undo() -> None:
    async with running(SEEDS) as pilot:
        app = app_of(pilot)
        await at(pilot, "Kamala Harris, the American")
        await pilot.press("v", "e", "m", "M", "A", "enter")
        assert "it is so already" in lines(app)[-1]
        await pilot.press("q", "v", "e", "m")
        assert "kept already" in lines(app)[-1]
        await pilot.press("q", "A")
        await pilot.press("U", "f", "u", "A", "u")
        assert screen_of(pilot).articles.count() == 1


async def test_without_a_search_n_goes_to_what_is_unread() -> None:
    async with running(SEEDS) as pilot:
        screen = screen_of(pilot)
        await pilot.press("enter", "q", "n")
        assert screen.articles.cursor == 1
        await pilot.press("A", "n")
        assert "no unread article" in lines(app_of(pilot))[-1]
        await pilot.press("u")
        await pilot.press("n")
        assert screen.articles.cursor == 2


# Narrowing


async def test_filters_are_chips_that_are_taken_off_one_by_one() -> None:
    async with running(SEEDS) as pilot:
        app, screen = app_of(pilot), screen_of(pilot)
        await pilot.press("f")
        assert "bookmarked" in lines(app)[-1]
        await pilot.press("d", *"2024-03-25", "enter")
        assert screen.articles.count() == 2
        assert "25 Mar 2024 ×" in lines(app)[0]
        await pilot.press("f", "t", *"harris", "enter")
        assert screen.articles.count() == 1
        await pilot.press("j", "enter", "q")
        assert screen.articles.count() == 1
        await pilot.press("f", "n", *"netany", "down", "up", "enter")
        assert "Benjamin Netanyahu ×" in lines(app)[0]
        await pilot.press("f", "x")
        assert "Netanyahu" not in lines(app)[0]
        column = lines(app)[0].index("25 Mar 2024 ×")
        await pilot.click(offset=(column + 1, 0))
        assert screen.state.filter == Filter(title="harris")
        await pilot.press("f", "X")
        assert screen.articles.count() == 5
        assert "only" not in lines(app)[0]
        await pilot.press("f", "u")
        count = screen.articles.count()
        await pilot.press("j", "enter", "q", "f", "x", "f", "u")
        assert screen.articles.count() == count - 1


async def test_a_wrong_date_is_said_before_it_is_taken() -> None:
    async with running(SEEDS) as pilot:
        app = app_of(pilot)
        await pilot.press("f", "d", *"marsh", "enter")
        assert "2024-03..2024-05" in shown(app)
        assert screen_of(pilot).state.filter.empty
        await pilot.press("escape")
        assert app.screen is screen_of(pilot)


async def test_the_order_of_the_list() -> None:
    async with running(SEEDS) as pilot:
        screen = screen_of(pilot)
        newest = list(screen.articles.row_ids)
        rows = library_of(pilot).articles.rows(newest)
        await pilot.press("S")
        days = [str(rows[key].date)[:10] for key in screen.articles.row_ids]
        assert days == ["2024-03-18", "2024-03-20", "2024-03-25", "2024-03-25", "2024-03-31"]
        await pilot.press("S")
        assert "by title" in lines(app_of(pilot))[0]
        titles = [rows[key].title.lower() for key in screen.articles.row_ids]
        assert titles == sorted(titles)
        await pilot.press("S", "S")
        assert list(screen.articles.row_ids) == newest


# Remembering


async def test_everything_is_as_it_was_left() -> None:
    async with running(SEEDS, size=(140, 30)) as pilot:
        screen = screen_of(pilot)
        await pilot.press("f", "d", *"2024-03", "enter", "S", "S")
        await at(pilot, "Playing It Down")
        await pilot.press("]", "]", "ctrl+w", "greater_than_sign", "+", "+", "=", "J")
        await pilot.press("T", "j", "enter")
        await pilot.press("'", "a")
        left = (
            screen.state.article,
            screen.page.point,
            screen.page.top,
            screen.state.columns,
            app_of(pilot).theme,
        )
        places = screen.state.history.latest(100)
        app_of(pilot).exit()
        await pilot.pause()
    async with running(SEEDS, size=(140, 30)) as pilot:
        screen = screen_of(pilot)
        await until(pilot, lambda: screen.state.pane == "page")
        found = (
            screen.state.article,
            screen.page.point,
            screen.page.top,
            screen.state.columns,
            app_of(pilot).theme,
        )
        assert found == left
        assert screen.state.history.latest(100) == places
        assert screen.state.filter == Filter(dates="2024-03")
        assert screen.state.sort == "title"
        assert (screen.page.spacing, screen.page.justified) == (2, True)
        assert "Mar 2024 ×" in lines(app_of(pilot))[0]
        await pilot.press("g", "'", "a")
        assert screen.page.point == left[1]
    async with running(
        SEEDS, size=(140, 30), config="[reader]\nmeasure = 50\ntheme = 'dateline-paper'"
    ) as pilot:
        # What the config says anew holds over what was chosen before.
        assert screen_of(pilot).page.measure == 50
        assert app_of(pilot).theme == "dateline-paper"


async def test_each_article_has_its_place() -> None:
    async with running(SEEDS) as pilot:
        screen = screen_of(pilot)
        await pilot.press("enter", *["space"] * 2)
        first, top = screen.state.article, screen.page.top
        assert top > 0
        await pilot.press("q", "j")
        await until(pilot, lambda: screen.state.article != first)
        assert screen.page.top == 0
        await pilot.press("k")
        await until(pilot, lambda: screen.state.article == first)
        assert screen.page.top == top


async def test_a_library_that_moved_is_known_again(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SEEDS, tmp_path / "one"))
    async with running(folder) as pilot:
        await at(pilot, "Playing It Down")
        await pilot.press("m", "f", "d", *"2024-03", "enter")
        row_id = screen_of(pilot).state.article
        assert row_id is not None
        before = library_of(pilot).articles.hashes([row_id])[row_id]
        app_of(pilot).exit()
        await pilot.pause()
    # What the reader's own child does at each start.
    bring_up_to_date([folder])
    moved = folder.rename(tmp_path / "two")
    async with running(moved, index=True) as pilot:
        screen = screen_of(pilot)
        await until(pilot, lambda: screen.state.filter == Filter(dates="2024-03"), 60)
        row_id = screen.state.article
        assert row_id is not None
        assert library_of(pilot).articles.hashes([row_id]) == {row_id: before}
        assert len(kept(pilot)) == 1


async def test_a_copy_of_a_library_is_not_taken_for_it(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SEEDS, tmp_path / "one"))
    async with running(folder) as pilot:
        await pilot.press("f", "d", *"2024-03", "enter")
        app_of(pilot).exit()
        await pilot.pause()
    bring_up_to_date([folder])
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    bring_up_to_date([copy])
    async with running(copy) as pilot:
        assert screen_of(pilot).state.filter.empty


async def test_named_places() -> None:
    async with running(SEEDS) as pilot:
        screen = screen_of(pilot)
        await at(pilot, "Playing It Down")
        await pilot.press("'", "q")
        place = screen.opening.position
        assert "this place is q" in lines(app_of(pilot))[-1]
        await pilot.press("g", "q", "G")
        await until(pilot, lambda: screen.opening.position != place)
        await pilot.press("'", "q")
        assert screen.opening.position == place
        assert screen.state.pane == "page"
        await pilot.press("g", "quotation_mark", "q")
        assert library_of(pilot).session.named_places()["q"][1] != place.offset  # type: ignore[union-attr]
        await pilot.press("u")
        assert library_of(pilot).session.named_places()["q"][1] == place.offset  # type: ignore[union-attr]


# One's own


async def test_keys_of_the_config() -> None:
    config = (
        '[keys]\npreset = "vim"\npage.keep = ["K", ",k"]\npage.next-event = "]e"\nlist.sort = []\n'
    )
    async with running(SEEDS, config=config) as pilot:
        reader = await at(pilot, "Against a backdrop")
        point = reader.point
        await pilot.press("right_square_bracket", "e")
        assert reader.point > point
        await pilot.press(",", "k")
        assert len(kept(pilot)) == 1
        await pilot.press("G")
        assert reader.scroll_offset.y > 0
        await pilot.press("g", "g")
        assert reader.scroll_offset.y == 0
        await pilot.press("question_mark")
        assert "]e" in shown(app_of(pilot))


async def test_a_wrong_config_is_said_and_dateline_starts() -> None:
    config = '[reader]\nmesure = 3\ntheme = "nowhere"\n[keys]\npage.kep = "x"\n'
    async with running(SEEDS, config=config, notifications=True) as pilot:
        await until(pilot, lambda: "config.toml:2" in shown(app_of(pilot)))
        assert "nowhere" in shown(app_of(pilot))
        assert "Articles  5" in shown(app_of(pilot))


async def test_dates_as_the_config_has_them() -> None:
    async with running(SEEDS, config='[dates]\nstyle = "iso"\n') as pilot:
        assert "Sun 2024-03-31" in shown(app_of(pilot))
    async with running(SEEDS, config='[dates]\nstyle = "month-day"\n') as pilot:
        assert "Sun Mar 31, 2024" in shown(app_of(pilot))
    async with running(SEEDS) as pilot:
        assert "Sun 31 Mar 2024" in shown(app_of(pilot))


@pytest.mark.parametrize(
    ("marks", "found", "bars"),
    [
        ("names", {Mention}, False),
        ("times", {TimeExpression}, False),
        ("events", {EventMention}, False),
        ("passages", set(), True),
    ],
)
async def test_what_is_marked(marks: str, found: set[type], bars: bool) -> None:
    async with running(SEEDS, config=f'[reader]\nmarks = ["{marks}"]\n') as pilot:
        reader = await at(pilot, "Against a backdrop")
        await pilot.press("m")
        assert ("▎Against a" in shown(app_of(pilot))) == bars
        seen: set[type] = set()
        before = -1
        while reader.point != before:
            before = reader.point
            reader.action_next_mark()
            if mark := reader.mark_at_point():
                seen.add(type(mark))
        assert seen == found


async def test_themes_are_previewed_and_escape_takes_it_back() -> None:
    async with running(SEEDS) as pilot:
        app = app_of(pilot)
        before = app.theme
        await pilot.press("T", "j")
        assert app.theme != before
        await pilot.press("escape")
        assert app.theme == before
        await pilot.press("T", "j", "j", "enter")
        assert app.theme != before


async def test_measure_spacing_and_edge() -> None:
    async with running(SEEDS, size=(160, 40)) as pilot:
        reader = await at(pilot, "Against a backdrop")
        await pilot.press("z", "+")
        assert reader.measure == 76
        await pilot.press("-", "-")
        assert reader.measure == 68
        await pilot.press("J")
        column, row = on_page(pilot, "Against a")
        full = lines(app_of(pilot))[row : row + 9]
        assert {len(line) for line in full} == {column + 68}
        column, row = on_page(pilot, "Kamala")
        await pilot.click(offset=(column + 1, row))
        mark = reader.mark_at_point()
        assert mark is not None
        assert mark.text.startswith("Kamala")
        await pilot.press("=")
        text = lines(app_of(pilot))
        row = next(n for n, line in enumerate(text) if "backdrop" in line and n > 4)
        assert not text[row + 1].strip("│▏○● ")
        await pilot.press("v", "j", "j", "k")
        assert reader.selected is not None
        first, last = reader.rows_of(*reader.selected)
        assert last - first == 2
        await pilot.press("q", "G")
        assert reader.scroll_offset.y == reader.max_scroll_y > 0


async def test_a_passage_is_piped_without_a_shell() -> None:
    program = "import sys; print(len(sys.stdin.read()), sys.argv[1:], '\\x1b[2J')"
    config = f"[commands]\nlength = {{ run = '''{sys.executable} -c \"{program}\" $HOME ;x''' }}\n"
    async with running(SEEDS, config=config) as pilot:
        app = app_of(pilot)
        await at(pilot, "Kamala Harris, the American")
        await pilot.press("v", "e", "exclamation_mark")
        await until(pilot, lambda: isinstance(app.screen, Choice), 30)
        assert "7 ['$HOME', ';x']" in shown(app)
        assert "\x1b" not in shown(app)


async def test_a_command_that_is_not_there_is_said() -> None:
    async with running(SEEDS) as pilot:
        await pilot.press("exclamation_mark")
        assert "[commands]" in lines(app_of(pilot))[-1]
    async with running(SEEDS, config="[commands]\na = 'no-such-program-x'\n") as pilot:
        app = app_of(pilot)
        await pilot.press("exclamation_mark")
        await until(pilot, lambda: isinstance(app.screen, Choice), 30)
        assert "no-such-program-x" in shown(app)
