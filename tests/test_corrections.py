"""Putting right who somebody is: at once, lasting, taken back, out and in as text."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from building import (
    SEEDS,
    OpenLibrary,
    bring_up_to_date,
    document_of,
    keys_by_source,
    write,
)
from hypothesis import given
from hypothesis import strategies as st
from screens import library_of, reader_screen, running, shown, until

from tui.app.app import DatelineApp
from tui.cli.main import run
from tui.entities import correction_records
from tui.entities.corrections import Corrections
from tui.entities.model import Correction
from tui.library import Library
from tui.nlp.document import Mention
from tui.undo import ChangedSince

STORY = {
    "one": "First talks\n\n1 March 2024\n\nMinister Yoav Gallant met Angela Merkel in Paris on Friday. Merkel said"
    " that the talks would go on.",
    "two": "Second talks\n\n5 March 2024\n\nDefence minister Joav Galland spoke with Angela Merkel in Berlin.",
}


def named(library: Library, source: str) -> set[tuple[str, str, str]]:
    document = document_of(library, keys_by_source(library)[source])
    return {(m.text, m.kind, m.entity) for m in document.mentions}


@pytest.fixture
def story(tmp_path: Path, open_library: OpenLibrary) -> Library:
    return open_library(write(tmp_path / "story", **STORY))


def test_two_spellings_made_one_and_taken_apart_again(story: Library) -> None:
    before = named(story, "two.txt")
    story.entities.merge("joav-galland", "yoav-gallant")
    profile = story.entities.profile("joav-galland")
    assert profile is not None
    assert (profile.id, profile.name) == ("yoav-gallant", "Yoav Gallant")
    assert dict(profile.spellings) == {"Yoav Gallant": 1, "Joav Galland": 1}
    assert len(profile.articles) == profile.mentions == 2
    assert ("Joav Galland", "PER", "yoav-gallant") in named(story, "two.txt")
    assert [row[1] for row in story.entities.like("gal")] == ["Yoav Gallant"]
    assert len(story.entities.articles("yoav-gallant")) == 2
    with pytest.raises(ValueError, match="one already"):
        story.entities.merge("yoav-gallant", "joav-galland")
    story.undo.undo()
    assert named(story, "two.txt") == before
    assert story.entities.standing() == []


def test_a_spelling_is_split_off(story: Library) -> None:
    new = story.entities.split("angela-merkel", "Merkel")
    assert ("Merkel", "PER", new) in named(story, "one.txt")
    assert ("Angela Merkel", "PER", "angela-merkel") in named(story, "one.txt")
    ours, other = story.entities.profile("angela-merkel"), story.entities.profile(new)
    assert ours is not None
    assert other is not None
    assert dict(ours.spellings) == {"Angela Merkel": 2}
    assert ours.mentions == 2
    assert other.name == "Merkel"
    assert dict(other.spellings) == {"Merkel": 1}
    assert len(other.articles) == 1
    assert {row[1] for row in story.entities.like("merkel")} == {"Angela Merkel", "Merkel"}
    # And the one that was split off can be merged on, into somebody else.
    story.entities.merge(new, "yoav-gallant")
    assert ("Merkel", "PER", "yoav-gallant") in named(story, "one.txt")
    with pytest.raises(ValueError, match="never spelt"):
        story.entities.split("angela-merkel", "Nobody")
    with pytest.raises(ValueError, match="one way only"):
        story.entities.split("angela-merkel", "Angela Merkel")


def test_name_kind_and_no_name(story: Library) -> None:
    story.entities.rename("yoav-gallant", "  Y.  Gallant ")
    assert story.entities.name("yoav-gallant") == "Y. Gallant"
    assert [row[1] for row in story.entities.like("y. g")] == ["Y. Gallant"]
    story.entities.set_kind("paris", "ORG")
    assert ("Paris", "ORG", "paris") in named(story, "one.txt")
    story.entities.no_name("berlin", "Berlin")
    assert "Berlin" not in {text for text, _, _ in named(story, "two.txt")}
    assert story.entities.profile("berlin") is None
    assert story.entities.like("berlin") == []
    assert story.undo.undo() == "“Berlin” is no name"
    assert story.entities.profile("berlin") is not None
    with pytest.raises(ValueError, match="letters"):
        story.entities.rename("paris", " \n ")


def test_corrections_outlive_the_cache_and_new_articles(tmp_path: Path, story: Library) -> None:
    story.entities.merge("joav-galland", "yoav-gallant")
    story.cache.path.unlink()
    write(tmp_path / "story", three="Third\n\n9 March 2024\n\nMinister Joav Galland flew to Rome.")
    bring_up_to_date(story.sources)
    again = Library(story.sources)
    profile = again.entities.profile("yoav-gallant")
    assert profile is not None
    assert len(profile.articles) == 3
    again.close()


def test_out_as_text_and_into_another_notebook(
    story: Library, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    story.entities.merge("joav-galland", "yoav-gallant")
    story.entities.rename("paris", "Paris, France")
    folder = str(story.sources[0])
    assert run(["notebook", "export", folder, "--format", "jsonl"]) == 0
    out = capsysbinary.readouterr().out
    records = [json.loads(line) for line in out.decode().splitlines()]
    run(["notebook", "export", folder, "--format", "csv"])
    assert b"corrections of names (2) go out as jsonl only" in capsysbinary.readouterr().err
    assert [(r["action"], r["entity"], r["value"]) for r in records] == [
        ("merge", "joav-galland", "yoav-gallant"),
        ("rename", "paris", "Paris, France"),
    ]
    story.undo.undo()
    story.undo.undo()
    assert story.entities.standing() == []
    file = tmp_path / "theirs.jsonl"
    # What was taken back here does not come back from there, unless it was said again since.
    file.write_bytes(out)
    assert run(["notebook", "import", str(file), folder]) == 0
    assert b"corrections\t0" in capsysbinary.readouterr().out
    out = out.replace(b'"modified": "20', b'"modified": "21')
    file.write_bytes(out + b'{"type": "correction", "action": "dance", "entity": "paris"}\n')
    assert run(["notebook", "import", str(file), folder]) == 1
    said = capsysbinary.readouterr()
    assert b"corrections\t2" in said.out
    assert b"line 3: no correction" in said.err
    story.entities.invalidate()
    assert story.entities.name("paris") == "Paris, France"
    assert len(story.entities.articles("yoav-gallant")) == 2
    # The same twice changes nothing.
    file.write_bytes(out)
    assert run(["notebook", "import", str(file), folder]) == 0
    assert b"corrections\t0" in capsysbinary.readouterr().out


def test_changes_of_one_name_are_undone_one_by_one(story: Library) -> None:
    for name in ("City of Light", "Lutetia"):
        story.entities.rename("paris", name)
    for name in ("City of Light", "Paris"):
        story.undo.undo()
        assert story.entities.name("paris") == name


FULLER = """Talks

