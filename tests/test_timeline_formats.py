"""The formats of `dateline timeline`: from records, and by the command."""

from __future__ import annotations

import csv
import io
import json
import re
from base64 import b64encode
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from building import SEEDS, OpenLibrary
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from test_commands import dateline

from tui import json_export
from tui.articles.outlets import outlet
from tui.events.formats import (
    icalendar,
    timeline_csv,
    timeline_html,
    timeline_markdown,
    timeline_table,
    timelinejs,
)
from tui.events.formats.timeline_record import TimelineRecord
from tui.events.formats.timeline_sections import date_label
from tui.events.formats.web_links import web_link
from tui.events.timeline_store import Selection
from tui.nlp.document import EventStatus
from tui.safe_text import safe_line

NOW = datetime(2024, 5, 1, 12, 0, tzinfo=timezone.utc)
# What the formats have a meaning for comes up more often than it would by chance.
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            ["</script>", "<b>", "&amp;", "]]>", '"', "'", ",", ";", "\\", "\\n", "\r\n", "\n", "1. ", "- ", "#",
             "](x)", "[a]", "*", "_", "`", "> ", "word", "BEGIN:VEVENT", "é", "🇫🇷", "日本語", "\x00", "\u2028", "{{ 1 }}"]
        ),
        max_size=25,
    ).map("".join),
)  # fmt: skip
HEADLINES = TEXTS.filter(safe_line)
WHENS = st.sampled_from(
    [None, "2024-03-25", "2024-03-25~", "2024-03-25T14:30", "2024-03", "2024", "201X", "-0043", "../1999",
     "2024-03-20?/2024-03-25?", "[2024-01-01,2024-02-03]", "2024-12-31", "Y170000002", "not a date"]
)  # fmt: skip


def record(
    when: str | None = "2024-03-25",
    headline: str = "The council met",
    quote: str = "The council met on Monday.",
    *,
    number: int = 1,
    status: EventStatus = "happened",
    articles: int = 1,
    weight: float = 1.0,
    url: str = "https://www.example.org/a",
    title: str = "Council meets",
) -> TimelineRecord:
    """A record with what a test says of it."""
    return {
        "event": f"e{number}",
        "when": when,
        "headline": headline,
        "articles": [f"{n:016x}" for n in range(articles)],
        "weight": weight,
        "status": status,
        "voices": 1,
        "account": {
            "quote": quote,
            "outlet": "example.org",
            "title": title,
            "url": url,
            "date": "2024-03-26",
            "article": "0" * 16,
        },
        "corrected": [],
    }


@st.composite
def timelines(draw: st.DrawFn) -> list[TimelineRecord]:
    """A few records with any texts."""
    count = draw(st.integers(1, 4))
    return [
        record(
            draw(WHENS),
            draw(HEADLINES),
            draw(TEXTS),
            number=number,
            title=draw(TEXTS),
            url=draw(st.one_of(TEXTS, st.just("https://example.org/a?b=c&d"))),
        )
        for number in range(count)
    ]


