"""When an article was written: fields, date lines, paths, inference, and what the reader says."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from building import OpenLibrary, bring_up_to_date, keys_by_source, write
from screens import library_of, reader_screen, running, shown, until

from tui.app.app import DatelineApp
from tui.articles.cleaning import clean
from tui.articles.model import Article
from tui.cli.main import run
from tui.library import Library
from tui.storage.notebook_access import NotRead
from tui.times.edtf import interval
from tui.times.path_dates import path_date
from tui.times.written_dates import NoSuchDate, stated

TEXT = "Anna Weber opened the new town hall and thanked all those who had built it."


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("20240510T101500Z", "2024-05-10"),
        ("2024-05-10T10:15:00.5+02:00", "2024-05-10"),
        ("Fri, 10 May 2024 10:15:00 +0200", "2024-05-10"),
        ("Sat. May 11, 2024, 9:15 a.m. EDT", "2024-05-11"),
        ("3.5.2024", "2024-05-03"),
        ("06.05.24", "2024-05-06"),
        ("13/4/2024", "2024-04-13"),
        ("4/13/2024", "2024-04-13"),
        ("19-Nov-12", "2012-11-19"),
        ("5/4/2024", "2024-05-04?"),
        ("Fri, 7/5/2021", "2021-05-07"),
        ("2024-05~", "2024-05~"),
        ("2024-03/2024-04", "2024-03/2024-04"),
        ("[2024-05-01,2024-05-03]", "[2024-05-01,2024-05-03]"),
        ("2024-W19-5", "2024-05-10"),
        ("05/2024", "2024-05"),
        ("Q2 2024", "2024-04/2024-06"),
        ("Spring 2024", "2024-21"),
        ("10/May/2024:10:15:00 +0000", "2024-05-10"),
        ("soon", None),
    ],
)
def test_a_field(written: str, date: str | None) -> None:
    assert stated(written) == date


def test_a_field_in_the_order_of_its_source() -> None:
    assert stated("5/4/2024", day_first=True) == "2024-04-05"
    assert stated("5/4/2024", day_first=False) == "2024-05-04"
    with pytest.raises(NoSuchDate):
        stated("31.02.2024")


def test_one_order_of_day_and_month_holds_in_a_file(
    tmp_path: Path, open_library: OpenLibrary
) -> None:
    rows = [{"date": day, "text": f"{TEXT} {day}"} for day in ("5/4/2024", "13/4/2024", "6/4/2024")]
    file = tmp_path / "rows.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    library = open_library(file)
    found = [library.articles.get(key) for key in library.articles.oldest_first()]
    assert [a and a.date for a in found] == ["2024-04-05", "2024-04-06", "2024-04-13"]


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("By Jane Example | Friday, May 10, 2024 9:15 a.m. EDT", "2024-05-10"),
        ("Jane Example, Friday 10 May 2024 09.15 BST", "2024-05-10"),
        ("Posted: 10 / 05 / 2024, 9: 00 PM PDT |", "2024-10-05?"),
        ("Page last updated at 05:32 GMT, Tuesday, 6 September 2011", "2011-09-06"),
        ("Published 10 May 2024, updated 12 May 2024", "2024-05-10"),
        ("Updated 12 May 2024, published 10 May 2024", "2024-05-10"),
        ("10 May 2024 • 4 min read", "2024-05-10"),
        ("Friday, 3/5/2024", "2024-05-03"),
        ("JANE EXAMPLE MAY 25, 2024", "2024-05-25"),
        ("Jane Example in Northport Wed 8 May 2024 17.15 CEST", "2024-05-08"),
        ("May 12, 2024 10:15 AM EDT · Updated 14 hours ago", "2024-05-12"),
        ("Publié le 18 mai 2021", "2021-05-18"),
        ("18. Mai 2021, 10:15 Uhr", "2021-05-18"),
        ("Saturday, 5 June 2077", None),
        ("Sat 11 May 2024 10.15 CEST", "2024-05-11"),
        ("The fair opens on May 10, 2024", None),
        ("10 May 2024 was a sunny day", None),
    ],
)
def test_a_date_line(line: str, date: str | None) -> None:
    cleaned = clean(f"Town hall opened\n\n{line}\n\n{TEXT}")
    assert cleaned.date == date
    assert (line in cleaned.text) == (date is None)


@pytest.mark.parametrize(
    ("glued", "date"),
    [
        ("Friday 10 May 2024 17.30 BST ", "2024-05-10"),
        ("Updated: 12 May 2024\nPublished: 10 May 2024\n", "2024-05-10"),
        ("By Jane Example | Mon Mar 2, 2009 4:23 pm EST ", "2009-03-02"),
        ("10 May 2024. ", None),
        ("May 10, 2024: ", None),
        ("Released 10 May 1945 ", None),
        ("10 May 2024 at 9:15 a.m. ", None),
        ("May 10, 2024 - ", None),
        ("2024-05-10 ", None),
    ],
)
def test_a_date_before_the_first_words(glued: str, date: str | None) -> None:
    # A date that its sentence goes on from is a part of it.
    text = TEXT if date else "the mayor resigned and thanked all those who had built the hall."
    for title in ("", "Town hall opened\n\n"):
        cleaned = clean(title + glued + text)
        assert cleaned.date == date
        assert cleaned.text == (text if date else glued + text)


@pytest.mark.parametrize(
    ("lead", "date"),
    [
        ("LONDON, May 10, 2024 (Reuters) - ", "2024-05-10"),
        ("ROME (AP), 10 May 2024 — ", "2024-05-10"),
        ("May 10, 2024 was sunny. ", None),
        ("The strike of May 10, 2024 - a Friday - was long. ", None),
    ],
)
def test_a_dateline_stays_in_the_text(lead: str, date: str | None) -> None:
    cleaned = clean(f"Town hall opened\n\n{lead}{TEXT}")
    assert cleaned.date == date
    assert cleaned.text.startswith(lead.strip())


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("20240506-x.txt", "2024-05-06"),
        ("2024.05.07 x.txt", "2024-05-07"),
        ("20240510T101500Z.txt", "2024-05-10"),
        ("2024-05-08_1015_school.txt", "2024-05-08"),
        ("notes/5 May 2024.txt", "2024-05-05"),
        ("13-06-2024.txt", "2024-06-13"),
        ("05-06-2024.txt", "2024-06-05?"),
        ("2024/05/06/x.txt", "2024-05-06"),
        ("2024/05/x.txt", "2024-05"),
        ("2024-5-6.txt", "2024-05-06"),
        ("https://example.org/20240506/hall?d=2024-01-01", "2024-05-06"),
        ("https://example.org/2024/may/06/hall", "2024-05-06"),
        ("2024/x.txt", None),
        ("id-202405061.txt", None),
        ("20241301.txt", None),
        ("2024-may-07 x.txt", "2024-05-07"),
        ("hash-a20240506f.txt", None),
        ("10.1000.2024.05.06.txt", None),
    ],
)
def test_a_date_in_a_path(path: str, date: str | None) -> None:
    found = path_date(path)
    assert (found[0] if found else None) == date


def test_each_date_has_its_origin_and_its_evidence(
    tmp_path: Path, open_library: OpenLibrary
) -> None:
    (tmp_path / "2024" / "05" / "06").mkdir(parents=True)
    write(tmp_path / "2024" / "05" / "06", path=TEXT + " One.")
    write(tmp_path, line=f"Hall\n\nFriday, May 10, 2024\n\n{TEXT} Two.")
    (tmp_path / "field.md").write_text(f"---\ndate: 12 May 2024\n---\n{TEXT} Three.")
    library = open_library(tmp_path)
    found = {source: library.articles.get(k) for source, k in keys_by_source(library).items()}
    assert {
        source: (a.date, a.date_origin, a.date_evidence) for source, a in found.items() if a
    } == {
        "2024/05/06/path.txt": ("2024-05-06", "metadata", "its path has “2024/05/06”"),
        "line.txt": ("2024-05-10", "stated", "it says “Friday, May 10, 2024”"),
        "field.md": ("2024-05-12", "metadata", "its field says “12 May 2024”"),
    }


# Inference

STORY = "The dam at Altona broke and the river Elbe flooded the market square of Altona"


def dated(library: Library, source: str) -> Article:
    article = library.articles.get(keys_by_source(library)[source])
    assert article is not None
    return article


def test_a_day_that_a_text_looks_forward_to_does_not_date_it(
    tmp_path: Path, open_library: OpenLibrary
) -> None:
    write(
        tmp_path,
        a="Hall\n\nThe council met on 3 May 2024. It will meet again on 14 June 2024 to vote.",
    )
    article = dated(open_library(tmp_path), "a.txt")
    assert (article.date, article.date_origin) == ("2024-05-03~", "inferred")
    assert "3 May 2024 is the latest date that it writes of as past" in article.date_evidence


@pytest.mark.parametrize("words", ["today, 6 May 2024,", "tomorrow (7 May 2024)"])
def test_a_text_that_says_what_today_is(
    words: str, tmp_path: Path, open_library: OpenLibrary
) -> None:
    write(tmp_path, a=f"Hall\n\nThe council meets {words} for the first time since 3 May 2024.")
    assert dated(open_library(tmp_path), "a.txt").date == "2024-05-06~"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Ten years ago, on 5 May 2011, the dam broke. It was mended since.", "2021-05-05~"),
        ("He was born on 5 May 1961. The council met on 3 May 2024.", "2024-05-03~"),
        ("Tickets go on sale on 1 June 2077. The council met on 3 May 2024.", "2024-05-03~"),
    ],
)
def test_a_text_that_looks_back_or_ahead(
    text: str, date: str, tmp_path: Path, open_library: OpenLibrary
) -> None:
    write(tmp_path, a=f"Hall\n\n{text}")
    assert dated(open_library(tmp_path), "a.txt").date == date


def test_a_dateline_without_its_year_goes_before_the_neighbours(
    tmp_path: Path, open_library: OpenLibrary
) -> None:
    write(
        tmp_path,
        a=f"Dam\n\n14 May 2019\n\n{STORY}, the mayor said.",
        b=f"Flood\n\n14 May 2019\n\n{STORY}, the police said.",
        c=f"Water\n\nALTONA, 13 May — {STORY}, witnesses said.",
    )
    assert dated(open_library(tmp_path), "c.txt").date == "2019-05-13~"


def test_an_article_takes_the_date_of_those_that_are_like_it(
    tmp_path: Path, open_library: OpenLibrary
) -> None:
    write(
        tmp_path,
        a=f"Dam\n\n6 May 2019\n\n{STORY}, the mayor said.",
        b=f"Flood\n\n7 May 2019\n\n{STORY}, the police said.",
        c="Wine\n\n3 July 2021\n\nGrowers in Tuscany expect a vintage like few before it.",
        d="Oil\n\n9 July 2021\n\nGrowers in Tuscany expect olives like few before them.",
        undated=f"Water\n\n{STORY}, witnesses said.",
    )
    article = dated(open_library(tmp_path), "undated.txt")
    assert article.date is not None
    assert article.date_range is not None
    assert article.date_confidence is not None
    day = interval(article.date)
    assert interval("2019-05-05").first <= day.first <= interval("2019-05-09").first
    assert day.qualified
    assert interval(article.date_range).overlaps(day)
    assert 0.5 <= article.date_confidence <= 1
    assert "most like" in article.date_evidence


def test_nothing_is_counted_from_a_date_that_is_unsure(
    tmp_path: Path, open_library: OpenLibrary
) -> None:
    lines = [f"{STORY} again, as {n} people said." for n in ("six", "ten")]
    write(
        tmp_path,
        a=f"Dam\n\n6 May 2019\n\n{lines[0]}",
        b=f"Flood\n\n7 May 2011\n\n{lines[1]}",
        undated="Water\n\nAnna Weber left Altona on Monday. The river flooded the square there.",
    )
    library = open_library(tmp_path)
    key = keys_by_source(library)["undated.txt"]
    page = library.page(key)
    assert page is not None
    assert page.article.date is not None
    assert page.article.date.endswith("%")
    assert [time.value for time in page.document.times] == ["XXXX-WXX-1"]
    assert all(event.when is None for event in page.document.events)


# What the reader says

UNDATED = "Hall\n\nThe council met on 3 May 2024 and opened the hall."


@pytest.fixture
def hall(tmp_path: Path, open_library: OpenLibrary) -> Library:
    write(tmp_path / "in", a=UNDATED, b=f"Other\n\n9 March 2024\n\n{TEXT}")
    return open_library(tmp_path / "in")


def again(library: Library) -> Article:
    """The first article after another run of the indexing."""
    bring_up_to_date(library.sources)
    library.refresh()
    return dated(library, "a.txt")


def test_a_date_by_the_reader_holds_and_can_be_undone(hall: Library) -> None:
    found = dated(hall, "a.txt")
    hall.articles.correct_date(found, "2024-05-04")
    said = again(hall)
    assert (said.date, said.date_origin) == ("2024-05-04", "corrected")
    assert (said.date_range, said.date_confidence) == (None, None)
    hall.articles.correct_date(said, None)
    assert (again(hall).date, again(hall).date_origin) == (None, "corrected")
    assert hall.undo.undo() == "without a date: “Hall”"
    assert again(hall).date == "2024-05-04"
    hall.articles.withdraw_date(said)
    assert again(hall) == found
    hall.undo.undo()
    assert again(hall).date == "2024-05-04"
    with pytest.raises(ValueError, match="not a date"):
        hall.articles.correct_date(said, "soon")


def test_a_stated_date_comes_back_when_its_correction_is_withdrawn(hall: Library) -> None:
    found = dated(hall, "b.txt")
    hall.articles.correct_date(found, "2024-03-10")
    again(hall)
    assert dated(hall, "b.txt").date == "2024-03-10"
    hall.undo.undo()
    again(hall)
    assert dated(hall, "b.txt") == found


def test_a_date_by_the_reader_outlives_the_cache_and_a_change_of_the_text(hall: Library) -> None:
    hall.articles.correct_date(dated(hall, "a.txt"), "2024-05-04")
    hall.cache.path.unlink()
    bring_up_to_date(hall.sources)
    fresh = Library(hall.sources)
    assert dated(fresh, "a.txt").date == "2024-05-04"
    (hall.sources[0] / "a.txt").write_text(f"{UNDATED} It is large.", encoding="utf-8")
    assert again(fresh).date == "2024-05-04"
    fresh.close()


def test_dates_go_out_as_text_and_into_another_notebook(
    hall: Library, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    hall.articles.correct_date(dated(hall, "a.txt"), "2024-05-04")
    folder = str(hall.sources[0])
    assert run(["notebook", "export", folder, "--format", "jsonl"]) == 0
    out = capsysbinary.readouterr().out
    (record,) = [json.loads(line) for line in out.decode().splitlines()]
    assert (record["type"], record["date"], record["title"]) == ("date", "2024-05-04", "Hall")
    run(["notebook", "export", folder, "--format", "csv"])
    assert b"dates of articles (1) go out as jsonl only" in capsysbinary.readouterr().err
    hall.undo.undo()
    file = tmp_path / "theirs.jsonl"
    # What was withdrawn here does not come back, unless it was said again since.
    file.write_bytes(out)
    assert run(["notebook", "import", str(file), folder]) == 0
    assert b"dates\t0" in capsysbinary.readouterr().out
    file.write_bytes(
        out.replace(b'"modified": "20', b'"modified": "21')
        + b'{"type": "date", "article": "x", "date": "soon"}\n'
    )
    assert run(["notebook", "import", str(file), folder]) == 1
    told = capsysbinary.readouterr()
    assert b"dates\t1" in told.out
    assert b"line 2: not an EDTF date: soon" in told.err
    assert again(hall).date == "2024-05-04"


def test_dates_are_left_alone_if_the_notebook_cannot_be_read(hall: Library, home: Path) -> None:
    hall.articles.correct_date(dated(hall, "a.txt"), "2024-05-04")
    assert again(hall).date == "2024-05-04"
    other = sqlite3.connect(home / "data" / "dateline" / "notebook.sqlite")
    other.execute("ALTER TABLE date_corrections RENAME TO hidden")
    assert again(hall).date == "2024-05-04"
    with pytest.raises(NotRead):
        hall.articles.correct_date(dated(hall, "a.txt"), "2024-05-05")
    other.execute("ALTER TABLE hidden RENAME TO date_corrections")
    other.close()


def test_changes_of_one_date_are_undone_one_by_one(hall: Library) -> None:
    found = dated(hall, "a.txt")
    for date in ("2024-05-04", None, "2024-05-05"):
        hall.articles.correct_date(found, date)
    assert again(hall).date == "2024-05-05"
    for date in (None, "2024-05-04", found.date):
        hall.undo.undo()
        assert again(hall).date == date


def test_what_is_said_of_an_earlier_text_can_be_withdrawn(hall: Library) -> None:
    hall.articles.correct_date(dated(hall, "a.txt"), None)
    (hall.sources[0] / "a.txt").write_text(f"{UNDATED} It is large.", encoding="utf-8")
    edited = again(hall)
    assert (edited.date, edited.date_origin) == (None, "corrected")
    hall.articles.withdraw_date(edited)
    assert again(hall).date_origin == "inferred"
    hall.undo.undo()
    assert again(hall).date_origin == "corrected"


def test_an_article_that_has_no_date_dates_no_other(
    tmp_path: Path, open_library: OpenLibrary
) -> None:
    write(
        tmp_path,
        a=f"Dam\n\n6 May 2019\n\n{STORY}, the mayor said.",
        b=f"Flood\n\n7 May 2019\n\n{STORY}, the police said.",
        c=f"Water\n\n{STORY}, witnesses said.",
    )
    library = open_library(tmp_path)
    library.articles.correct_date(dated(library, "a.txt"), None)
    bring_up_to_date(library.sources)
    library.refresh()
    assert dated(library, "a.txt").date is None
    assert (dated(library, "c.txt").date or "").startswith("2019-05-0")


def test_only_the_dates_of_a_library_go_out_with_it(
    hall: Library, tmp_path: Path, open_library: OpenLibrary
) -> None:
    hall.articles.correct_date(dated(hall, "a.txt"), "2024-05-04")
    other = open_library(write(tmp_path / "other", a="Wine\n\nGrowers met in Tuscany."))
    assert other.articles.date_corrections() == []
    assert [c.title for c in hall.articles.date_corrections()] == ["Hall"]


async def test_dates_by_the_reader_are_listed_and_withdrawn(tmp_path: Path) -> None:
    write(tmp_path, a=UNDATED)
    async with running(tmp_path) as pilot:
        app = pilot.app
        assert isinstance(app, DatelineApp)
        library = library_of(pilot)
        library.articles.correct_date(dated(library, "a.txt"), "2024-05-04")
        reader_screen(app).corrections.history()
        await until(pilot, lambda: "“Hall” is of 4 May 2024" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: "correction withdrawn: “Hall”" in shown(app))
        assert [c.withdrawn for c in library.articles.date_corrections()] == [True]
        library.undo.undo()
        assert [c.withdrawn for c in library.articles.date_corrections()] == [False]


async def test_a_date_is_accepted_corrected_and_rejected_by_a_key(tmp_path: Path) -> None:
    write(tmp_path, a=UNDATED)
    async with running(tmp_path) as pilot:
        app = pilot.app
        assert isinstance(app, DatelineApp)
        screen = reader_screen(app)
        article = dated(library_of(pilot), "a.txt")

        def is_now(date: str | None, origin: str) -> bool:
            found = dated(library_of(pilot), "a.txt")
            return (found.date, found.date_origin) == (date, origin)

        await pilot.press("w")
        await until(pilot, lambda: "D accepts, corrects or rejects it" in shown(app))
        assert "the latest date that it writes of" in shown(app)
        await pilot.press("q", "D")
        await until(pilot, lambda: "Fri 3 May 2024 is right" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: "u undoes it" in shown(app))
        bring_up_to_date([tmp_path])
        await until(pilot, lambda: is_now("2024-05-03", "corrected"))
        await pilot.press("D")
        await until(pilot, lambda: "the date that Dateline found" in shown(app))
        await pilot.press("q")
        library_of(pilot).articles.correct_date(article, "2024-05~")
        bring_up_to_date([tmp_path])
        await until(pilot, lambda: is_now("2024-05~", "corrected"))
        await pilot.press("u")
        bring_up_to_date([tmp_path])
        await until(pilot, lambda: is_now("2024-05-03", "corrected"))
        assert screen.page.page is not None