9 March 2024

Yoav Moshe Gallant met Angela Dorothea Merkel in Paris. Angela Dorothea Merkel spoke first, and then
Angela Dorothea Merkel left."""


def test_corrections_follow_a_name_that_grows(tmp_path: Path, story: Library) -> None:
    story.entities.merge("joav-galland", "yoav-gallant")
    story.entities.rename("yoav-gallant", "The Minister")
    story.entities.set_kind("angela-merkel", "ORG")
    new = story.entities.split("angela-merkel", "Merkel")
    write(tmp_path / "story", three=FULLER)
    bring_up_to_date(story.sources)
    assert story.refresh()
    minister = story.entities.profile("yoav-gallant")
    assert minister is not None
    assert (minister.id, minister.name) == ("yoav-moshe-gallant", "The Minister")
    assert len(minister.articles) == 3
    assert story.entities.profile("joav-galland") == minister
    assert ("Angela Merkel", "ORG", "angela-dorothea-merkel") in named(story, "two.txt")
    assert ("Merkel", "PER", new) in named(story, "one.txt")
    (spoke,) = document_of(story, keys_by_source(story)["two.txt"]).events
    assert spoke.participants == ("yoav-moshe-gallant", "angela-dorothea-merkel", "berlin")


def test_an_undo_leaves_alone_what_another_said_since(story: Library) -> None:
    story.entities.rename("paris", "Paris, France")
    (mine,) = story.entities.stated()
    later = replace(mine, value="Paris, Texas", modified="2100-01-01T00:00:00.000Z")
    assert story.entities.merge_corrections([later]) == 1
    with pytest.raises(ChangedSince):
        story.undo.undo()
    assert story.entities.name("paris") == "Paris, Texas"


def test_split_merged_back_and_split_again(story: Library) -> None:
    new = story.entities.split("angela-merkel", "Merkel")
    story.entities.merge(new, "angela-merkel")
    assert ("Merkel", "PER", "angela-merkel") in named(story, "one.txt")
    story.entities.split("angela-merkel", "Merkel")
    assert ("Merkel", "PER", new) in named(story, "one.txt")
    story.entities.merge(new, "angela-merkel")
    with pytest.raises(ValueError, match="called so"):
        story.entities.split("angela-merkel", "Angela Merkel")


def test_what_was_said_of_a_part_holds_where_it_is_asked_for(story: Library) -> None:
    story.entities.merge("joav-galland", "yoav-gallant")
    assert len(story.entities.articles("joav-galland")) == 2
    assert story.entities.events("joav-galland") == story.entities.events("yoav-gallant")
    story.entities.no_name("berlin", "Berlin")
    merkel = story.entities.profile("angela-merkel")
    assert merkel is not None
    assert "Berlin" not in [other.name for other in merkel.companions]
    # All that was said at once is taken back at once.
    story.entities.retract(story.entities.history()[0])
    assert story.entities.profile("berlin") is not None
    assert [c.action for c in story.entities.standing()] == ["merge"]
    story.entities.rename("paris", "پاری\u200cس")
    with pytest.raises(ValueError, match="letters"):
        story.entities.rename("paris", "Paris\u202e")


async def test_corrections_are_listed_and_taken_back() -> None:
    async with running(SEEDS) as pilot:
        app = pilot.app
        assert isinstance(app, DatelineApp)
        screen = reader_screen(app)
        ((entity, name, *_), *_) = library_of(pilot).entities.like("Netanyahu")
        library_of(pilot).entities.rename(entity, "Bibi")
        screen.corrections.history()
        await until(pilot, lambda: f"{name} is called Bibi" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: "not any more" in shown(app))
        assert library_of(pilot).entities.name(entity) == name


async def test_in_the_flow_of_reading() -> None:
    async with running(SEEDS) as pilot:
        app = pilot.app
        assert isinstance(app, DatelineApp)
        screen = reader_screen(app)
        await pilot.press("enter")
        while not isinstance(mark := screen.page.mark_at_point(), Mention):
            await pilot.press("l")
        name = library_of(pilot).entities.name(mark.entity)
        await pilot.press("C")
        await until(pilot, lambda: f"Correct everywhere: {name}" in shown(app))
        await pilot.press("G", "enter")
        await until(pilot, lambda: "u undoes it" in shown(app))
        now = screen.page.mark_at_point()
        assert not (isinstance(now, Mention) and now.text == mark.text)
        await pilot.press("u")
        await until(pilot, lambda: "is no name" in shown(app))
        assert isinstance(screen.page.mark_at_point(), Mention)
        # Called otherwise, it is so on its page and in the reasons.
        await pilot.press("C")
        await until(pilot, lambda: "Correct everywhere" in shown(app))
        await pilot.press("q")
        library_of(pilot).entities.rename(mark.entity, "Somebody Else")
        screen.opening.refresh()
        await pilot.press("w")
        await until(pilot, lambda: "called so by you" in shown(app))
        assert "Somebody Else, a person" in shown(app)


_IDS = st.sampled_from(["a", "b", "c", "d"])
_WORDS = st.sampled_from(["", "A", "B"])


@given(
    st.lists(
        st.one_of(
            st.builds(Correction, st.just("merge"), _IDS, st.just(""), _IDS),
            st.builds(Correction, st.just("split"), _IDS, _WORDS, st.sampled_from(["x~", "y~"])),
            st.builds(Correction, st.just("no name"), _IDS, _WORDS),
        ),
        max_size=8,
    )
)
def test_every_mention_belongs_to_the_parts_of_its_entity(said: list[Correction]) -> None:
    corrections = Corrections(said)
    for entity in "abcd":
        for spelling in ("A", "B"):
            own = corrections.entity(entity, spelling)
            if own is None:
                continue
            parts = [
                p
                for p in corrections.parts(own)
                if p.id == entity and (p.only == spelling if p.only else spelling not in p.without)
            ]
            assert parts


@given(st.lists(st.builds(Correction, st.just("rename"), _IDS, st.just(""), _WORDS, _WORDS)))
def test_a_merge_is_the_same_in_any_order(said: list[Correction]) -> None:
    one = {c.about: c for c in correction_records.later([], said)}
    other = {c.about: c for c in correction_records.later([], reversed(said))}
    assert one == other
    assert one.keys() == {c.about for c in said}
    for correction in one.values():
        (line,) = correction_records.lines([correction])
        data = json.loads(line)
        if correction.value:
            assert correction_records.read(data).about == correction.about