class Elements(HTMLParser):
    """The elements of a page: tags, attributes, and the text in each kind of element."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.texts: dict[str, list[str]] = {}
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in ("meta", "input"):
            self.open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self.open):
            self.texts[tag][-1] += data

    def values(self, name: str) -> list[str]:
        """The values of an attribute, in order."""
        return [value for _, attribute, value in self.attributes if attribute == name]


# Page


@given(timelines())
def test_any_text_is_text_on_the_page(records: list[TimelineRecord]) -> None:
    page = Elements(timeline_html.written(records, "A <title> & more"))
    plain = Elements(timeline_html.written([record(number=n) for n in range(len(records))], "A"))
    assert page.open == []
    assert set(page.tags) <= {*plain.tags, "nav", "h3"}
    assert page.texts["title"] == page.texts["h1"] == ["A <title> & more"]
    assert sorted(page.texts["summary"]) == sorted(
        safe_line(r["headline"]) + (" · 14:30" if "T" in (r["when"] or "") else "") for r in records
    )
    quotes = [safe_line(r["account"]["quote"]) for r in records if r["account"]]
    assert sorted(page.texts.get("blockquote", [])) == sorted(filter(None, quotes))
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    assert all(re.match(r"https?://|#", link) for link in page.values("href"))


def test_the_page_allows_nothing_but_its_own_style_and_script() -> None:
    page = Elements(timeline_html.written([record()], "Haiti"))
    (policy,) = [v for v in page.values("content") if v.startswith("default-src")]
    assert policy.split("; ")[0] == "default-src 'none'"
    for kind in ("style", "script"):
        (content,) = page.texts[kind]
        digest = b64encode(sha256(content.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy.split("; ")
    assert not {"src", "srcset", "style"} & {name for _, name, _ in page.attributes}
    assert "link" not in page.tags
    assert "@import" not in page.texts["style"][0]
    assert "url(" not in page.texts["style"][0]


def test_the_page_has_sections_in_order_of_time() -> None:
    page = Elements(
        timeline_html.written(
            [
                record(None, "Some time", number=1),
                record("2024-03-25~", "About then", number=2),
                record("2024-03-25", "Then", number=3),
                record("2023-12-01", "Before", number=4),
                record("2024", "That year", number=5),
                record("2024-03-25", "Then too", number=6),
            ],
            "Haiti",
        )
    )
    assert page.texts["h2"] == ["2023", "2024", "Undated"]
    assert page.texts["h3"] == ["December", "March"]
    lines = ["Before", "That year", "Then", "Then too", "About then", "Some time"]
    assert page.texts["summary"] == lines
    # A paragraph for each date, which is there once, and one for each source.
    dates = [text for text in page.texts["p"] if re.fullmatch(r"[~?]?[\w ]+ 2\d{3}|2024|", text)]
    assert dates == ["1 Dec 2023", "2024", "25 Mar 2024", "~25 Mar 2024", ""]


def test_the_page_lists_its_months_also_of_one_year() -> None:
    months = [record("2024-03-25", number=1), record("2024-05", number=2)]
    page = Elements(timeline_html.written(months, ""))
    targets = [link for link in page.values("href") if link.startswith("#")]
    assert targets == ["#2024", "#march-2024", "#may-2024"]
    assert {link[1:] for link in targets} <= set(page.values("id"))
    assert "nav" not in Elements(timeline_html.written(months[:1], "")).tags


def test_the_weightiest_lines_have_the_first_ranks() -> None:
    records = [record(number=n, weight=w) for n, w in enumerate([0.5, 3.0, 1.0])]
    assert Elements(timeline_html.written(records, "")).values("data-rank") == ["3", "1", "2"]


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://example.org/a?b=c&d#e", "https://example.org/a?b=c&d#e"),
        ("http://example.org/ü x>", "http://example.org/%C3%BC%20x%3E"),
        ("javascript:alert(1)", ""),
        ("javascript://example.org/%0aalert(1)", ""),
        ("file:///etc/passwd", ""),
        ("https://", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_only_addresses_of_web_pages_are_links(url: str, link: str) -> None:
    assert web_link(url) == link
    page = Elements(timeline_html.written([record(url=url)], ""))
    assert [v for v in page.values("href") if not v.startswith("#")] == ([link] if link else [])


# Tables


@given(timelines())
def test_csv_reads_back(records: list[TimelineRecord]) -> None:
    rows = list(csv.DictReader(io.StringIO(timeline_csv.written(records), newline="")))
    assert len(rows) == len(records)
    for row, r in zip(rows, records, strict=True):
        assert r["account"] is not None
        assert row["headline"] == safe_line(r["headline"])
        assert row["quote"] == safe_line(r["account"]["quote"])
        assert row["when"] == (r["when"] or "")
        assert (row["accounts"], row["voices"]) == ("1", "1")


def test_csv_has_the_days_of_a_vague_date() -> None:
    records = [record("2024-02~"), record("../1999"), record(None)]
    rows = csv.DictReader(io.StringIO(timeline_csv.written(records)))
    assert [(row["first"], row["last"]) for row in rows] == [
        ("2024-02-01", "2024-02-29"), ("", "1999-12-31"), ("", ""),
    ]  # fmt: skip


@given(WHENS, HEADLINES, st.integers(45, 120))
def test_the_table_loses_no_letter(when: str | None, headline: str, width: int) -> None:
    rows = timeline_table.written([record(when, headline)], width).splitlines()
    left = rows[0].index(" 1 ") - 1
    assert "".join(row[:left].strip() for row in rows) == date_label(when)
    line = "".join(row[left + 5 :] for row in rows)
    assert "".join(line.split()) == "".join(safe_line(headline).split())
    assert all(len(row) <= width for row in rows if row.isascii())


def test_the_table_wraps_at_words_and_has_each_date_once() -> None:
    records = [
        record("2024-03-25", "The council of the town met and talked", articles=12),
        record("2024-03-25", "It rained", status="claimed"),
        record("2024-03-25~", "日本語の見出し"),
        record(None, "Nobody knows when"),
    ]
    assert timeline_table.written(records, 40).splitlines() == [
        "25 Mar 2024   12  The council of the",
        "                  town met and talked",
        "               1  It rained (claimed)",
        "~25 Mar 2024   1  日本語の見出し",
        "undated        1  Nobody knows when",
    ]
    # Each of these characters is two cells wide.
    assert timeline_table.written([record(headline="日本語の見出し日本語")], 34).splitlines() == [
        "25 Mar 2024  1  日本語の見出し日本",
        "                語",
    ]


# Markdown


@given(timelines())
def test_any_text_is_text_in_markdown(records: list[TimelineRecord]) -> None:
    tokens = MarkdownIt("commonmark").parse(timeline_markdown.written(records, "A *title*"))
    assert not [t for t in tokens if t.type in ("html_block", "fence", "code_block", "hr")]
    inlines = [t for t in tokens if t.type == "inline"]
    shown = ["".join(child.content for child in t.children or []) for t in inlines]
    assert shown[0] == "A *title*"
    for r in records:
        assert r["account"] is not None
        assert safe_line(r["headline"]) in shown
        assert safe_line(r["account"]["quote"]) in [*shown, ""]
    kinds = {child.type for t in inlines for child in t.children or []}
    assert kinds <= {
        "text",
        "text_special",
        "strong_open",
        "strong_close",
        "link_open",
        "link_close",
    }


def test_markdown_has_months_dates_and_sources() -> None:
    records = [record(articles=2), record(None, "Once", url="", status="planned")]
    assert timeline_markdown.written(records, "Haiti") == (
        "# Haiti\n\n## March 2024\n\n**25 Mar 2024**\n\n"
        "- The council met (2 accounts)\n  > The council met on Monday.\n  >\n"
        "  > — example.org, [Council meets](<https://www.example.org/a>), 26 Mar 2024\n\n"
        "## Undated\n\n"
        "- Once (planned)\n  > The council met on Monday.\n  >\n"
        "  > — example.org, Council meets, 26 Mar 2024\n"
    )


# Calendars


def unfolded(calendar: str) -> list[str]:
    """The content lines of a calendar."""
    assert calendar.endswith("\r\n")
    lines: list[str] = []
    for line in calendar.removesuffix("\r\n").split("\r\n"):
        assert len(line.encode()) <= 75
        assert not {"\r", "\n"} & set(line)
        if line.startswith(" "):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    return lines


def events_of(calendar: str) -> Iterator[dict[str, str]]:
    """The properties of each event, with the parameters in their names."""
    lines = unfolded(calendar)
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    current: dict[str, str] | None = None
    for line in lines[1:-1]:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            assert current is None
            current = {}
        elif line == "END:VEVENT":
            assert current is not None
            yield current
            current = None
        elif current is not None:
            assert name not in current
            current[name] = value


def text_of(value: str) -> str:
    """A value of the type TEXT without its escapes."""
    assert re.fullmatch(r"(?:[^\\;,]|\\[\\;,n])*", value)
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], value)


@given(timelines())
def test_a_calendar_parses_back(records: list[TimelineRecord]) -> None:
    events = list(events_of(icalendar.written(records, "A, b; c\\ d", NOW)))
    dated = [r for r in records if r["when"] not in (None, "-0043", "Y170000002", "not a date")]
    assert [safe_line(text_of(e["SUMMARY"])) for e in events] == [
        safe_line(r["headline"]) for r in dated
    ]
    for event, r in zip(events, dated, strict=True):
        assert r["account"] is not None
        assert f"“{safe_line(r['account']['quote'])}”" in text_of(event["DESCRIPTION"])
        assert event["DTSTART;VALUE=DATE"] < event["DTEND;VALUE=DATE"]
        assert event["DTSTAMP"] == "20240501T120000Z"
    assert len({event["UID"] for event in events}) == len(events)


@pytest.mark.parametrize(
    ("when", "first", "days"),
    [
        ("2024-12-31", date(2024, 12, 31), 1),
        ("2024-03-25T14:30~", date(2024, 3, 25), 1),
        ("2024-02~", date(2024, 2, 1), 29),
        ("2024-03-20/2024-03-25", date(2024, 3, 20), 6),
        ("2024-03-20/..", date(2024, 3, 20), 1),
        ("../0999-01-05", date(999, 1, 5), 1),
    ],
)
def test_a_date_becomes_whole_days(when: str, first: date, days: int) -> None:
    (event,) = events_of(icalendar.written([record(when)], "", NOW))
    begin, end = event["DTSTART;VALUE=DATE"], event["DTEND;VALUE=DATE"]
    assert begin == first.isoformat().replace("-", "")
    assert end == (first + timedelta(days=days)).isoformat().replace("-", "")


def test_an_event_keeps_its_id_in_another_cache_and_at_another_time() -> None:
    there = icalendar.written([record(number=7), record("2024-03-26")], "", NOW)
    here = icalendar.written([record(number=8, weight=2.0)], "", NOW + timedelta(days=1))
    ids = [event["UID"] for event in events_of(there)]
    assert [event["UID"] for event in events_of(here)] == ids[:1]
    assert len(set(ids)) == 2
    twice = list(events_of(icalendar.written([record(), record()], "", NOW)))
    assert len({event["UID"] for event in twice}) == 2


def test_a_claim_is_tentative_and_no_event_makes_busy() -> None:
    records = [record(), record("2024-03-26", status="claimed", url="javascript:x")]
    happened, claimed = events_of(icalendar.written(records, "", NOW))
    assert (happened["STATUS"], claimed["STATUS"]) == ("CONFIRMED", "TENTATIVE")
    assert happened["TRANSP"] == "TRANSPARENT"
    assert happened["URL"] == "https://www.example.org/a"
    assert "URL" not in claimed


# TimelineJS


@given(timelines())
def test_any_text_is_text_in_timelinejs(records: list[TimelineRecord]) -> None:
    data = json.loads(timelinejs.written(records, "A <title>"))
    assert data["title"]["text"]["headline"] == "A &lt;title&gt;"
    dated = [r for r in records if r["when"] not in (None, "-0043", "Y170000002", "not a date")]
    headlines = [slide["text"]["headline"] for slide in data["events"]]
    assert [unescape(h) for h in headlines] == [safe_line(r["headline"]) for r in dated]
    assert not any("<" in headline for headline in headlines)
    for slide, r in zip(data["events"], dated, strict=True):
        assert r["account"] is not None
        shown = Elements(slide["text"]["text"])
        assert set(shown.tags) <= {"blockquote", "p", "a"}
        assert shown.texts["blockquote"] == [safe_line(r["account"]["quote"])]


def test_timelinejs_has_spans_and_labels() -> None:
    records = [record("2024-02~"), record(None), record("2024-03-25T14:30", status="planned")]
    month, day = json.loads(timelinejs.written(records, ""))["events"]
    assert month["start_date"] == {"year": 2024, "month": 2, "day": 1}
    assert month["end_date"] == {"year": 2024, "month": 2, "day": 29}
    assert month["display_date"] == "~Feb 2024"
    assert "end_date" not in day
    assert "<p>planned</p>" in day["text"]["text"]
    assert '<a href="https://www.example.org/a">Council meets</a>' in day["text"]["text"]


# The command and its records


@pytest.mark.parametrize(
    ("url", "source", "name"),
    [
        ("https://www.bbc.co.uk/news/1", "bbc/a.txt", "bbc.co.uk"),
        ("https://News.Example.org:8080/", "", "news.example.org"),
        ("", "bbc/2024/a.txt", "bbc"),
        ("", "a.txt", ""),
        ("", "/elsewhere/a.txt", ""),
        ("http://[", "bbc/a.txt", "bbc"),
        ("", "", ""),
    ],
)
def test_an_outlet_is_a_host_or_a_folder(url: str, source: str, name: str) -> None:
    assert outlet(url, source) == name


def test_records_say_where_their_lines_come_from(open_library: OpenLibrary, tmp_path: Path) -> None:
    text = "The mayor resigned on 25 March 2024. The bridge collapsed on 26 March 2024.\n"
    for name in ("paper", "radio"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(f"2024-03-27\n\n{text}{name} says so.\n", "utf-8")
    library = open_library(tmp_path)
    asked: list[str] = []
    library.cache.connection.set_trace_callback(asked.append)
    records = list(json_export.timeline(library))
    library.cache.connection.set_trace_callback(None)
    assert len(asked) == 1
    assert len(records) >= 2
    articles = {a["id"]: a for a in json_export.articles(library)}
    for r in records:
        account = r["account"]
        assert account is not None
        article = articles[account["article"]]
        assert account["article"] in r["articles"]
        assert account["quote"] in article["text"]
        assert account["outlet"] == article["source"].split("/")[0]
        assert (account["title"], account["date"]) == (article["title"], article["date"])
        assert 1 <= r["voices"] <= len(r["articles"])


def test_the_command_writes_each_format() -> None:
    records = [
        json.loads(x) for x in dateline("timeline", SEEDS, "--format", "jsonl").stdout.splitlines()
    ]
    lines = dateline("timeline", SEEDS).stdout.decode().splitlines()
    assert lines == [
        f"{r['when'] or 'undated'}\t{r['status']}\t{len(r['articles'])}\t{r['headline']}"
        for r in records
    ]
    assert all(
        set(r["account"]) == {"quote", "outlet", "title", "url", "date", "article"} for r in records
    )

    def written(form: str) -> str:
        done = dateline("timeline", SEEDS, "--format", form)
        assert done.returncode == 0
        return done.stdout.decode()

    page = Elements(written("html"))
    assert len(page.texts["summary"]) == len(records)
    assert page.texts["title"] == ["seeds"]
    assert len(list(csv.reader(io.StringIO(written("csv"))))) == len(records) + 1
    dated = [r for r in records if r["when"]]
    assert len(list(events_of(written("ics")))) == len(dated)
    assert len(json.loads(written("timelinejs"))["events"]) == len(dated)
    assert written("markdown").startswith("# seeds\n")
    table = written("table").splitlines()
    assert len(table) >= len(records)
    assert max(map(len, table)) <= 80


def test_the_timeline_of_an_entity(open_library: OpenLibrary) -> None:
    library = open_library(SEEDS)
    found = library.entities.like("Netanyahu")
    events = library.entities.events(found[0].id)
    expected = list(json_export.timeline(library, Selection(events=frozenset(events))))
    done = dateline("timeline", SEEDS, "--entity", "netanyahu", "--format", "jsonl")
    assert [json.loads(line) for line in done.stdout.splitlines()] == expected
    assert 0 < len(expected) < len(list(json_export.timeline(library)))


def test_the_timeline_of_nobody() -> None:
    timeline = dateline("timeline", SEEDS, "--entity", "Netanjahu", "--format", "html")
    assert (timeline.returncode, timeline.stdout) == (1, b"")
    said = timeline.stderr.splitlines()[-1]
    assert said.startswith(b"dateline: nobody and nothing is named 'Netanjahu' here")
    assert dateline("entity", "Netanjahu", SEEDS).stderr.splitlines()[-1] == said
    assert dateline("timeline", SEEDS, "--entity", " ").returncode == 2
