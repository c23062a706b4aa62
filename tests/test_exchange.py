"""The notebook's way out and in, and two people's notebooks as one."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import unicodedata
from itertools import permutations
from pathlib import Path

import pytest
from building import SEEDS, OpenLibrary, bookmarks_in
from hypothesis import given, settings
from hypothesis import strategies as st
from keeping import HARRIS, VOTE, keep
from test_commands import dateline

from tui.folders import notebook_file
from tui.library import Library
from tui.markdown_text import escaped
from tui.passages.formats import (
    bookmark_records as records,
)
from tui.passages.formats import (
    import_formats,
    web_annotation,
)
from tui.passages.formats import (
    readwise as tables,
)
from tui.passages.merging import merge
from tui.passages.model import Anchor, Bookmark, Passage, Selector

# What is safe to show already: anything else is made so on its way in.
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cf", "Zs", "Zl", "Zp"]),
    max_size=30,
).map(lambda text: unicodedata.normalize("NFC", text))
MOMENTS = st.integers(0, 5).map(lambda n: f"2024-03-2{n}T10:00:00.000Z")


@st.composite
def bookmarks(draw: st.DrawFn) -> Bookmark:
    """Bookmarks with few ids and few times, so that they meet."""
    exact = draw(st.sampled_from(["one two", "three, four", "fünf 🇫🇷 sechs"]))
    created, modified = sorted((draw(MOMENTS), draw(MOMENTS)))
    return Bookmark(
        id=f"urn:uuid:{draw(st.integers(0, 4))}",
        created=created,
        modified=modified,
        selector=Selector(exact, "before ", " behind", 7, 7 + len(exact)),
        article=draw(st.sampled_from(["", "abc"])),
        url=draw(st.sampled_from(["", "https://example.org/a"])),
        title=draw(TEXTS).strip(),
        date=draw(st.sampled_from([None, "2024-03-25~"])),
        note=draw(TEXTS),
        tags=draw(st.lists(st.sampled_from(["a", "b-c"]), max_size=2, unique=True).map(tuple)),
        deleted=draw(st.booleans()),
    )


def notebook_of(parts: list[list[Bookmark]], path: Path) -> list[str]:
    """What a fresh notebook holds after some merges."""
    path.unlink(missing_ok=True)
    library = Library([path.parent / "library"], path.with_name("cache.sqlite"), path)
    for part in parts:
        text = "".join(json.dumps(records.record(b)) + "\n" for b in part)
        incoming, faults = import_formats.read(text) if text else ([], [])
        assert not faults
        merge(library.passages, incoming)
    found = sorted(records.canonical(b) for b in bookmarks_in(library.notebook))
    library.close()
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(bookmarks(), max_size=5), min_size=1, max_size=3))
def test_in_whatever_order_and_twice_the_same(
    tmp_path_factory: pytest.TempPathFactory, parts: list[list[Bookmark]]
) -> None:
    path = tmp_path_factory.mktemp("merge") / "n.sqlite"
    results = [notebook_of(list(order), path) for order in permutations(parts)]
    assert all(result == results[0] for result in results)
    assert notebook_of([*parts, *parts], path) == results[0]


@settings(max_examples=100, deadline=None)
@given(bookmarks())
def test_json_lines_and_json_ld_give_back_what_they_were_given(bookmark: Bookmark) -> None:
    passage = Passage(bookmark, Anchor("exact", 7, 14, 1.0))
    (again,), faults = import_formats.read(next(iter(records.lines([passage]))))
    assert not faults
    assert again == bookmark
    (again,), faults = import_formats.read(web_annotation.page([passage]))
    assert not faults
    assert again == bookmark


def test_json_ld_is_as_the_model_has_it(open_library: OpenLibrary) -> None:
    library = open_library(SEEDS)
    bookmark = keep(library, HARRIS, "Her appeal shows", "Really?", ("gaza",))
    page = json.loads(web_annotation.page(library.passages.all()))
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    (item,) = page["items"]
    assert (item["type"], item["motivation"]) == ("Annotation", "commenting")
    assert [body["purpose"] for body in item["body"]] == ["commenting", "tagging"]
    quote, position = item["target"]["selector"]
    assert quote["type"] == "TextQuoteSelector"
    assert quote["exact"] == "Her appeal shows"
    assert position == {
        "type": "TextPositionSelector",
        "start": bookmark.selector.start,
        "end": bookmark.selector.end,
    }


@pytest.fixture
def kept(open_library: OpenLibrary, tmp_path: Path) -> Path:
    """A folder with three passages kept of it."""
    folder = Path(shutil.copytree(SEEDS, tmp_path / "clippings"))
    library = open_library(folder)
    keep(library, HARRIS, "Her appeal shows how far", "*Really*?\nTwo lines.", ("gaza", "us"))
    keep(library, HARRIS, "A Vote That Stung")
    keep(library, VOTE, "with the United States abstaining", tags=("gaza",))
    library.close()
    return folder


def test_every_format_in_the_order_of_the_text(kept: Path) -> None:
    out = {}
    for form in ("markdown", "jsonld", "readwise", "csv", "jsonl"):
        done = dateline("notebook", "export", "--format", form, kept)
        assert done.returncode == 0, done.stderr
        out[form] = done.stdout.decode()
    order = ["with the United States abstaining", "Her appeal shows how far", "A Vote That Stung"]
    for form, text in out.items():
        places = [text.index(quote) for quote in order]
        assert places[1] < places[2], form
    rows = list(csv.DictReader(io.StringIO(out["csv"])))
    assert [row["state"] for row in rows] == ["exact"] * 3
    assert rows[0]["context"].startswith("Her appeal")
    (harris,) = [row for row in rows if row["quote"].startswith("Her appeal")]
    assert (harris["note"], harris["tags"]) == ("*Really*?\nTwo lines.", "gaza us")
    assert harris["date"] == "2024-03-25"
    assert len(harris["article"]) >= 16
    assert ".gaza .us\n*Really*?" in out["readwise"]
    assert "> Her appeal shows how far" in out["markdown"]
    assert "#gaza #us" in out["markdown"]
    assert all(json.loads(line)["type"] == "bookmark" for line in out["jsonl"].splitlines())


def test_a_template_of_ones_own(kept: Path, tmp_path: Path) -> None:
    template = tmp_path / "t.jinja"
    template.write_text(
        "{% for a in articles %}{% for b in a.bookmarks %}{{ b.quote | upper }}|{{ a.date }}\n"
        "{% endfor %}{% endfor %}"
    )
    done = dateline("notebook", "export", "--template", template, kept)
    assert b"HER APPEAL SHOWS HOW FAR|2024-03-25\n" in done.stdout
    template.write_text("{% for a in articles %}\n{% endfr %}")
    done = dateline("notebook", "export", "--template", template, kept)
    assert done.returncode == 1
    assert b"line 2" in done.stderr
    for bad in (b"{{ ''.__class__.__mro__ }}", b"{{ '{:d}'.format('a') }}", b"\xff", b"{{ x }}"):
        template.write_bytes(bad)
        done = dateline("notebook", "export", "--template", template, kept)
        assert (done.returncode, done.stderr.count(b"\n")) == (1, 1), done.stderr


@pytest.mark.parametrize("form", ["jsonl", "jsonld", "readwise"])
def test_out_of_one_home_and_into_another(form: str, kept: Path, tmp_path: Path) -> None:
    file = tmp_path / f"out.{form}"
    file.write_bytes(dateline("notebook", "export", "--format", form, kept).stdout)
    mine = dateline("notebook", "list", kept).stdout
    again = dateline("notebook", "import", file, kept)
    assert b"added\t0\nchanged\t0\nsame\t3\nnot placed\t0\n" in again.stdout
    assert dateline("notebook", "list", kept).stdout == mine
    shutil.rmtree(notebook_file().parent)
    done = dateline("notebook", "import", file, kept)
    assert done.returncode == 0, done.stderr
    assert b"added\t3\nchanged\t0\nsame\t0\nnot placed\t0\n" in done.stdout
    theirs = dateline("notebook", "list", kept).stdout
    if form == "readwise":
        # It has no selectors: the quotes find their places by the titles.
        mine, theirs = (
            b"\n".join(sorted(line.split(b"\t")[3] for line in lines.splitlines()))
            for lines in (mine, theirs)
        )
    assert theirs == mine
    twice = dateline("notebook", "import", file, kept)
    assert b"added\t0\nchanged\t0\nsame\t3\n" in twice.stdout


def test_what_hypothesis_exports(kept: Path, tmp_path: Path) -> None:
    def item(ident: str, quote: str, uri: str) -> dict[str, object]:
        return {
            "id": ident,
            "created": "2024-04-01T10:00:00.123456+00:00",
            "updated": "2024-04-02T10:00:00.000000+00:00",
            "uri": uri,
            "text": "theirs",
            "tags": ["a tag"],
            "document": {"title": ["Harris speaks"]},
            "target": [
                {
                    "source": uri,
                    "selector": [
                        {"type": "RangeSelector", "startContainer": "/p[1]"},
                        {"type": "TextPositionSelector", "start": 99999, "end": 100020},
                        {"type": "TextQuoteSelector", "exact": quote, "prefix": "", "suffix": ""},
                    ],
                }
            ],
        }

    data = {
        "export_date": "2024-04-03",
        "annotations": [
            item("aa", "sought to lower the temperature", "https://example.org/harris"),
            item("bb", "words that nobody ever wrote here", "https://example.org/x"),
            {"id": "cc", "target": [{"source": "https://example.org/page-note"}]},
        ],
    }
    file = tmp_path / "hypothesis.json"
    file.write_text(json.dumps(data))
    done = dateline("notebook", "import", file, kept)
    assert done.returncode == 0
    assert b"added\t2\n" in done.stdout
    assert b"not placed\t1\n" in done.stdout
    assert b"absent\t" in done.stdout
    rows = [
        line.split("\t") for line in dateline("notebook", "list", kept).stdout.decode().splitlines()
    ]
    (found,) = [row for row in rows if row[3] == "sought to lower the temperature"]
    assert found[1] == "exact"
    assert found[4:] == ["theirs", "a-tag"]


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        ("", 2, "no bookmarks"),
        ("hello", 2, "no bookmarks"),
        ('{"a": 1}', 2, "no bookmarks"),
        ("[1, 2]", 0, "added\t0"),
        ('{"type": "bookmark", "id": "x"}', 1, "no id or no quote"),
        ('{"type": "bookmark", "id": "x", "exact": "q", "start": -9, "tags": 3}\n{', 1, "line 2"),
        ('{"type": "bookmark", "id": "x", "exact": "q", "created": "yesterday"}', 0, "added\t1"),
        ('{"type": "Annotation", "id": "x", "target": {"selector": []}}', 1, "annotation 1"),
        ('{"annotations": [3, {"target": 4}]}', 0, "added\t0"),
        ('Highlight,Title\n"q', 0, "added\t1"),
        ('{"type": "bookmark", "id": "x", "exact": "q", "tags": "abc"}', 0, "added\t1"),
        ('{"type": "bookmark", "id": "x", "exact": "q", "start": 1e30, "tags": true}', 0, "added\t1"),
        ('{"type": "bookmark", "id": "x", "exact": "q", "start": 9999999999999999999999}', 0, "added\t1"),
        ('{"type": "bookmark", "id": "x", "exact": "q", "modified": "9999-12-31T23:59:59Z"}', 0, "added\t1"),
        ('{"type": "bookmark", "id": "x", "exact": "q", "tags": ["\\ud800", "\\u001b[2J"]}', 0, "added\t1"),
        ('{"type": "AnnotationPage", "items": 5}', 0, "added\t0"),
        ('{"rows": 5}', 2, "no bookmarks"),
        ('"Highlight","Location"\n"q","²"\n"r","99999999999999999999999"', 0, "added\t2"),
        ("[" * 100_000, 2, "no bookmarks"),
        ('{"type": "bookmark", "id": "x", "exact": "a\\u001b[2Jb", "note": "\\u0007"}', 0, "added\t1"),
    ],
)  # fmt: skip
def test_bad_input_is_named_and_harms_nothing(
    kept: Path, tmp_path: Path, data: str, code: int, said: str
) -> None:
    before = dateline("notebook", "export", "--format", "jsonl", kept).stdout
    file = tmp_path / "bad"
    file.write_text(data)
    done = dateline("notebook", "import", file, kept)
    assert done.returncode == code, (done.stdout, done.stderr)
    assert said in (done.stdout + done.stderr).decode()
    assert b"Traceback" not in done.stderr
    assert b"\x1b" not in done.stdout
    after = dateline("notebook", "export", "--format", "jsonl", kept).stdout
    assert set(before.splitlines()) <= set(after.splitlines())


def test_a_deletion_wins_over_an_older_copy(kept: Path, tmp_path: Path) -> None:
    file = tmp_path / "older.jsonl"
    file.write_bytes(dateline("notebook", "export", "--format", "jsonl", kept).stdout)
    library = Library([kept])
    gone = library.passages.all()[0]
    library.passages.delete(gone.bookmark)
    library.close()
    done = dateline("notebook", "import", file, kept)
    assert b"added\t0\nchanged\t0\nsame\t3\n" in done.stdout
    library = Library([kept])
    left = {p.bookmark.id for p in library.passages.all()}
    assert len(left) == 2
    assert gone.bookmark.id not in left
    library.close()


def test_a_bookmark_known_elsewhere_is_put_on_this_shelf_too(kept: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.jsonl"
    file.write_bytes(dateline("notebook", "export", "--format", "jsonl", kept).stdout)
    other = tmp_path / "other"
    other.mkdir()
    (other / "x.txt").write_text("A text of its own about the weather in Oslo.")
    done = dateline("notebook", "import", file, other)
    assert b"same\t3\nnot placed\t3\n" in done.stdout
    assert dateline("notebook", "list", other).stdout.count(b"\n") == 3


def test_what_a_table_had_is_replaced_by_the_passage_itself(kept: Path, tmp_path: Path) -> None:
    for form in ("readwise", "jsonl"):
        done = dateline("notebook", "export", "--format", form, kept)
        (tmp_path / form).write_bytes(done.stdout)
    shutil.rmtree(notebook_file().parent)
    for form in ("readwise", "jsonl", "readwise"):
        dateline("notebook", "import", tmp_path / form, kept)
    assert dateline("notebook", "list", kept).stdout.count(b"\n") == 3


def test_a_moved_library_has_its_bookmarks_without_the_reader(kept: Path) -> None:
    file = kept / HARRIS
    file.write_text(file.read_text().replace("Against a backdrop", "With a backdrop"))
    dateline("index", kept)
    moved = kept.rename(kept.with_name("moved"))
    assert dateline("notebook", "list", moved).stdout.count(b"\n") == 3


def test_markdown_says_nothing_that_the_text_does_not() -> None:
    assert escaped("1. a\n- b\n    c\n===\n&lt; *d* #e") == (
        "1\\. a\n\\- b\nc\n\\===\n\\&lt; \\*d\\* \\#e"
    )


def test_what_readwise_itself_exports() -> None:
    text = (
        '"Highlight","Book Title","Book Author","Note","Color","Tags","Location","Highlighted at"\n'
        '"q","t","","mine","","a b,c","12","2024-03-01 10:00:00"\n'
    )
    (bookmark,), faults = import_formats.read("\ufeff" + text)
    assert not faults
    assert (bookmark.title, bookmark.tags, bookmark.note) == ("t", ("a-b", "c"), "mine")
    assert bookmark.created == "2024-03-01T10:00:00.000Z"


def test_a_note_that_begins_as_tags_do_comes_back_as_it_was() -> None:
    for note, tags in (
        (".net is old", ()),
        (".net", ()),
        ("x", ("a",)),
        ("", ("a",)),
        (".b", ("a",)),
    ):
        b = Bookmark("i", "2024-01-01T00:00:00.000Z", "2024-01-01T00:00:00.000Z",
                     Selector("q", "", "", 0, 1), note=note, tags=tags)  # fmt: skip
        (again,), _ = import_formats.read(tables.table_of([Passage(b, Anchor("absent"))]))
        assert (again.note, again.tags) == (note, tags)


def test_nothing_kept_is_exit_code_1(tmp_path: Path) -> None:
    done: subprocess.CompletedProcess[bytes] = dateline("notebook", "list", SEEDS)
    assert (done.returncode, done.stdout) == (1, b"")


def test_notes_that_look_like_readwise_tags() -> None:
    text = "Highlight,Title,Author,URL,Note,Location,Date\nq,t,,,.a .b\nq2,t,,,...and so on\n"
    found = [records.read(fields) for fields in tables.read(text)]
    assert [(b.tags, b.note) for b in found] == [(("a", "b"), ""), ((), "...and so on")]
