"""The library door: what is read, joined, kept, and answered."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from building import SEEDS, OpenLibrary, bring_up_to_date, document_of, keys_by_source, write
from story import write_story

from tui import json_export
from tui.articles.model import Position
from tui.events.timeline_store import Selection
from tui.folders import absolute, cache_of
from tui.library import Library

VOTE = "The United States abstained from a Security Council vote on {} in Gaza."
QUAKE = "An earthquake killed {} people in Izmir on Monday, the Turkish government said."


def sources_of(library: Library, event: int) -> set[str]:
    articles = [
        library.articles.get(account.article) for account in library.timeline.accounts(event)
    ]
    return {article.source for article in articles if article is not None}


def event_of(library: Library, key: int, word: str) -> int:
    """The first event of an article that a word with some beginning denotes."""
    document = document_of(library, key)
    return next(
        m.event
        for m in document.events
        if m.event is not None
        and any(document.text[start:end].startswith(word) for start, end in m.triggers)
    )


def test_the_abstention_is_one_event_in_real_articles(
    shared_seeds: Path, open_library: OpenLibrary
) -> None:
    library = open_library(shared_seeds)
    keys = {source[:3]: key for source, key in keys_by_source(library).items()}
    event = event_of(library, keys["000"], "abstain")
    assert {source[:3] for source in sources_of(library, event)} >= {"000", "002"}


def test_an_event_is_one_in_three_articles(open_library: OpenLibrary, tmp_path: Path) -> None:
    library = open_library(write_story(tmp_path))
    keys = keys_by_source(library)
    event = event_of(library, keys["council.txt"], "abstain")
    assert sources_of(library, event) == {"council.txt", "anger.txt", "later.txt"}
    row = library.timeline.rows([event])[event]
    assert row.when == "2024-03-25"
    assert row.headline.startswith("The United States abstained from a Security Council vote")
    assert event_of(library, keys["anger.txt"], "cancel") != event


def test_an_undated_article_gets_a_date_that_says_it_is_inferred(
    shared_seeds: Path, open_library: OpenLibrary
) -> None:
    library = open_library(shared_seeds)
    keys = {source[:3]: key for source, key in keys_by_source(library).items()}
    article = library.articles.get(keys["001"])
    assert article is not None
    assert (article.date, article.date_origin) == ("2024-03-25~", "inferred")
    assert "25 Mar 2024" in article.date_evidence


def test_the_next_account_goes_round(open_library: OpenLibrary, tmp_path: Path) -> None:
    write(
        tmp_path,
        a=" date 2024-03-25 " + VOTE.format("a truce"),
        b=" date 2024-03-26 " + VOTE.format("the truce"),
        c=" date 2024-03-27 " + VOTE.format("that truce"),
    )
    library = open_library(tmp_path)
    keys = keys_by_source(library)
    event = event_of(library, keys["a.txt"], "abstain")
    walk = [keys["a.txt"]]
    for _ in range(3):
        found = library.timeline.next_account(event, walk[-1])
        assert found is not None
        walk.append(found[0].article)
    assert walk == [keys["a.txt"], keys["b.txt"], keys["c.txt"], keys["a.txt"]]


def test_events_of_other_days_and_places_stay_apart(
    open_library: OpenLibrary, tmp_path: Path
) -> None:
    write(
        tmp_path,
        a=" date 2024-03-26 " + QUAKE.format("12"),
        b=" date 2024-03-27 " + QUAKE.format("at least 15"),
        c=" date 2024-06-18 " + QUAKE.format("40"),
        d=" date 2024-03-26 " + QUAKE.format("12").replace("Izmir", "Lima").replace("Turk", "Peru"),
    )
    library = open_library(tmp_path)
    keys = keys_by_source(library)
    events = {name: event_of(library, keys[f"{name}.txt"], "kill") for name in "abcd"}
    assert events["a"] == events["b"]
    assert len(set(events.values())) == 3


def test_a_mention_leads_on_into_the_next_article(
    open_library: OpenLibrary, tmp_path: Path
) -> None:
    write(
        tmp_path,
        a=" date 2024-03-25 Maria Kovac spoke in Paris. Later Kovac left.",
        b=" date 2024-03-24 In Rome, Kovac met Maria Kovac's brother.",
        c=" date 2024-03-23 Nobody of that name was seen in Berlin.",
    )
    library = open_library(tmp_path)
    keys = keys_by_source(library)
    article = library.articles.get(keys["a.txt"])
    assert article is not None
    first, second = (m for m in document_of(library, keys["a.txt"]).mentions if m.kind == "PER")
    here = Position(keys["a.txt"], first.start)
    after = library.entities.next_mention("maria-kovac", here, 1)
    assert after == Position(keys["a.txt"], second.start)
    over = library.entities.next_mention("maria-kovac", after, 1)
    assert over is not None
    assert over.article == keys["b.txt"]
    assert library.entities.next_mention("maria-kovac", over, -1) == after


def test_a_lone_surname_is_the_one_person_of_the_library_in_any_order(
    open_library: OpenLibrary, tmp_path: Path
) -> None:
    write(
        tmp_path,
        a=" date 2024-03-25 President Kovac spoke in Paris.",
        b=" date 2024-03-24 Maria Kovac met the press in Rome.",
    )
    library = open_library(tmp_path)
    key = keys_by_source(library)["a.txt"]
    article = library.articles.get(key)
    assert article is not None
    entities = {m.text: m.entity for m in document_of(library, key).mentions}
    assert entities["Kovac"] == "maria-kovac"


def test_the_order_is_newest_first_and_undated_last(
    open_library: OpenLibrary, tmp_path: Path
) -> None:
    write(
        tmp_path,
        old=" date 1999-01-05 Something happened.",
        none="Something else happened.",
        new=" date 2024-01-05 Something new happened.",
    )
    library = open_library(tmp_path)
    order = [library.articles.get(key) for key in library.articles.order()]
    assert [a.source for a in order if a] == ["new.txt", "old.txt", "none.txt"]


# What changed, what is gone


def test_only_what_changed_is_read_again(tmp_path: Path, open_library: OpenLibrary) -> None:
    write(tmp_path, a="One thing happened in Rome.", b="Another thing happened in Paris.")
    library = open_library(tmp_path)
    assert "catalogue" not in bring_up_to_date([tmp_path])
    (tmp_path / "a.txt").write_text("One thing happened in Oslo.")
    assert "catalogue" in bring_up_to_date([tmp_path])
    library.refresh()
    texts = sorted(a.text for key in library.articles.order() if (a := library.articles.get(key)))
    assert texts == ["Another thing happened in Paris.", "One thing happened in Oslo."]
    assert not library.articles.search("Rome")
    assert library.articles.search("Oslo")


def test_a_missing_folder_deletes_nothing(tmp_path: Path, open_library: OpenLibrary) -> None:
    folder = write(tmp_path / "in", a="One thing happened in Rome.", b="Another one in Paris.")
    open_library(folder)
    folder.rename(tmp_path / "away")
    bring_up_to_date([folder])
    library = Library([folder])
    rows = library.articles.rows(list(library.articles.order()))
    assert len(rows) == 2
    assert all(row.absent for row in rows.values())
    assert library.articles.search("Rome")
    assert library.articles.problems()[0].severity == "error"
    (tmp_path / "away").rename(folder)
    bring_up_to_date([folder])
    library.refresh()
    assert not any(
        row.absent for row in library.articles.rows(list(library.articles.order())).values()
    )
    assert not library.articles.problems()
    library.close()


def test_a_deleted_file_is_marked_and_its_text_stays(
    tmp_path: Path, open_library: OpenLibrary
) -> None:
    write(tmp_path, a="One thing happened in Rome.", b="Another thing happened in Paris.")
    library = open_library(tmp_path)
    (tmp_path / "a.txt").unlink()
    bring_up_to_date([tmp_path])
    library.refresh()
    key = keys_by_source(library)["a.txt"]
    assert library.articles.rows([key])[key].absent
    article = library.articles.get(key)
    assert article is not None
    assert "Rome" in article.text


def test_a_file_that_turns_bad_keeps_its_good_text(
    tmp_path: Path, open_library: OpenLibrary
) -> None:
    write(tmp_path, a="One thing happened in Rome.")
    library = open_library(tmp_path)
    (tmp_path / "a.txt").write_bytes(b"\x00\x01\x02")
    bring_up_to_date([tmp_path])
    library.refresh()
    assert library.articles.search("Rome")
    assert "binary" in library.articles.problems()[0].what


def test_a_moved_file_is_the_same_article(tmp_path: Path, open_library: OpenLibrary) -> None:
    write(tmp_path, a="One thing happened in Rome.")
    library = open_library(tmp_path)
    (before,) = library.articles.order()
    article = library.articles.get(before)
    assert article is not None
    library.articles.mark_read([article.id])
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.txt").rename(tmp_path / "deep" / "b.txt")
    bring_up_to_date([tmp_path])
    library.refresh()
    (after,) = library.articles.order()
    row = library.articles.rows([after])[after]
    assert row.read
    assert not row.absent
    moved = library.articles.get(after)
    assert moved is not None
    assert moved.source == str(Path("deep", "b.txt"))


def test_the_same_text_in_two_files_is_one_article(
    tmp_path: Path, open_library: OpenLibrary
) -> None:
    write(tmp_path, a="One thing happened in Rome.", b="One thing happened in Rome.")
    library = open_library(tmp_path)
    assert len(library.articles.order()) == 1
    (tmp_path / "a.txt").unlink()
    bring_up_to_date([tmp_path])
    library.refresh()
    (key,) = library.articles.order()
    assert not library.articles.rows([key])[key].absent


def test_a_broken_jsonl_line_leaves_the_others(tmp_path: Path, open_library: OpenLibrary) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"title": "One", "text": "One thing happened in Rome."}\n{broken\n'
        '{"title": "Three", "text": "Another thing happened in Paris."}\n'
    )
    library = open_library(tmp_path)
    assert {r.title for r in library.articles.rows(list(library.articles.order())).values()} == {
        "One",
        "Three",
    }
    (problem,) = library.articles.problems()
    assert problem.place == "a.jsonl:2"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_folder_without_rights_is_named(tmp_path: Path, open_library: OpenLibrary) -> None:
    write(tmp_path, a="One thing happened in Rome.")
    closed = write(tmp_path / "closed", b="Hidden.")
    closed.chmod(0)
    try:
        library = open_library(tmp_path)
        assert len(library.articles.order()) == 1
        assert "closed" in library.articles.problems()[0].source
    finally:
        closed.chmod(0o700)


def test_texts_of_any_shape_are_read(tmp_path: Path, open_library: OpenLibrary) -> None:
    (tmp_path / "line.txt").write_text("Rome burned. " * 400_000)
    (tmp_path / "paragraphs.txt").write_text("\n\n".join(f"Rome {n} fell." for n in range(10_000)))
    (tmp_path / "nospace.txt").write_text("x" * 300_000)
    (tmp_path / "scripts.txt").write_text("שלום 日本語 👩‍👩‍👧 [/x] [Reuters] \x1b[31m")
    library = open_library(tmp_path, analyse=False)
    assert len(library.articles.order()) == 4
    assert not [p for p in library.articles.problems() if p.severity == "error"]


# Faults


def test_a_damaged_cache_is_set_aside_and_made_anew(
    tmp_path: Path, open_library: OpenLibrary
) -> None:
    write(tmp_path, a="One thing happened in Rome.")
    library = open_library(tmp_path)
    library.close()
    cache = cache_of(absolute([tmp_path]))
    cache.write_bytes(b"this is no database" * 1000)
    broken = Library([tmp_path])
    assert "set aside" in broken.notices.take()[0]
    assert list(cache.parent.glob("*.damaged-*"))
    bring_up_to_date([tmp_path])
    broken.refresh()
    assert len(broken.articles.order()) == 1
    broken.close()


@pytest.mark.parametrize("keep", [0.0, 0.1, 0.5, 0.9])
def test_a_cache_cut_short_is_set_aside(
    tmp_path: Path, open_library: OpenLibrary, keep: float
) -> None:
    write(tmp_path, **{f"n{i}": f"Thing {i} happened in Rome. " * 40 for i in range(50)})
    open_library(tmp_path).close()
    cache = cache_of(absolute([tmp_path]))
    size = cache.stat().st_size
    with cache.open("rb+") as file:
        file.truncate(int(size * keep))
    bring_up_to_date([tmp_path])
    library = Library([tmp_path])
    assert len(library.articles.order()) == 50
    assert len(library.articles.search("Rome", limit=100)) == 50
    library.close()


def test_a_cache_damaged_while_it_is_open(tmp_path: Path, open_library: OpenLibrary) -> None:
    write(tmp_path, **{f"n{i}": f"Thing {i} happened in Rome. " * 40 for i in range(200)})
    library = open_library(tmp_path)
    keys = list(library.articles.order())
    cache = cache_of(absolute([tmp_path]))
    size = cache.stat().st_size
    with cache.open("rb+") as file:
        file.seek(16384)
        file.write(b"\xff" * (size - 16384))
    library.cache.connection.execute("PRAGMA shrink_memory")
    assert library.articles.search("Rome") == []
    assert library.articles.rows(keys[:64]) == {}
    assert any("set aside" in notice for notice in library.notices.take())
    bring_up_to_date([tmp_path])
    library.refresh()
    assert len(library.articles.order()) == 200


def test_the_notebook_is_never_overwritten(tmp_path: Path, home: Path) -> None:
    write(tmp_path / "in", a="One thing happened in Rome.")
    bring_up_to_date([tmp_path / "in"])
    file = home / "data" / "dateline" / "notebook.sqlite"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"not a database at all" * 100)
    library = Library([tmp_path / "in"])
    (key,) = library.articles.order()
    assert not library.articles.rows([key])[key].read
    assert "set aside" in library.notices.take()[0]
    assert list(file.parent.glob("*.damaged-*"))
    library.close()


# The contract


def test_the_export_keeps_its_contract(open_library: OpenLibrary) -> None:
    library = open_library(SEEDS)
    records = list(json_export.articles(library))
    assert [r["date"] for r in records] == sorted(r["date"] for r in records)
    assert len(records) == 5
    for record in records:
        assert all(record[layer] for layer in ("mentions", "times", "events"))
        assert record.keys() >= {
            "id", "source", "title", "date", "date_origin", "text", "mentions", "times", "events",
        }  # fmt: skip
        for mention in record["mentions"]:
            assert mention.keys() >= {"start", "end", "text", "kind", "entity"}
            assert record["text"][mention["start"] : mention["end"]] == mention["text"]
        for time in record["times"]:
            assert time.keys() >= {"start", "end", "text", "type", "value"}
        for event in record["events"]:
            assert event.keys() >= {
                "start", "end", "text", "trigger", "when", "status", "event", "participants",
            }  # fmt: skip
            assert event["start"] <= event["trigger"][0] < event["trigger"][1] <= event["end"]
            assert event["status"] in ("happened", "planned", "claimed")
    timeline = list(json_export.timeline(library, Selection(top=5)))
    assert len(timeline) == 5
    assert timeline[0].keys() >= {"event", "when", "headline", "articles", "weight"}
    known = {record["id"] for record in records}
    assert all(event["articles"] and set(event["articles"]) <= known for event in timeline)
