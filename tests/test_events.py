"""Events: what a sentence tells, which sentences tell of one event, and the order of the timeline."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from building import OpenLibrary, bring_up_to_date, document_of, keys_by_source, write
from hypothesis import given
from hypothesis import strategies as st
from story import write_story

from tui import json_export
from tui.articles.model import Article
from tui.events.average_link import clusters
from tui.events.timeline_store import Selection
from tui.indexing.pipeline import analyse
from tui.library import Library
from tui.nlp.document import EventMention
from tui.nlp.syntax import parsing

needs_parser = pytest.mark.skipif(parsing.load() is None, reason="no onnxruntime here")
DAY = "2024-05-15"


def told(text: str, date: str | None = DAY) -> list[EventMention]:
    """The event mentions of a text that are not parts of sentences."""
    document = analyse(Article("x", "", text, date=date, title_made=True))
    return [event for event in document.events if not event.part]


# Lines


@needs_parser
@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        (
            "Meanwhile, police arrested two men in Lyon on Monday.",
            "Police arrested two men in Lyon",
        ),
        ("A tram hit a bus in Graz, the fire brigade said.", "A tram hit a bus in Graz"),
        (
            "The court, which sits in Bern, freed Jan Meier.",
            "The court, which sits in Bern, freed Jan Meier",
        ),
    ],
)
def test_a_line_keeps_who_did_what(sentence: str, line: str) -> None:
    (event,) = told(sentence)
    assert event.line == line


@needs_parser
def test_a_long_sentence_is_shortened_by_whole_phrases() -> None:
    (event,) = told(
        "The regional council of Carinthia approved a new bridge over the Drava on Tuesday after"
        " three years of debate, in which opponents had collected more than nine thousand"
        " signatures against the plans of the governor."
    )
    assert event.line.startswith("The regional council of Carinthia approved a new bridge")
    assert len(event.line.split()) <= 19
    assert "…" not in event.line


@needs_parser
def test_a_line_keeps_what_its_words_need() -> None:
    text = (
        "The jury in Turin found Carlo Bassi guilty of fraud on Friday, his third trial in four"
        " years, a spell in which he had changed his lawyers twice and his plea once."
    )
    (event,) = told(text)
    assert "guilty of fraud" in event.line
    assert event.line.startswith("The jury in Turin found Carlo Bassi")


@needs_parser
@pytest.mark.parametrize(
    ("text", "line"),
    [
        # A caption before the sentence.
        (
            "Divers search the lake near the village of Tenno The police recovered a car from the"
            " lake on Tuesday.",
            "The police recovered a car from the lake",
        ),
        # The entry of a chronology.
        ("3 March 2024 The mayor of Turku resigns.", "The mayor of Turku resigns"),
        # The source at the end.
        (
            "Three miners died in a shaft near Kiruna, the company said on Monday.",
            "Three miners died in a shaft near Kiruna",
        ),
    ],
)
def test_what_stands_around_a_sentence_is_no_part_of_its_line(text: str, line: str) -> None:
    assert line in [event.line for event in told(text)]


@needs_parser
@pytest.mark.parametrize(
    ("chairs", "line"),
    [
        ("Hilde Brandt chairs the board.", "Hilde Brandt left the city of Vienna"),
        ("Hilde Brandt and Karl Brandt chair the boards.", "Brandt left the city of Vienna"),
    ],
)
def test_a_last_name_is_written_out_unless_two_people_have_it(chairs: str, line: str) -> None:
    assert told(f"{chairs} Brandt left the city of Vienna on Monday.")[-1].line == line


@needs_parser
def test_a_pronoun_becomes_the_name_that_it_stands_for() -> None:
    _, event = told("Anna Weber won the race in Zagreb. She thanked her team on Monday.")
    assert event.line.startswith("Anna Weber thanked")


@needs_parser
def test_a_line_without_a_subject_and_a_finite_verb_is_refused() -> None:
    assert all(not event.line for event in told("Explosion in the harbour of the old town."))


@given(st.text(max_size=300))
def test_any_text_has_spans_within_it_and_no_line_is_cut(text: str) -> None:
    for event in analyse(Article("x", "", text, date=DAY)).events:
        assert text[event.start : event.end] == event.text
        assert not event.line.endswith(("…", "..."))


# Modality and dates


@needs_parser
@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("Rescuers freed a miner.", "asserted"),
        ("Rescuers will free the miner on Friday.", "planned"),
        ("Rescuers did not free the miner.", "denied"),
        ("Rescuers might free the miner.", "hypothetical"),
        ("Relatives claimed that rescuers freed the miner.", "claimed"),
    ],
)
def test_modality(sentence: str, modality: str) -> None:
    assert told(sentence)[0].modality == modality


@needs_parser
@pytest.mark.parametrize(
    ("text", "when", "basis"),
    [
        ("A ferry sank on Monday.", "2024-05-13", "clause"),
        ("A ferry sank in Lake Garda.", DAY, "article"),
        ("A ferry had sunk in Lake Garda.", None, "none"),
        ("A ferry sank off Split, which has had no accident since 3 May 2011.", DAY, "article"),
    ],
)
def test_the_day_is_that_of_the_verb(text: str, when: str | None, basis: str) -> None:
    event = told(text)[0]
    assert (event.when, event.when_origin) == (when, basis)


@needs_parser
def test_a_date_is_carried_one_sentence_on_and_no_further() -> None:
    lead = "A band played. A choir sang. A poet read."
    events = told(f"{lead} A ferry sank on Monday. Boats saved the crew. Divers found the wreck.")
    assert [e.when for e in events[-3:]] == ["2024-05-13", "2024-05-13", None]


# Clusters


def chain(length: int) -> list[dict[int, float]]:
    """Unit vectors of which neighbours are alike (cosine .5) and no others."""
    half = 0.5**0.5
    return [{number: half, number + 1: half} for number in range(length)]


@given(st.integers(3, 40), st.randoms(use_true_random=False))
def test_no_chain_forms(length: int, shuffler: random.Random) -> None:
    vectors = chain(length)
    shuffler.shuffle(vectors)
    groups = clusters(vectors, 0.4)
    assert max(map(len, groups)) <= 2
    assert sorted(n for group in groups for n in group) == list(range(length))


@given(st.lists(st.sets(st.integers(0, 12), min_size=1), min_size=1, max_size=12), st.data())
def test_clusters_do_not_depend_on_the_order(sets: list[set[int]], data: st.DataObject) -> None:
    # Weights that differ make ties, in which the order decides, improbable.
    vectors = []
    for number, terms in enumerate(sets):
        raw = {term: 1 + 0.01 * number + 0.001 * term for term in sorted(terms)}
        norm = sum(value * value for value in raw.values()) ** 0.5
        vectors.append({term: value / norm for term, value in raw.items()})
    order = data.draw(st.permutations(range(len(vectors))))
    plain = {frozenset(group) for group in clusters(vectors, 0.5)}
    moved = clusters([vectors[n] for n in order], 0.5)
    assert {frozenset(order[n] for n in group) for group in moved} == plain


def timeline_of(library: Library) -> list[tuple[str | None, str, list[str]]]:
    return [(r["when"], r["headline"], r["articles"]) for r in json_export.timeline(library)]


NEWS = {
    "a": " date 2024-03-25 A ferry sank in Lake Garda on Monday. Divers found the wreck.",
    "b": " date 2024-03-26 The ferry that sank in Lake Garda on Monday had ninety passengers.",
    "c": " date 2024-03-26 Judges convicted a banker in Oslo.",
    "d": " date 2024-03-27 A ferry sank in Lake Garda on Monday, police said. Oslo was calm.",
    "e": "Judges convicted a banker of fraud in Oslo. The banker appealed.",
}


def test_the_timeline_does_not_depend_on_the_order_of_the_articles(
    open_library: OpenLibrary, tmp_path: Path
) -> None:
    write(tmp_path / "at once", **NEWS)
    whole = timeline_of(open_library(tmp_path / "at once"))
    for number, name in enumerate(reversed(NEWS)):
        write(tmp_path / "one by one", **{name: NEWS[name]})
        if not number:
            library = open_library(tmp_path / "one by one")
        else:
            bring_up_to_date([tmp_path / "one by one"])
    library.refresh()
    assert timeline_of(library) == whole


@pytest.mark.parametrize("seed", range(3))
def test_events_told_without_a_day_do_not_depend_on_the_order_either(
    open_library: OpenLibrary, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    places = ("Lake Garda", "Porto", "the harbour of Bergen")
    told = (
        "A ferry with ninety passengers sank in {}{}.",
        "Divers searched the wreck of the ferry in {}{}.",
        "Judges convicted a banker of fraud after the ferry sank in {}{}.",
    )
    articles = {
        f"n{number}": f" date 2024-03-{chance.randrange(10, 24)} "
        + " ".join(
            chance.choice(told).format(chance.choice(places), chance.choice(("", " on Monday")))
            for _ in range(3)
        )
        for number in range(18)
    }
    write(tmp_path / "at once", **articles)
    whole = timeline_of(open_library(tmp_path / "at once"))
    names = list(articles)
    chance.shuffle(names)
    write(tmp_path / "bit by bit", **{name: articles[name] for name in names[:6]})
    library = open_library(tmp_path / "bit by bit")
    for at in (6, 12):
        write(tmp_path / "bit by bit", **{name: articles[name] for name in names[at : at + 6]})
        bring_up_to_date([tmp_path / "bit by bit"])
    library.refresh()
    assert timeline_of(library) == whole


def test_events_keep_their_ids_when_articles_are_added(
    open_library: OpenLibrary, tmp_path: Path
) -> None:
    library = open_library(write_story(tmp_path))
    before = {r["headline"]: r["event"] for r in json_export.timeline(library)}
    write(tmp_path, more=" date 2024-03-28 Ministers met in Rome on Thursday.")
    bring_up_to_date([tmp_path])
    library.refresh()
    after = {r["headline"]: r["event"] for r in json_export.timeline(library)}
    assert before.items() <= after.items()
    assert len(after) == len(before) + 1


def test_an_article_that_goes_takes_its_events_along(
    open_library: OpenLibrary, tmp_path: Path
) -> None:
    write(tmp_path, **NEWS)
    library = open_library(tmp_path)
    assert any("Oslo" in line for _, line, _ in timeline_of(library))
    for name in "ce":
        (tmp_path / f"{name}.txt").write_text("Nothing of note. Nothing at all.", encoding="utf-8")
    bring_up_to_date([tmp_path])
    library.refresh()
    assert not any("banker" in line for _, line, _ in timeline_of(library))


# Weight


def test_what_more_articles_tell_comes_first(open_library: OpenLibrary, tmp_path: Path) -> None:
    library = open_library(write_story(tmp_path))
    (first,) = json_export.timeline(library, Selection(top=1))
    assert len(first["articles"]) == 3
    assert all(r["weight"] <= first["weight"] for r in json_export.timeline(library))


def test_copies_are_one_voice(open_library: OpenLibrary, tmp_path: Path) -> None:
    text = " date 2024-03-25 A ferry sank in Lake Garda on Monday."
    write(tmp_path, **{f"n{n}": f"{text} Number {n} of the paper." for n in range(5)})
    library = open_library(tmp_path)
    record = next(r for r in json_export.timeline(library) if "ferry" in r["headline"])
    assert len(record["articles"]) == 5
    assert record["voices"] == 1
    event = int(record["event"][1:])
    assert [account.copy for account in library.timeline.accounts(event)] == [False] + [True] * 4


def test_a_filter_narrows_the_timeline(open_library: OpenLibrary, tmp_path: Path) -> None:
    library = open_library(write_story(tmp_path))
    days = Selection(first=738_971, last=738_971)
    assert [r["when"] for r in json_export.timeline(library, days)] == ["2024-03-26"]
    keys = keys_by_source(library)
    only = Selection(articles=frozenset((keys["later.txt"],)))
    assert len(list(json_export.timeline(library, only))) == 2
    assert document_of(library, keys["later.txt"]).events
