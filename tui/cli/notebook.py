"""`dateline notebook`: lists, exports and imports the bookmarks and corrections of a library."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tui.articles import date_corrections
from tui.articles.source_names import printable
from tui.cli import libraries
from tui.cli.exit_codes import fail
from tui.config.loading import load
from tui.library import Library
from tui.passages.model import Passage
from tui.storage.notebook_access import NotRead, NotWritten
from tui.times.date_labels import short

FORMATS = ("lines", "markdown", "jsonld", "readwise", "csv", "jsonl")
# The most characters of a quote or of a note that a line of the list shows.
_MOST = 160
_STATE_TEXTS = {
    "near": "the words there have changed",
    "doubtful": "may stand at several positions",
    "orphan": "not in its article any more",
    "absent": "its article is not there",
}


_TEMPLATE = """\
A template is given `library` and `articles`, each with title, date, label (the date in words),
source, url, id and bookmarks; each of these has quote, original, note, tags, context, start, end,
state (exact, near, doubtful, orphan, absent), created, modified and id. The filter md keeps the
signs of Markdown in a text from meaning anything:

  {% for a in articles %}{% for b in a.bookmarks %}
  - {{ b.quote | md }} ({{ a.title | md }}, {{ a.label }})
  {% endfor %}{% endfor %}
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    parsers = parser.add_subparsers(
        dest="what", required=True, metavar="{list,corrections,export,import}"
    )
    listing = parsers.add_parser("list", help="one line for each bookmark")
    said = parsers.add_parser(
        "corrections", help="one line for each correction of a name, date or event"
    )
    out = parsers.add_parser("export", help="write the notebook of a library")
    how = out.add_mutually_exclusive_group()
    how.add_argument(
        "--format", choices=FORMATS[1:], default="markdown", help="markdown if not said"
    )
    how.add_argument("--template", metavar="FILE", help="a Jinja2 template (see below)")
    out.epilog = _TEMPLATE
    out.formatter_class = argparse.RawDescriptionHelpFormatter
    into = parsers.add_parser(
        "import",
        help="merge JSON-LD, JSON lines, Hypothes.is JSON or Readwise CSV",
        description="Merge bookmarks by id: the later one wins, the same twice changes nothing.",
    )
    into.add_argument("file", metavar="FILE", help="what to merge; - for what comes in")
    for sub in (listing, said, out, into):
        libraries.argument(sub)


def run(options: argparse.Namespace) -> int:
    """Bring the library up to date, run the command, and return its exit code."""
    from tui.cli.index import bring_up_to_date

    named = libraries.named(options.library)
    if not libraries.check_exists(named.sources):
        return 2
    bring_up_to_date(named.sources)
    library = Library(named.sources, name=named.name)
    try:
        # A notebook that cannot be read must not look empty.
        notebook = library.notebook
        if not notebook.readable or (options.what == "import" and not notebook.lasting):
            return 1
        if options.what == "import":
            code = _import(library, options.file)
        elif options.what == "corrections":
            code = _list_corrections(library)
        else:
            code = _export(library, options)
        return 1 if notebook.unread else code
    except NotRead as error:
        return fail(f"the notebook cannot be read: {error}")
    except NotWritten as error:
        return fail(f"the notebook cannot be written: {error}")
    finally:
        for notice in library.notices.take():
            print(f"dateline: {notice}", file=sys.stderr)
        library.close()


def _list_corrections(library: Library) -> int:
    """Print the corrections that hold, by time: day, what it is about, and what it says."""
    rows = [
        (c.modified, "name", library.entities.describe(c))
        for c in library.entities.stated()
        if not c.withdrawn
    ]
    rows += [
        (c.modified, "date", date_corrections.describe(c))
        for c in library.articles.date_corrections()
        if not c.withdrawn
    ]
    rows += [
        (c.modified, "event", library.events.describe(c))
        for c in library.events.stated()
        if not c.withdrawn
    ]
    for modified, about, words in sorted(rows):
        print(modified[:10], about, printable(words), sep="\t")
    return 0 if rows else 1


