"""The reader, by its keys and by the mouse."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from building import SEEDS, write
from rich.cells import cell_len
from screens import library_of, lines, reader_screen, running, shown, until
from story import write_story
from textual.pilot import Pilot
from textual.widgets import Input

from tui.app.app import DatelineApp
from tui.app.dialogs.choice import Choice
from tui.app.widgets.article_list import ArticleList
from tui.app.widgets.row_list import RowList
from tui.app.widgets.timeline_pane import TimelinePane
from tui.keys.actions import ACTIONS
from tui.keys.notation import LETTER, parse_all
from tui.nlp.document import Mention

# Nine happenings that have nothing in common.
NEWS = (
    "A ferry sank in Lake Garda",
    "Judges convicted a banker in Oslo",
    "Farmers harvested the first saffron in Kashmir",
    "An orchestra opened its season in Vienna",
    "Engineers completed a tunnel in Lyon",
    "Thieves stole two paintings in Bruges",
    "A volcano erupted in Iceland",
    "Nurses ended their strike in Lisbon",
    "Archaeologists discovered a tomb in Luxor",
)


def app_of(pilot: Pilot[None]) -> DatelineApp:
    assert isinstance(pilot.app, DatelineApp)
    return pilot.app


def source(pilot: Pilot[None]) -> str:
    """Which article the page shows."""
    page = reader_screen(app_of(pilot)).page.page
    return page.article.source if page is not None else ""


async def to_the_abstention(pilot: Pilot[None]) -> None:
    """Enter the first article of the story and go to its account of the vote."""
    await pilot.press("enter")
    reader = reader_screen(app_of(pilot)).page
    for _ in range(20):
        await pilot.press("right_square_bracket")
        event = reader.event_at_point()
        if event is not None and "abstained" in event.text:
            return
    raise AssertionError("no account of the vote")


async def test_the_first_screen_has_all_three_panes() -> None:
    async with running(SEEDS) as pilot:
        text = shown(app_of(pilot))
        assert "Articles  5" in text
        assert "Sun 31 Mar 2024" in text
        assert "Timeline  1" in text
        assert "~25 Mar 2024" in text
        assert source(pilot) == "video-meeting.txt"


async def test_moving_in_the_list_moves_page_and_timeline() -> None:
    async with running(SEEDS) as pilot:
        screen = reader_screen(app_of(pilot))
        await pilot.press("j", "j")
        await until(pilot, lambda: source(pilot) == "2024-rafah-harris.txt")
        day = date(2024, 3, 25).toordinal()
        await until(pilot, lambda: screen.timeline.day == day)
        await pilot.press("G")
        await until(pilot, lambda: source(pilot) == "netanyahu-allies.txt")


async def test_a_walk_from_an_event_to_another_account_and_back(tmp_path: Path) -> None:
    async with running(write_story(tmp_path)) as pilot:
        await to_the_abstention(pilot)
        reader = reader_screen(app_of(pilot)).page
        start = (source(pilot), reader.point)
        seen = {start[0]}
        for _ in range(2):
            await pilot.press("r")
            event = reader.event_at_point()
            assert event is not None
            assert "abstained" in event.text
            assert reader.point == event.start
            seen.add(source(pilot))
        assert seen == {"council.txt", "anger.txt", "later.txt"}
        assert "of 3" in lines(app_of(pilot))[-1]
        await pilot.press("less_than_sign", "less_than_sign")
        assert (source(pilot), reader.point) == start
        await pilot.press("greater_than_sign")
        assert source(pilot) != start[0]


async def test_the_list_of_all_accounts(tmp_path: Path) -> None:
    async with running(write_story(tmp_path)) as pilot:
        await to_the_abstention(pilot)
        await pilot.press("R")
        assert isinstance(app_of(pilot).screen, Choice)
        assert shown(app_of(pilot)).count("abstained") >= 2
        await pilot.press("enter")
        assert source(pilot) == "council.txt"
        assert reader_screen(app_of(pilot)).state.pane == "page"


async def test_a_sentence_without_an_event_leads_to_one_that_is_alike(tmp_path: Path) -> None:
    write(
        tmp_path,
        a=" date 2024-03-25 The harbour of Split is famous for its palace of Diocletian.",
        b=" date 2024-05-02 Tourists admire the palace of Diocletian in Split.",
    )
    async with running(tmp_path) as pilot:
        await pilot.press("j", "enter")
        await until(pilot, lambda: source(pilot) == "a.txt")
        await pilot.press("r")
        await until(pilot, lambda: source(pilot) == "b.txt")
        assert "alike, perhaps not the same" in lines(app_of(pilot))[-1]


async def test_more_and_fewer_events_on_the_timeline(tmp_path: Path) -> None:
    for day in range(1, 29):
        for number in range(3):
            what = NEWS[(day * 3 + number) % len(NEWS)].replace(" in ", f" number {day} in ")
            text = f" date 2024-02-{day:02} {what}."
            (tmp_path / f"{day:02}-{number}.txt").write_text(text, encoding="utf-8")
    async with running(tmp_path) as pilot:
        timeline = reader_screen(app_of(pilot)).timeline
        await until(pilot, lambda: timeline.total >= 40)
        total = timeline.total
        opening = timeline.event_count()
        assert opening < 2 * 28
        assert f"Timeline  {opening} of {total}" in shown(app_of(pilot))
        await pilot.press("t", "plus")
        assert timeline.event_count() == min(total, 2 * opening)
        await pilot.press("minus")
        assert timeline.event_count() == opening
        await pilot.press("equals_sign")
        assert timeline.event_count() == total
        await pilot.press("equals_sign")
        assert timeline.event_count() == opening
        await pilot.press("minus")
        assert timeline.event_count() == round(opening / 2)
        await pilot.press("equals_sign", "at", *"20 feb 2024", "enter")
        await until(pilot, lambda: timeline.day == date(2024, 2, 20).toordinal())
        await pilot.press("slash", *"ferry 15", "enter")
        await until(pilot, lambda: timeline.day == date(2024, 2, 15).toordinal())


def pane(pilot: Pilot[None]) -> str:
    return reader_screen(app_of(pilot)).state.pane


async def test_from_the_timeline_to_the_passage() -> None:
    async with running(SEEDS) as pilot:
        screen = reader_screen(app_of(pilot))
        await pilot.press("t", "g")
        first = screen.timeline.event
        assert first is not None
        place = library_of(pilot).timeline.first_account(first)
        await until(pilot, lambda: screen.opening.position == place)
        assert pane(pilot) == "timeline"
        await pilot.press("enter")
        assert pane(pilot) == "page"
        event = screen.page.event_at_point()
        assert event is not None
        assert event.event == first


async def test_a_name_leads_through_the_library() -> None:
    async with running(SEEDS) as pilot:
        await pilot.press("enter", "l")
        reader = reader_screen(app_of(pilot)).page
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
        naming = len(library_of(pilot).entities.articles(first.entity))
        assert len({name for name, _ in seen}) == naming >= 4
        await pilot.press("left_curly_bracket")
        assert (source(pilot), reader.point) == seen[-1]


async def test_reading_is_remembered() -> None:
    async with running(SEEDS) as pilot:
        await pilot.press("j", "enter", "q", "j")
        rows = reader_screen(app_of(pilot)).articles
        assert [getattr(rows.row(n), "read", None) for n in range(3)] == [False, True, False]
    async with running(SEEDS) as pilot:
        rows = reader_screen(app_of(pilot)).articles
        assert getattr(rows.row(1), "read", None) is True


async def test_raw_text_and_back() -> None:
    async with running(SEEDS) as pilot:
        await pilot.press("j", "j", "enter", "x")
        await until(pilot, lambda: "date 2024-03-25 Against" in shown(app_of(pilot)))
        await pilot.press("q")
        assert "date 2024-03-25 Against" not in shown(app_of(pilot))
        assert reader_screen(app_of(pilot)).state.pane == "page"


async def test_every_call_of_the_table_of_keys_names_a_method_of_a_controller() -> None:
    async with running(SEEDS) as pilot:
        controllers = reader_screen(app_of(pilot)).controllers
        calls = [re.match(r"(\w+)\.(\w+)", action.call) for action in ACTIONS]
        named = [call.groups() for call in calls if call and call[1] not in ("app", "screen")]
        assert {namespace for namespace, _ in named} <= controllers.keys()
        assert [n for n in named if not callable(getattr(controllers[n[0]], n[1], None))] == []


async def test_raw_text_leaves_the_timeline_where_it_is() -> None:
    async with running(SEEDS) as pilot:
        screen = reader_screen(app_of(pilot))
        await pilot.press("j", "j", "enter", "right_square_bracket", "x")
        before = screen.timeline.event
        await pilot.press("G")
        await until(pilot, lambda: screen.page.point > 1000)
        assert screen.timeline.event == before
        assert screen.page.event_at_point() is None


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
        await until(pilot, lambda: reader_screen(app_of(pilot)).has_class("-one"))


@pytest.mark.parametrize(
    ("width", "panes"),
    [
        (200, ["articles", "page", "timeline"]),
        (110, ["articles", "page", "timeline"]),
        (109, ["articles", "page"]),
        (70, ["articles", "page"]),
        (69, ["articles"]),
        (40, ["articles"]),
        (20, ["articles"]),
    ],
)
async def test_panes_fold_away(width: int, panes: list[str]) -> None:
    async with running(SEEDS, size=(width, 10)) as pilot:
        screen = reader_screen(app_of(pilot))
        found = [w.id for w in (screen.articles, screen.page, screen.timeline) if w.region]
        assert found == panes
        widgets = {"articles": screen.articles, "page": screen.page, "timeline": screen.timeline}
        for key in ("t", "tab", "tab", "enter", "right_square_bracket", "w", "q", "z", "G", "b"):
            await pilot.press(key)
            # The pane that the keys go to is seen, whole.
            region = widgets[screen.state.pane].region
            assert region, key
            assert screen.region.contains_region(region), key


async def test_a_resize_keeps_the_place() -> None:
    async with running(SEEDS) as pilot:
        await pilot.press("enter", *["space"] * 2)
        reader = reader_screen(app_of(pilot)).page
        top, point = reader.top, reader.point
        assert top > 0
        for size in ((60, 20), (200, 50), (40, 10), (120, 36)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            row = reader.rows_of(reader.point, reader.point + 1)[0] - reader.content_region.y
            assert 0 <= row < reader.size.height
        assert reader.top == top
        assert reader.point == point


async def test_q_goes_back_step_by_step_and_out() -> None:
    async with running(SEEDS) as pilot:
        screen = reader_screen(app_of(pilot))
        await pilot.press("enter", "z")
        assert screen.has_class("-one")
        await pilot.press("q")
        assert not screen.has_class("-one")
        await pilot.press("q")
        assert screen.state.pane == "articles"
        await pilot.press("q")
        await until(pilot, lambda: not app_of(pilot).is_running)


async def test_the_mouse() -> None:
    async with running(SEEDS) as pilot:
        screen = reader_screen(app_of(pilot))
        await pilot.click(ArticleList, offset=(8, screen.articles.row_height * 2 + 1))
        await until(pilot, lambda: source(pilot) == "2024-rafah-harris.txt")
        text = lines(app_of(pilot))
        row, column = next(
            (n, line.index("Netanyahu", 28))
            for n, line in enumerate(text)
            if "Netanyahu" in line[28:78]
        )
        await pilot.click(offset=(column + 3, row))
        mark = screen.page.mark_at_point()
        assert isinstance(mark, Mention)
        assert "Netanyahu" in mark.text
        timeline = screen.timeline
        top = timeline.scroll_offset.y
        row = next(
            n
            for n in range(top + 1, top + timeline.size.height)
            if timeline.rests(n) and n != timeline.cursor
        )
        await pilot.click(TimelinePane, offset=(8, row - top))
        assert timeline.cursor == row
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
            assert "\x1b" not in shown(app_of(pilot)), key


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
        screen = reader_screen(app_of(pilot))
        for pane in (screen.articles, screen.page, screen.timeline):
            for y in range(pane.size.height):
                strip = pane.render_line(y)
                assert sum(cell_len(s.text) for s in strip) == pane.size.width


async def test_an_empty_folder_says_what_is_read(tmp_path: Path) -> None:
    async with running(tmp_path) as pilot:
        assert "Nothing to read" in shown(app_of(pilot))
        for action in ACTIONS:
            if action.id not in ("app.leave", "app.quit") and action.context in (
                "list",
                "anywhere",
            ):
                for keys in parse_all(action.keys)[:1]:
                    await pilot.press(*("a" if key == LETTER else key for key in keys))
                if len(app_of(pilot).screen_stack) > 1:
                    app_of(pilot).pop_screen()
        await until(pilot, lambda: "Nothing to read" in shown(app_of(pilot)))


async def test_articles_appear_while_the_child_indexes(tmp_path: Path) -> None:
    write(
        tmp_path,
        **{f"n{i}": f" date 2024-03-{i + 1:02} {what}." for i, what in enumerate(NEWS)},
    )
    async with running(tmp_path, index=True) as pilot:
        screen = reader_screen(app_of(pilot))
        await until(pilot, lambda: screen.articles.count() == 9, 60)
        await until(pilot, lambda: library_of(pilot).articles.status().analysed == 9, 60)
        await until(pilot, lambda: screen.timeline.total == 9, 60)
        await until(pilot, lambda: "9 articles" in lines(app_of(pilot))[-1], 60)
        (tmp_path / "new.txt").write_text(" date 2024-04-01 Anna Weber left Rome.")
        await until(pilot, lambda: not screen.state.indexing, 60)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: screen.articles.count() == 10, 60)


async def test_an_article_that_vanishes_from_the_cache_is_no_crash() -> None:
    async with running(SEEDS) as pilot:
        screen = reader_screen(app_of(pilot))
        assert not screen.opening.show(10**9)
        assert source(pilot) == "video-meeting.txt"


# Guards: what a key costs, counted


async def test_a_move_in_the_list_draws_two_rows_and_asks_for_little(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(
        tmp_path,
        **{f"n{i}": f" date 2024-03-{i % 28 + 1:02} Thing {i} is here." for i in range(500)},
    )
    async with running(tmp_path) as pilot:
        screen = reader_screen(app_of(pilot))
        await pilot.press("j")
        await until(pilot, lambda: screen.state.article == screen.articles.article)
        await pilot.pause()
        statements: list[str] = []
        library_of(pilot).cache.connection.set_trace_callback(statements.append)
        drawn: set[tuple[int, int]] = set()
        draw = ArticleList.draw

        def counted(self: ArticleList, row: object, number: int, line: int, width: int) -> object:
            drawn.add((number, line))
            return draw(self, row, number, line, width)  # type: ignore[arg-type]

        monkeypatch.setattr(ArticleList, "draw", counted)
        screen.articles.action_down()
        await pilot.pause()
        assert len(drawn) == 2 * screen.articles.row_height
        await until(pilot, lambda: screen.state.article == screen.articles.article)
        assert 0 < len(statements) <= 16, statements
        statements.clear()
        await pilot.press("G", "g", "G", "g")
        await until(pilot, lambda: screen.state.article == screen.articles.article)
        assert 0 < len(statements) <= 4 * 16, statements


async def test_an_event_hop_on_the_page_asks_for_one_row() -> None:
    async with running(SEEDS) as pilot:
        await pilot.press("enter", "right_square_bracket")
        statements: list[str] = []
        library_of(pilot).cache.connection.set_trace_callback(statements.append)
        await pilot.press("right_square_bracket")
        assert 0 < len(statements) <= 3, statements


def test_widget_names_are_not_taken() -> None:
    """Names of Textual's own that a widget of ours would hide."""
    from textual.scroll_view import ScrollView

    from tui.app.page.page_pane import PagePane

    meant = {
        "BINDINGS", "COMPONENT_CLASSES", "DEFAULT_CSS", "ALLOW_SELECT", "Moved", "Chosen", "cursor",
        "render_line", "render_lines", "notify_style_update", "watch_scroll_y", "get_selection", "text_select_all", "selection_updated",
        "on_resize", "on_click", "on_focus", "on_blur", "action_page_down", "action_page_up",
        "can_focus", "can_focus_children", "_inherit_bindings", "_inherit_css", "_css_type_name",
        "_css_type_names", "_inherit_component_classes", "_merged_bindings", "_reactives",
        "_computes", "_decorated_handlers", "_parameters_", "__parameters__", "_is_protocol",
    }  # fmt: skip
    for cls in (RowList, PagePane, ArticleList, TimelinePane, Choice):
        base = ScrollView if cls is not Choice else Choice.__mro__[1]
        hidden = {
            name
            for name in vars(cls)
            if hasattr(base, name) and not name.startswith("__") and name not in meant
        }
        assert not {n for n in hidden if not n.startswith(("_on_", "key_", "compose", "on_"))}, cls
