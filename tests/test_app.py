"""The reader, by its keys and by the mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import SEEDS, write
from rich.cells import cell_len
from screens import library_screen, lines, running, shown, until
from textual.pilot import Pilot
from textual.widgets import Input

from tui.app.app import DatelineApp
from tui.app.panes.article_list import ArticleList
from tui.app.panes.timeline import Timeline
from tui.app.rows import RowList
from tui.app.screens.choice import Choice
from tui.keys.actions import ACTIONS
from tui.keys.notation import LETTER, parse_all
from tui.model import Mention


def app_of(pilot: Pilot[None]) -> DatelineApp:
    assert isinstance(pilot.app, DatelineApp)
    return pilot.app


def source(pilot: Pilot[None]) -> str:
    """Which article the page shows."""
    page = library_screen(app_of(pilot)).reader.page
    return page.article.source if page is not None else ""


async def to_the_abstention(pilot: Pilot[None]) -> None:
    """Enter the first article and go to its account of the vote."""
    await pilot.press("enter")
    reader = library_screen(app_of(pilot)).reader
    for _ in range(20):
        await pilot.press("right_square_bracket")
        event = reader.event_at_point()
        if event is not None and event.lemma == "abstain":
            return
    raise AssertionError("no account of the vote")


async def test_the_first_screen_has_all_three_panes() -> None:
    async with running(SEEDS) as pilot:
        text = shown(app_of(pilot))
        assert "Articles  5" in text
        assert "Sun 31 Mar 2024" in text
        assert "US abstained in the UN" in text
        assert "~25 Mar 2024" in text
        assert source(pilot) == "video-meeting.txt"


async def test_moving_in_the_list_moves_page_and_timeline() -> None:
    async with running(SEEDS) as pilot:
        screen = library_screen(app_of(pilot))
        await pilot.press("j", "j")
        await until(pilot, lambda: source(pilot) == "2024-rafah-harris.txt")
        page = screen.reader.page
        assert page is not None
        own = {int(event.event) for event in page.analysis.events}
        assert screen.events.event in own
        await pilot.press("G")
        await until(pilot, lambda: source(pilot) == "netanyahu-allies.txt")


async def test_a_walk_from_an_event_to_another_account_and_back() -> None:
    async with running(SEEDS) as pilot:
        await to_the_abstention(pilot)
        reader = library_screen(app_of(pilot)).reader
        start = (source(pilot), reader.point)
        seen = {start[0]}
        for _ in range(2):
            await pilot.press("r")
            event = reader.event_at_point()
            assert event is not None
            assert event.lemma == "abstain"
            assert reader.point == event.start
            seen.add(source(pilot))
        assert seen == {"video-meeting.txt", "un-vote-gaza.txt", "2024-rafah-harris.txt"}
        assert "of 3" in lines(app_of(pilot))[-1]
        await pilot.press("less_than_sign", "less_than_sign")
        assert (source(pilot), reader.point) == start
        await pilot.press("greater_than_sign")
        assert source(pilot) != start[0]


async def test_the_list_of_all_accounts() -> None:
    async with running(SEEDS) as pilot:
        await to_the_abstention(pilot)
        await pilot.press("R")
        assert isinstance(app_of(pilot).screen, Choice)
        assert shown(app_of(pilot)).count("abstained") >= 2
        await pilot.press("enter")
        assert source(pilot) == "un-vote-gaza.txt"
        assert library_screen(app_of(pilot)).pane == "reader"


async def test_from_the_timeline_to_the_passage() -> None:
    async with running(SEEDS) as pilot:
        screen = library_screen(app_of(pilot))
        await pilot.press("t", "g")
        first = screen.events.event
        assert first is not None
        place = screen._library.first_account(first)
        await until(pilot, lambda: screen.place() == place)
        assert screen.pane == "timeline"
        await pilot.press("enter")
        assert screen.pane == "reader"
        event = screen.reader.event_at_point()
        assert event is not None
        assert event.event == str(first)


async def test_a_name_leads_through_the_library() -> None:
    async with running(SEEDS) as pilot:
        await pilot.press("enter", "l")
        reader = library_screen(app_of(pilot)).reader
        while not isinstance(reader.mark_at_point(), Mention):
            await pilot.press("l")
        first = reader.mention_at_point()
        assert first is not None
        seen: list[tuple[str, int]] = []
        while True:
            here = (source(pilot), reader.point)
            if here in seen:
                break
            seen.append(here)
            mark = reader.mark_at_point()
            assert isinstance(mark, Mention)
            assert mark.entity == first.entity
            await pilot.press("right_curly_bracket")
        naming = library_screen(app_of(pilot))._library.articles_naming(first.entity)
        assert len({name for name, _ in seen}) == naming >= 4
        await pilot.press("left_curly_bracket")
        assert (source(pilot), reader.point) == seen[-1]


async def test_reading_is_remembered() -> None:
    async with running(SEEDS) as pilot:
        await pilot.press("j", "enter", "q", "j")
        rows = library_screen(app_of(pilot)).articles
        assert [getattr(rows.row(n), "read", None) for n in range(3)] == [False, True, False]
    async with running(SEEDS) as pilot:
        rows = library_screen(app_of(pilot)).articles
        assert getattr(rows.row(1), "read", None) is True


async def test_raw_text_and_back() -> None:
    async with running(SEEDS) as pilot:
        await pilot.press("j", "j", "enter", "x")
        await until(pilot, lambda: "date 2024-03-25 Against" in shown(app_of(pilot)))
        await pilot.press("q")
        assert "date 2024-03-25 Against" not in shown(app_of(pilot))
        assert library_screen(app_of(pilot)).pane == "reader"


async def test_why() -> None:
    async with running(SEEDS) as pilot:
        await pilot.press("j", "enter", "w")
        assert "inferred" in shown(app_of(pilot))
        assert "most like" in shown(app_of(pilot))
        await pilot.press("q")
        assert not isinstance(app_of(pilot).screen, Choice)


async def test_help_lists_every_action_and_can_be_searched() -> None:
    async with running(SEEDS, size=(160, 200)) as pilot:
        await pilot.press("question_mark")
        text = shown(app_of(pilot))
        for action in ACTIONS:
            assert action.help.split(",")[0][:40] in text, action.help
        await pilot.press("slash", *"account")
        assert app_of(pilot).screen.query_one(Input).value == "account"
        text = shown(app_of(pilot))
        assert "all accounts of the event" in text
        assert "one line down" not in text


async def test_the_palette_runs_an_action() -> None:
    async with running(SEEDS) as pilot:
        await pilot.press("colon")
        await until(pilot, lambda: "select whole lines" in shown(app_of(pilot)))
        await pilot.press(*"page alone")
        await until(pilot, lambda: "select whole lines" not in shown(app_of(pilot)))
        await pilot.press("down", "enter")
        await until(pilot, lambda: library_screen(app_of(pilot)).has_class("-one"))


@pytest.mark.parametrize(
    ("width", "panes"),
    [
        (200, ["articles", "reader", "timeline"]),
        (110, ["articles", "reader", "timeline"]),
        (109, ["articles", "reader"]),
        (70, ["articles", "reader"]),
        (69, ["articles"]),
        (40, ["articles"]),
        (20, ["articles"]),
    ],
)
async def test_panes_fold_away(width: int, panes: list[str]) -> None:
    async with running(SEEDS, size=(width, 10)) as pilot:
        screen = library_screen(app_of(pilot))
        found = [w.id for w in (screen.articles, screen.reader, screen.events) if w.region]
        assert found == panes
        for key in ("t", "tab", "tab", "enter", "right_square_bracket", "w", "q", "z", "G", "b"):
            await pilot.press(key)
        assert all(cell_len(line) <= width for line in lines(app_of(pilot)))


async def test_a_resize_keeps_the_place() -> None:
    async with running(SEEDS) as pilot:
        await pilot.press("enter", *["space"] * 2)
        reader = library_screen(app_of(pilot)).reader
        top, point = reader.top, reader.point
        assert top > 0
        for size in ((60, 20), (200, 50), (40, 10), (120, 36)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            row = reader._row(reader.point) - reader.scroll_offset.y
            assert 0 <= row < reader.size.height
        assert reader.top == top
        assert reader.point == point


async def test_q_goes_back_step_by_step_and_out() -> None:
    async with running(SEEDS) as pilot:
        screen = library_screen(app_of(pilot))
        await pilot.press("enter", "z")
        assert screen.has_class("-one")
        await pilot.press("q")
        assert not screen.has_class("-one")
        await pilot.press("q")
        assert screen.pane == "articles"
        await pilot.press("q")
        await until(pilot, lambda: not app_of(pilot).is_running)


async def test_the_mouse() -> None:
    async with running(SEEDS) as pilot:
        screen = library_screen(app_of(pilot))
        await pilot.click(ArticleList, offset=(8, screen.articles.row_height * 2 + 1))
        await until(pilot, lambda: source(pilot) == "2024-rafah-harris.txt")
        row = next(n for n, line in enumerate(lines(app_of(pilot))) if "US abstained" in line)
        await pilot.click(Timeline, offset=(8, row - 1))
        event = screen.events.event
        assert event is not None
        assert screen._library.events([event])[event].accounts == 3
        text = lines(app_of(pilot))
        row = next(n for n, line in enumerate(text) if "Benjamin Netanyahu answered" in line)
        column = text[row].index("Benjamin Netanyahu answered")
        await pilot.click(offset=(column + 3, row))
        mark = screen.reader.mark_at_point()
        assert isinstance(mark, Mention)
        assert mark.text == "Benjamin Netanyahu"
        column = lines(app_of(pilot))[-1].index("? keys")
        await pilot.click(offset=(column + 2, 35))
        assert isinstance(app_of(pilot).screen, Choice)


async def test_text_of_others_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"title": "[/x] [Reuters] \\u001b[2J[bold]Up[/bold] [[", "date": "2024-03-25",'
        ' "text": "[/AP] Anna Weber attacked [b]Rome[/b] \\u001b]0;x\\u0007 [on red]."}\n'
    )
    async with running(tmp_path) as pilot:
        text = shown(app_of(pilot))
        assert "[/x] [Reuters]" in text
        assert "␛[2J[bold]Up[/bold] [[" in text
        assert "[/AP] Anna Weber attacked [b]Rome[/b]" in text
        assert "\x1b" not in text
        for key in ("enter", "w", "q", "right_square_bracket", "R", "q", "P", "q", "x"):
            await pilot.press(key)
        assert app_of(pilot).is_running


async def test_columns_line_up_in_any_script(tmp_path: Path) -> None:
    titles = (
        "日本の首相が訪問",
        "ראש הממשלה ביקר",
        "Emoji 👩‍👩‍👧 🇫🇷 title",
        "Cafe\u0301 society",
        "Plain",
    )
    for number, title in enumerate(titles):
        (tmp_path / f"{number}.md").write_text(
            f"---\ntitle: {title}\ndate: 2024-03-2{number}\n---\n{title} met Anna Weber in Rome. "
            * 3
        )
    async with running(tmp_path) as pilot:
        screen = library_screen(app_of(pilot))
        for pane in (screen.articles, screen.reader, screen.events):
            for y in range(pane.size.height):
                strip = pane.render_line(y)
                assert sum(cell_len(s.text) for s in strip) == pane.size.width


async def test_an_empty_folder_says_what_is_read(tmp_path: Path) -> None:
    async with running(tmp_path) as pilot:
        assert "Nothing to read" in shown(app_of(pilot))
        for action in ACTIONS:
            if action.id not in ("app.leave", "app.quit") and action.where in ("list", "anywhere"):
                for keys in parse_all(action.keys)[:1]:
                    await pilot.press(*("a" if key == LETTER else key for key in keys))
                if len(app_of(pilot).screen_stack) > 1:
                    app_of(pilot).pop_screen()
        assert app_of(pilot).is_running


async def test_articles_appear_while_the_child_indexes(tmp_path: Path) -> None:
    write(
        tmp_path,
        **{f"n{i}": f" date 2024-03-{i + 1:02} Anna Weber visited Town{i}." for i in range(9)},
    )
    async with running(tmp_path, index=True) as pilot:
        screen = library_screen(app_of(pilot))
        await until(pilot, lambda: screen.articles.count() == 9, 60)
        await until(pilot, lambda: screen._library.status().analysed == 9, 60)
        await until(pilot, lambda: screen.events.count() == 18, 60)
        await until(pilot, lambda: "9 articles" in lines(app_of(pilot))[-1], 60)
        (tmp_path / "new.txt").write_text(" date 2024-04-01 Anna Weber left Rome.")
        await until(pilot, lambda: not screen._feeder.running, 60)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: screen.articles.count() == 10, 60)


async def test_an_article_that_vanishes_from_the_cache_is_no_crash() -> None:
    async with running(SEEDS) as pilot:
        screen = library_screen(app_of(pilot))
        assert not screen.show_article(10**9)
        assert app_of(pilot).is_running


# Guards: what a key costs, counted


async def test_a_move_in_the_list_draws_two_rows_and_asks_for_little(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(
        tmp_path,
        **{f"n{i}": f" date 2024-03-{i % 28 + 1:02} Thing {i} is here." for i in range(500)},
    )
    async with running(tmp_path) as pilot:
        screen = library_screen(app_of(pilot))
        await pilot.press("j")
        await until(pilot, lambda: screen._key == screen.articles.key)
        await pilot.pause()
        statements: list[str] = []
        screen._library._connection.set_trace_callback(statements.append)
        drawn: set[tuple[int, int]] = set()
        draw = ArticleList.draw

        def counted(self: ArticleList, row: object, number: int, line: int, width: int) -> object:
            drawn.add((number, line))
            return draw(self, row, number, line, width)  # type: ignore[arg-type]

        monkeypatch.setattr(ArticleList, "draw", counted)
        screen.articles.action_down()
        await pilot.pause()
        assert len(drawn) <= 2 * screen.articles.row_height
        await until(pilot, lambda: screen._key == screen.articles.key)
        assert len(statements) <= 16, statements
        statements.clear()
        await pilot.press("G", "g", "G", "g")
        await until(pilot, lambda: screen._key == screen.articles.key)
        assert len(statements) <= 4 * 16, statements


async def test_an_event_hop_on_the_page_asks_for_one_row() -> None:
    async with running(SEEDS) as pilot:
        screen = library_screen(app_of(pilot))
        await pilot.press("enter", "right_square_bracket")
        statements: list[str] = []
        screen._library._connection.set_trace_callback(statements.append)
        await pilot.press("right_square_bracket")
        assert len(statements) <= 3, statements


def test_widget_names_are_not_taken() -> None:
    """Names of Textual's own that a widget of ours would hide."""
    from textual.scroll_view import ScrollView

    from tui.app.panes.reader import Reader

    meant = {
        "BINDINGS", "COMPONENT_CLASSES", "DEFAULT_CSS", "ALLOW_SELECT", "Moved", "Chosen", "cursor",
        "render_line", "render_lines", "notify_style_update", "watch_scroll_y", "get_selection", "text_select_all", "selection_updated",
        "on_resize", "on_click", "on_focus", "on_blur", "action_page_down", "action_page_up",
        "can_focus", "can_focus_children", "_inherit_bindings", "_inherit_css", "_css_type_name",
        "_css_type_names", "_inherit_component_classes", "_merged_bindings", "_reactives",
        "_computes", "_decorated_handlers", "_parameters_", "__parameters__", "_is_protocol",
    }  # fmt: skip
    for cls in (RowList, Reader, ArticleList, Timeline, Choice):
        base = ScrollView if cls is not Choice else Choice.__mro__[1]
        hidden = {
            name
            for name in vars(cls)
            if hasattr(base, name) and not name.startswith("__") and name not in meant
        }
        assert not {n for n in hidden if not n.startswith(("_on_", "key_", "compose", "on_"))}, cls