def _export(library: Library, options: argparse.Namespace) -> int:
    form = "lines" if options.what == "list" else options.format
    passages = library.passages.all(deleted=form == "jsonl")
    if form == "lines":
        for passage in passages:
            print(*_row(passage), sep="\t")
        return 0 if passages else 1
    from tui.passages.formats import (
        bookmark_records,
        csv_table,
        markdown_notes,
        readwise,
        web_annotation,
    )

    if options.template or form == "markdown":
        template = None
        chosen = options.template or load().template
        if chosen:
            try:
                template = Path(chosen).expanduser().read_text(encoding="utf-8")
            except UnicodeDecodeError:
                return fail(f"{chosen}: it is not UTF-8")
        try:
            text = markdown_notes.render(passages, library.name, template)
        except markdown_notes.TemplateFault as fault:
            return fail(f"{chosen}: {fault}")
    elif form == "jsonld":
        text = web_annotation.page(passages) + "\n"
    elif form == "readwise":
        text = readwise.table_of(passages)
    elif form == "csv":
        text = csv_table.all_fields(passages)
    else:
        from tui.entities import correction_records
        from tui.events import event_corrections

        lines = [
            *bookmark_records.lines(passages),
            *correction_records.lines(library.entities.stated()),
            *date_corrections.lines(library.articles.date_corrections()),
            *event_corrections.lines(library.events.stated()),
        ]
        text = "".join(line + "\n" for line in lines)
    if form != "jsonl" or options.template:
        dates = [c for c in library.articles.date_corrections() if not c.withdrawn]
        events = [c for c in library.events.stated() if not c.withdrawn]
        for what, left_out in (
            ("corrections of names", len(library.entities.standing())),
            ("dates of articles", len(dates)),
            ("corrections of events", len(events)),
        ):
            if left_out:
                print(f"dateline: {what} ({left_out}) go out as jsonl only", file=sys.stderr)
    # UTF-8 in any locale, because this is a file format and not text for a terminal.
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.flush()
    return 0 if passages or (form == "jsonl" and text) else 1


def _row(passage: Passage) -> tuple[str, ...]:
    b = passage.bookmark
    words = (b.selector.exact, b.note)
    quote, note = (_cut(printable(" ".join(text.split()))) for text in words)
    return (
        short(b.date), passage.anchor.state, printable(b.source), quote, note, " ".join(b.tags)
    )  # fmt: skip


def _cut(text: str) -> str:
    return text if len(text) <= _MOST else text[: _MOST - 1].rstrip() + "…"


def _import(library: Library, name: str) -> int:
    from tui.passages.formats import import_formats
    from tui.passages.merging import merge

    data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    try:
        text = data.decode("utf-8")
        incoming, faults = import_formats.read(text)
        said, wrong = import_formats.corrections_of(text)
        dates, unread = import_formats.date_corrections_of(text)
        events, refused = import_formats.event_corrections_of(text)
        faults += [*wrong, *unread, *refused]
    except ValueError as error:
        return fail(f"{name}: {error}", 2)
    merged = merge(library.passages, incoming)
    print(
        f"added\t{len(merged.added)}\nchanged\t{len(merged.changed)}\nsame\t{len(merged.unchanged)}"
    )
    if said:
        print(f"corrections\t{library.entities.merge_corrections(said)}")
    if dates:
        print(f"dates\t{library.articles.merge_date_corrections(dates)}")
    if events:
        print(f"events\t{library.events.merge_corrections(events)}")
    library.passages.reattach()
    taken = {*merged.added, *merged.changed, *merged.unchanged}
    lost = [
        p for p in library.passages.all() if p.bookmark.id in taken and p.anchor.state != "exact"
    ]
    print(f"not placed\t{sum(not p.anchor.attached for p in lost)}")
    for passage in lost:
        quote = printable(" ".join(passage.bookmark.selector.exact.split()))
        print(f"{passage.anchor.state}\t{_STATE_TEXTS[passage.anchor.state]}\t{quote[:100]}")
    for fault in faults:
        print(f"dateline: {name}: {fault}", file=sys.stderr)
    return 1 if faults else 0
