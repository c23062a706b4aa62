"""Corrections of events: what the reader says of them holds, is kept as text, and can be undone."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from building import OpenLibrary, bring_up_to_date, document_of, keys_by_source, write
from screens import library_of, reader_screen, running, shown, until

from tui import json_export
from tui.app.app import DatelineApp
from tui.app.dialogs.choice import Lines
from tui.cli.main import run
from tui.events.timeline_store import Selection
from tui.library import Library
from tui.nlp.document import EventMention
from tui.search.filters import Filter
from tui.storage.notebook_access import NotRead

STORY = {
    "ferry": " date 2024-03-25 A ferry sank in Lake Garda on Monday. Divers found the wreck.",
    "crew": " date 2024-03-26 The ferry that sank in Lake Garda on Monday had ninety passengers.",
    "trial": " date 2024-03-26 Judges convicted a banker in Oslo.",
    "police": " date 2024-03-27 A ferry sank in Lake Garda on Monday, police said. Oslo was calm.",
    "banker": "Judges convicted a banker of fraud in Oslo. The banker appealed.",
    "harbour": "A bishop blessed the new harbour of Korcula. Fishermen brought their boats.",
    "bridge": " date 2024-03-28 Engineers closed the old bridge in Graz on Thursday.",
}


@pytest.fixture
def story(tmp_path: Path, open_library: OpenLibrary) -> Library:
    return open_library(write(tmp_path / "story", **STORY))


def follow(library: Library) -> None:
    """Bring the cache up to date, as the index process does after each correction."""
    bring_up_to_date(library.sources)
    library.refresh()


def records(library: Library) -> list[dict[str, Any]]:
    """The timeline without the ids of this cache."""
    found = [dict(record) for record in json_export.timeline(library)]
    for record in found:
        del record["event"]
    return found


def event_of(library: Library, words: str) -> int:
    """The row id of the one event whose line has some words."""
    (event,) = (r["event"] for r in json_export.timeline(library) if words in r["headline"])
    return int(event[1:])


def lines(library: Library) -> list[str]:
    return [str(record["headline"]) for record in records(library)]


def fresh(library: Library) -> list[dict[str, Any]]:
    """The timeline of the same sources, analysed from scratch under the same notebook."""
    library.cache.path.unlink()
    bring_up_to_date(library.sources)
    again = Library(library.sources)
    found = records(again)
    again.close()
    return found


def mention(library: Library, source: str, words: str) -> EventMention:
    """The event mention of an article that has some words and is not a part of a sentence."""
    document = document_of(library, keys_by_source(library)[source])
    return next(e for e in document.events if words in e.text and not e.part)


def split(library: Library, source: str, words: str) -> None:
    """State that a sentence tells of an event of its own."""
    found = mention(library, source, words)
    assert found.event is not None
    place = (keys_by_source(library)[source], found.start, found.end)
    library.events.split(found.event, place)


def merge(library: Library, words: str, into: str) -> None:
    library.events.merge(event_of(library, words), event_of(library, into))


CORRECTIONS: dict[str, Callable[[Library], None]] = {
    "merge": lambda library: merge(library, "bridge", "ferry sank"),
    "merge of undated": lambda library: merge(library, "bishop", "bridge"),
    "merge with undated": lambda library: merge(library, "bridge", "bishop"),
    "split": lambda library: split(library, "police.txt", "ferry sank"),
    "split of undated": lambda library: split(library, "banker.txt", "convicted"),
    "date": lambda library: library.events.set_date(event_of(library, "bridge"), "2024-03-25"),
    "month": lambda library: library.events.set_date(event_of(library, "bridge"), "2024-02"),
    "no date": lambda library: library.events.set_date(event_of(library, "ferry sank"), None),
    "line": lambda library: library.events.set_line(event_of(library, "ferry sank"), "A shipwreck"),
    "status": lambda library: library.events.set_status(event_of(library, "bridge"), "planned"),
    "no event": lambda library: library.events.no_event(event_of(library, "ferry sank")),
}


@pytest.mark.parametrize("kind", CORRECTIONS)
def test_a_correction_holds_as_in_a_fresh_analysis_and_leaves_nothing_behind(
    kind: str, story: Library
) -> None:
    before = records(story)
    CORRECTIONS[kind](story)
    assert records(story) == before
    follow(story)
    corrected = records(story)
    assert corrected != before
    assert fresh(story) == corrected
    story.undo.undo()
    follow(story)
    assert records(story) == before


@pytest.mark.parametrize("seed", range(6))
def test_any_corrections_hold_as_in_a_fresh_analysis_and_leave_nothing_behind(
    seed: int, story: Library
) -> None:
    before = records(story)
    chance = random.Random(seed)
    for _ in range(6):
        change_at_random(story, chance)
        if chance.random() < 0.7:
            follow(story)
    follow(story)
    corrected = records(story)
    assert fresh(story) == corrected
    while story.undo.latest:
        story.undo.undo()
        if chance.random() < 0.5:
            follow(story)
    follow(story)
    assert records(story) == before


def change_at_random(library: Library, chance: random.Random) -> None:
    events = [int(record["event"][1:]) for record in json_export.timeline(library)]
    event, other = chance.choice(events), chance.choice(events)
    changes: list[Callable[[], None]] = [
        lambda: library.events.merge(event, other),
        lambda: library.events.split(event),
        lambda: library.events.set_date(event, chance.choice(["2024-03-26", "2024-03", None])),
        lambda: library.events.set_line(event, chance.choice(["A ferry sank", "Something else"])),
        lambda: library.events.set_status(event, "planned"),
        lambda: library.events.no_event(event),
    ]
    # Not every event can be divided, and none merged with itself.
    with suppress(ValueError):
        chance.choice(changes)()


# What each does


def marked(library: Library, source: str) -> int:
    """The number of events of an article, as the list shows it."""
    key = keys_by_source(library)[source]
    return library.articles.rows([key])[key].events


def row_of(library: Library, words: str) -> dict[str, Any]:
    return next(record for record in records(library) if words in record["headline"])


def test_what_is_merged_is_one_event_with_the_line_of_the_other(story: Library) -> None:
    merge(story, "bridge", "ferry sank")
    follow(story)
    assert not any("bridge" in line for line in lines(story))
    record = row_of(story, "ferry sank")
    assert (len(record["articles"]), record["corrected"]) == (4, ["merge"])
    event = event_of(story, "ferry sank")
    (bridge,) = (a for a in story.timeline.accounts(event) if "bridge" in a.text)
    assert not bridge.likely
    position, _, count = story.timeline.next_account(event, bridge.article) or (None, 0, 0)
    assert (position is not None, count) == (True, 4)
    with pytest.raises(ValueError, match="already"):
        story.events.merge(event, event)


def test_a_merge_is_withdrawn_by_saying_that_it_is_another_event(story: Library) -> None:
    before = records(story)
    merge(story, "bridge", "ferry sank")
    follow(story)
    split(story, "bridge.txt", "bridge")
    follow(story)
    assert records(story) == before
    assert (
        story.undo.undo()
        == "not the same event: “Engineers closed the old bridge in Graz on Thursday.”"
    )
    follow(story)
    assert len(row_of(story, "ferry sank")["articles"]) == 4


def test_a_passage_that_is_split_off_stays_apart_from_articles_that_come(story: Library) -> None:
    split(story, "police.txt", "ferry sank")
    write(story.sources[0], new=STORY["ferry"] + " A crane raised it.")
    follow(story)
    own = mention(story, "police.txt", "ferry sank").event
    others = {mention(story, f"{name}.txt", "ferry").event for name in ("ferry", "crew", "new")}
    assert len(others) == 1
    assert own not in others
    with pytest.raises(ValueError, match="nothing else"):
        story.events.split(event_of(story, "bridge"))


def test_a_date_line_and_status_by_the_reader_are_certain(story: Library) -> None:
    wreck = event_of(story, "found the wreck")
    row = story.timeline.row(wreck)
    assert row is not None
    assert row.inferred
    story.events.set_date(wreck, "2024-03-27")
    story.events.set_line(wreck, "  Divers reach the\nsunken ferry ")
    story.events.set_status(wreck, "claimed")
    follow(story)
    row = story.timeline.row(event_of(story, "Divers reach the sunken ferry"))
    assert row is not None
    assert (row.when, row.inferred, row.status) == ("2024-03-27", False, "claimed")
    assert row.said == ("date", "line", "status")
    days = Selection(first=738_972, last=738_972)
    assert [r["headline"] for r in json_export.timeline(story, days)] == [row.headline]
    for wrong in ("soon", "2024-02-31"):
        with pytest.raises(ValueError, match="not a date"):
            story.events.set_date(wreck, wrong)
    with pytest.raises(ValueError, match="a line has words"):
        story.events.set_line(wreck, " … ")


def test_what_is_no_event_is_on_no_timeline_and_not_marked(story: Library) -> None:
    assert mention(story, "bridge.txt", "bridge").is_telling
    event = event_of(story, "bridge")
    story.events.no_event(event)
    follow(story)
    assert not any("bridge" in line for line in lines(story))
    assert not mention(story, "bridge.txt", "bridge").is_telling
    assert event not in story.shown_events(Filter(), zoom=40).rows
    assert marked(story, "bridge.txt") == 0
    (stated,) = story.events.standing_of(event)
    story.events.retract(stated)
    follow(story)
    assert any("bridge" in line for line in lines(story))
    assert marked(story, "bridge.txt") == 1


def test_a_later_correction_replaces_the_earlier_one(story: Library) -> None:
    event = event_of(story, "bridge")
    for date in ("2024-03-20", "2024-03-21", None):
        story.events.set_date(event, date)
        follow(story)
    assert row_of(story, "bridge")["when"] is None
    assert len(story.events.stated()) == 1
    for date in ("2024-03-21", "2024-03-20", "2024-03-28"):
        story.undo.undo()
        follow(story)
        assert row_of(story, "bridge")["when"] == date


# Where they are kept


def test_a_correction_follows_an_article_that_is_edited(story: Library) -> None:
    story.events.set_line(event_of(story, "bridge"), "Graz loses a bridge")
    file = story.sources[0] / "bridge.txt"
    file.write_text(f"{STORY['bridge']} It is old. Cars wait.", encoding="utf-8")
    follow(story)
    assert "Graz loses a bridge" in lines(story)
    file.write_text(" date 2024-03-28 A zoo opened in Graz on Thursday.", encoding="utf-8")
    follow(story)
    assert not any("bridge" in line for line in lines(story))
    # It waits, and holds again when the passage is back.
    file.write_text(STORY["bridge"], encoding="utf-8")
    follow(story)
    assert "Graz loses a bridge" in lines(story)


def test_corrections_of_other_libraries_are_not_listed_here(
    story: Library, tmp_path: Path, open_library: OpenLibrary
) -> None:
    story.events.set_status(event_of(story, "bridge"), "planned")
    other = open_library(write(tmp_path / "other", a="Wine\n\nGrowers met in Tuscany on Monday."))
    assert other.events.stated() == []
    copy = open_library(write(tmp_path / "copy", again=STORY["bridge"]))
    assert [c.value for c in copy.events.stated()] == ["planned"]
    assert row_of(copy, "bridge")["status"] == "planned"


def test_corrections_go_out_as_text_and_into_another_notebook(
    story: Library, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    merge(story, "bridge", "ferry sank")
    story.events.set_date(event_of(story, "ferry sank"), "2024-03-24")
    folder = str(story.sources[0])
    assert run(["notebook", "export", folder, "--format", "jsonl"]) == 0
    out = capsysbinary.readouterr().out
    said = {(r["type"], r["action"]): r for r in map(json.loads, out.decode().splitlines())}
    assert said.keys() == {("event", "merge"), ("event", "date")}
    assert said["event", "date"]["value"] == "2024-03-24"
    assert "bridge" in said["event", "merge"]["passage"]["exact"]
    assert run(["notebook", "corrections", folder]) == 0
    listed = capsysbinary.readouterr().out.decode()
    assert "is the same event as “A ferry sank" in listed
    assert "is of 24 Mar 2024" in listed
    run(["notebook", "export", folder, "--format", "csv"])
    assert b"corrections of events (2) go out as jsonl only" in capsysbinary.readouterr().err
    story.undo.undo()
    story.undo.undo()
    file = tmp_path / "theirs.jsonl"
    # What was withdrawn here does not come back, unless it was said again since.
    file.write_bytes(out)
    assert run(["notebook", "import", str(file), folder]) == 0
    assert b"events\t0" in capsysbinary.readouterr().out
    file.write_bytes(out.replace(b'"modified": "20', b'"modified": "21'))
    assert run(["notebook", "import", str(file), folder]) == 0
    assert b"events\t2" in capsysbinary.readouterr().out
    follow(story)
    assert row_of(story, "ferry sank")["when"] == "2024-03-24"
    assert not any("bridge" in line for line in lines(story))


PASSAGE = {"article": "a" * 16, "start": 0, "end": 5, "exact": "Hello"}


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"action": "rename"}, "its action is one of merge, split"),
        ({"action": "split", "passage": None}, "needs a passage"),
        ({"action": "split", "passage": {**PASSAGE, "end": 10**30}}, "a passage needs"),
        ({"action": "split", "passage": {**PASSAGE, "exact": " "}}, "a passage needs"),
        ({"action": "merge"}, "needs a passage"),
        ({"action": "merge", "other": PASSAGE}, "the same as itself"),
        ({"action": "date", "value": "soon"}, "not an EDTF date: soon"),
        ({"action": "line", "value": "—"}, "a line has words"),
        ({"action": "status", "value": "done"}, "no status 'done'"),
    ],
)
def test_a_record_that_is_no_correction_is_reported(
    fields: dict[str, object],
    why: str,
    story: Library,
    tmp_path: Path,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    good = {"type": "event", "action": "no event", "passage": PASSAGE}
    given = [{"type": "event", "passage": PASSAGE, **fields}, good]
    file = tmp_path / "in.jsonl"
    file.write_text("".join(json.dumps(r) + "\n" for r in given), encoding="utf-8")
    assert run(["notebook", "import", str(file), str(story.sources[0])]) == 1
    told = capsysbinary.readouterr()
    assert b"events\t1" in told.out
    assert why in told.err.decode()
    before = list(json_export.timeline(story))
    follow(story)
    assert list(json_export.timeline(story)) == before


def test_events_are_left_alone_if_the_notebook_cannot_be_read(story: Library, home: Path) -> None:
    story.events.no_event(event_of(story, "bridge"))
    follow(story)
    corrected = records(story)
    other = sqlite3.connect(home / "data" / "dateline" / "notebook.sqlite")
    other.execute("ALTER TABLE event_corrections RENAME TO hidden")
    follow(story)
    assert records(story) == corrected
    with pytest.raises(NotRead):
        story.events.set_line(event_of(story, "ferry sank"), "A shipwreck")
    other.execute("ALTER TABLE hidden RENAME TO event_corrections")
    other.close()


# Corrections of entities

TRAMS = {
    "anna": " date 2024-05-06 Anna Weber opened a museum of old trams on Monday.",
    "clara": " date 2024-05-07 Clara Lang opened a museum of old trams on Monday.",
}


def test_a_correction_of_an_entity_links_its_events_again(
    tmp_path: Path, open_library: OpenLibrary
) -> None:
    library = open_library(write(tmp_path / "trams", **TRAMS))
    before = records(library)
    assert len(before) == 2
    ids = {entity.name: entity.id for entity in library.entities.like("a")}
    library.entities.merge(ids["Clara Lang"], ids["Anna Weber"])
    follow(library)
    (record,) = records(library)
    assert len(record["articles"]) == 2
    assert fresh(library) == [record]
    library.undo.undo()
    follow(library)
    assert records(library) == before


# In the app


async def test_events_are_corrected_in_the_flow_of_reading(tmp_path: Path) -> None:
    write(tmp_path, **STORY)
    async with running(tmp_path, index=True) as pilot:
        app = pilot.app
        assert isinstance(app, DatelineApp)
        await until(pilot, lambda: "Engineers closed the old bridge in Graz" in shown(app))
        await until(pilot, lambda: reader_screen(app).timeline.event_count() > 4)
        # The newest article is on the page: its event, from the page.
        await pilot.press("enter", "E")
        await until(pilot, lambda: "it is no event" in shown(app))
        await pilot.press(*"jjjj")
        await pilot.press("enter")
        await until(pilot, lambda: "u undoes it: planned: “Engineers" in shown(app))
        await until(pilot, lambda: "○ Engineers closed the old bridge" in shown(app))
        # The same from the timeline, in other words.
        await pilot.press("t", "E")
        await until(pilot, lambda: "withdraw" in shown(app))
        await pilot.press(*"jjj")
        await pilot.press("enter")
        await until(pilot, lambda: "Its line" in shown(app))
        await pilot.press("ctrl+u", *"Graz loses a bridge", "enter")
        await until(pilot, lambda: "○ Graz loses a bridge" in shown(app))
        await pilot.press("w")
        await until(pilot, lambda: "planned: you say so" in shown(app))
        assert "by you: “Graz loses a bridge” for “Engineers" in " ".join(shown(app).split())
        await pilot.press("q", "u", "u")
        await until(pilot, lambda: "● Engineers closed the old bridge" in shown(app))


async def test_an_event_is_merged_dated_and_withdrawn_in_dialogs(tmp_path: Path) -> None:
    write(tmp_path, **STORY)
    async with running(tmp_path) as pilot:
        app = pilot.app
        assert isinstance(app, DatelineApp)
        library, screen = library_of(pilot), reader_screen(app)

        async def choose(words: str, *then: str) -> None:
            """Correct the event of the bridge by a choice of the dialog."""
            screen.timeline.select(event_of(library, "bridge"))
            await pilot.press("E")
            await until(pilot, lambda: words in shown(app))
            choices = app.screen.query_one(Lines)
            rows = choices.fetch(0, choices.count())
            at = next(n for n, row in enumerate(rows) if row is not None and words in row.words)
            while choices.cursor < at:
                await pilot.press("j")
            await pilot.press("enter", *then)

        screen.go_to_pane("timeline")
        await choose("another date", "ctrl+u", *"soon")
        await until(pilot, lambda: "not understood as a date" in shown(app))
        await pilot.press("ctrl+u", *"27 March 2024", "enter")
        await until(pilot, lambda: "u undoes it: dated 27 Mar 2024" in shown(app))
        follow(library)
        assert row_of(library, "bridge")["when"] == "2024-03-27"
        await choose("is the same event as", *"lake garda")
        await until(pilot, lambda: "The same event as" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: "u undoes it: the same event" in shown(app))
        follow(library)
        assert len(row_of(library, "ferry sank")["articles"]) == 4
        screen.corrections.history()
        await until(pilot, lambda: "Corrections: Enter withdraws one" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: "u undoes it: withdrawn: the same event" in shown(app))
        follow(library)
        await choose("it is no event")
        await until(pilot, lambda: "u undoes it: no event" in shown(app))
        follow(library)
        assert not any("bridge" in line for line in lines(library))
        screen.index.show_commits(always=True)
        # From its sentence, which is not marked any more, all that is left is to withdraw it.
        screen.go_to_pane("page")
        await pilot.press("E")
        await until(pilot, lambda: "withdraw" in shown(app))
        assert "another date" not in shown(app)


async def test_a_correction_of_an_entity_shows_on_the_timeline_at_once(tmp_path: Path) -> None:
    write(tmp_path, **TRAMS)
    async with running(tmp_path, index=True) as pilot:
        app = pilot.app
        assert isinstance(app, DatelineApp)
        timeline = reader_screen(app).timeline
        await until(pilot, lambda: timeline.event_count() == 2)
        entities = library_of(pilot).entities
        ids = {entity.name: entity.id for entity in entities.like("a")}
        entities.merge(ids["Clara Lang"], ids["Anna Weber"])
        await until(pilot, lambda: timeline.event_count() == 1)
        await pilot.press("u")
        await until(pilot, lambda: timeline.event_count() == 2)
