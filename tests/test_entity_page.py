"""The page of an entity: in the reader, from the palette and on the command line."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from building import SEEDS, OpenLibrary, keys_by_source, write
from hypothesis import given
from hypothesis import strategies as st
from screens import library_of, reader_screen, running, shown, until
from textual.pilot import Pilot

from tui.app.app import DatelineApp
from tui.app.dialogs.choice import Lines
from tui.cli.main import run
from tui.events.timeline_store import Selection
from tui.library import Library
from tui.nlp.document import Mention
from tui.sparkline import sparkline

STORY = {
    "one": "First talks\n\n1 March 2024\n\nAngela Merkel met Emmanuel Macron in Paris on Friday. Merkel said"
    " that the talks would go on.",
    "two": "Second talks\n\n5 March 2024\n\nAngela Merkel spoke with Olaf Scholz in Berlin. Paris welcomed it.",
    "three": "Harvest\n\n9 March 2024\n\nFarmers in Norway said that the harvest was poor.",
}


def test_what_the_library_knows_of_somebody(tmp_path: Path, open_library: OpenLibrary) -> None:
    library = open_library(write(tmp_path / "story", **STORY))
    ((ident, name, count, _),) = library.entities.like("Merkel")
    assert (name, count) == ("Angela Merkel", 2)
    profile = library.entities.profile(ident)
    assert profile is not None
    keys = keys_by_source(library)
    assert profile.articles == (keys["one.txt"], keys["two.txt"])
    assert profile.days == (
        (date(2024, 3, 1).toordinal(), 1),
        (date(2024, 3, 5).toordinal(), 1),
    )
    assert dict(profile.spellings) == {"Angela Merkel": 2, "Merkel": 1}
    assert profile.mentions == 3
    met = {other.name: other.articles for other in profile.companions}
    assert met["Paris"] == 2
    assert met["Emmanuel Macron"] == met["Olaf Scholz"] == 1
    assert "Norway" not in met
    assert "Angela Merkel" not in met
    article = library.articles.get(keys["two.txt"])
    assert article is not None
    place = library.entities.first_mention(ident, keys["two.txt"])
    assert article.text[place.offset :].startswith("Angela Merkel")
    assert library.entities.profile("nobody") is None
    assert library.notices.take() == []


def test_a_lone_surname_is_on_the_page_of_the_full_name(
    tmp_path: Path, open_library: OpenLibrary
) -> None:
    more = {"four": "Reactions\n\n7 March 2024\n\nMinister Merkel declined to comment in Paris."}
    library = open_library(write(tmp_path / "story", **STORY, **more))
    profile = library.entities.profile("merkel-per")
    assert profile is not None
    assert profile.name == "Angela Merkel"
    assert len(profile.articles) == 3


def app_of(pilot: Pilot[None]) -> DatelineApp:
    assert isinstance(pilot.app, DatelineApp)
    return pilot.app


def source(pilot: Pilot[None]) -> str:
    page = reader_screen(app_of(pilot)).page.page
    return page.article.source if page is not None else ""


async def test_enter_on_a_name_opens_its_page_and_a_line_leads_on() -> None:
    async with running(SEEDS) as pilot:
        screen = reader_screen(app_of(pilot))
        await pilot.press("enter")
        while not (
            isinstance(mark := screen.page.mark_at_point(), Mention)
            and mark.entity == "benjamin-netanyahu"
        ):
            await pilot.press("l")
        await pilot.press("enter")
        text = shown(app_of(pilot))
        assert "Benjamin Netanyahu" in text
        assert "Person" in text
        assert "Events" in text
        before = source(pilot)
        # Behind the line of the list is the first article that names him.
        await pilot.press("j", "enter")
        await until(pilot, lambda: source(pilot) != before)
        assert screen.page.mark_at_point() is not None
        # And back: the place and the page, at the line that was left.
        await pilot.press("less_than_sign")
        await until(pilot, lambda: "Enter chooses" in shown(app_of(pilot)))
        assert source(pilot) == before
        await pilot.press("enter")
        await until(pilot, lambda: source(pilot) != before)


async def test_from_one_page_to_another_and_back() -> None:
    async with running(SEEDS) as pilot:
        screen = reader_screen(app_of(pilot))
        screen.open_entity("kamala-harris")
        await until(pilot, lambda: "Kamala Harris" in shown(app_of(pilot)))
        profile = library_of(pilot).entities.profile("kamala-harris")
        assert profile is not None
        other = profile.companions[0].name
        lines = app_of(pilot).screen.query_one(Lines)
        lines.go_to_line(
            next(n for n, line in enumerate(lines.given) if line.words.startswith(other))
        )
        await pilot.press("enter")
        await until(pilot, lambda: f"│ {other} " in shown(app_of(pilot)))
        await pilot.press("q")
        await until(pilot, lambda: "│ Kamala Harris " in shown(app_of(pilot)))
        await pilot.press("q")
        await until(pilot, lambda: "Enter chooses" not in shown(app_of(pilot)))


async def test_from_the_page_the_list_is_narrowed() -> None:
    async with running(SEEDS) as pilot:
        screen = reader_screen(app_of(pilot))
        await pilot.press("enter")
        profile = library_of(pilot).entities.profile("kamala-harris")
        assert profile is not None
        screen.open_entity(profile.id)
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, lambda: screen.articles.count() < 5)
        assert screen.articles.count() == len(profile.articles)


async def test_the_palette_finds_people_by_name() -> None:
    async with running(SEEDS) as pilot:
        await pilot.press("colon", *"spicer")
        await until(pilot, lambda: "Sean Spicer" in shown(app_of(pilot)))
        await pilot.press("enter")
        await until(pilot, lambda: "Person" in shown(app_of(pilot)))


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["entity", "netanyahu", str(SEEDS)]) == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert rows[0] == ["name", "Benjamin Netanyahu", "PER", "benjamin-netanyahu"]
    assert {row[0] for row in rows} == {
        "name",
        "named",
        "seen",
        "spelt",
        "event",
        "with",
        "article",
    }
    assert run(["entity", "netanyahu", str(SEEDS), "--format", "json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["mentions"] == sum(record["spellings"].values())
    assert run(["entity", "nobody at all", str(SEEDS)]) == 1
    # In any spelling, that which is wholly so before what holds the letters; nearly, with a hint.
    for spelling in ("US", "u.s.", "Americans"):
        capsys.readouterr()
        found = run(["entity", spelling, "--format", "json", str(SEEDS)])
        assert found == 0, spelling
        name = json.loads(capsys.readouterr().out)["name"]
        assert name == ("United States" if spelling != "Americans" else "American")
    assert run(["entity", "tanya", str(SEEDS)]) == 0
    assert run(["entity", "tan", str(SEEDS)]) == 1
    assert run(["entity", "Netanyahoo", str(SEEDS)]) == 1
    assert "Netanyahu?" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        run(["entity", " ", str(SEEDS)])


async def test_a_picture_leaves_no_trace(tmp_path: Path) -> None:
    picture = ["--screenshot", str(tmp_path / "x.svg"), "--keys", "f,u,q", str(SEEDS)]
    assert await asyncio.to_thread(run, picture) == 0
    library = Library([SEEDS])
    assert library.session.load()[0] == {}
    library.close()


@given(
    st.dictionaries(st.integers(1, 4000), st.integers(1, 50), min_size=1, max_size=60),
    st.integers(1, 60),
)
def test_a_sparkline_has_a_block_for_each_span_with_something(
    counts: dict[int, int], width: int
) -> None:
    days = sorted(counts.items())
    line = sparkline(days, width)
    assert len(line) == min(width, days[-1][0] - days[0][0] + 1)
    assert line[0] != " "
    assert line[-1] != " "
    assert "█" in line


async def test_timeline_and_search_are_narrowed_with_the_list() -> None:
    async with running(SEEDS, size=(120, 36)) as pilot:
        screen = reader_screen(app_of(pilot))
        profile = library_of(pilot).entities.profile("sean-spicer")
        assert profile is not None
        whole = screen.timeline.total
        screen.filters.apply(
            replace(screen.state.filter, entity=profile.id, entity_name=profile.name)
        )
        await until(pilot, lambda: "  Sean Spicer" in shown(app_of(pilot)))
        events = library_of(pilot).entities.events(profile.id)
        index = library_of(pilot).timeline.index(Selection(events=frozenset(events)))
        assert {row for row in index.rows if row > 0} <= events
        assert screen.timeline.total == len(index.rows) - len(index.spans) < whole
        await pilot.press("s", *"gaza")
        await until(pilot, lambda: "of what names Sean Spicer" in shown(app_of(pilot)))
        assert f"{len(profile.articles)} article" in shown(app_of(pilot))
        await pilot.press("escape", "f", "x")
        await until(pilot, lambda: screen.timeline.total == whole)
