"""A timeline as Markdown: a heading for each month, a list of what happened in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.events.formats.timeline_record import AccountRecord, TimelineRecord, remarks
from tui.events.formats.timeline_sections import YearSection, sections
from tui.events.formats.web_links import web_link
from tui.markdown_text import escaped
from tui.safe_text import safe_line
from tui.times.date_labels import label


def written(records: Iterable[TimelineRecord], title: str) -> str:
    """The Markdown of a timeline, each line with its quote and the article that it is from."""
    parts = [f"# {escaped(safe_line(title))}"]
    for year in sections(records):
        parts += _year(year)
    return "\n\n".join(parts) + "\n"


def _year(year: YearSection) -> Iterator[str]:
    for month in year.months:
        yield f"## {f'{month.name} {year.name}'.strip() or 'Undated'}"
        for dates in month.dates:
            # Each date begins a paragraph, so that it is written once.
            if year.name:
                yield f"**{escaped(dates.label)}**"
            yield "\n".join(_item(record) for record in dates.records)


def _item(record: TimelineRecord) -> str:
    beside = ", ".join(remarks(record))
    tail = f" ({beside})" if beside else ""
    lines = [f"- {escaped(safe_line(record['headline']))}{tail}"]
    if record["account"] is not None:
        lines.append(f"  > {escaped(safe_line(record['account']['quote']))}\n  >")
        lines.append(f"  > {_source(record['account'])}")
    return "\n".join(lines)


def _source(account: AccountRecord) -> str:
    title = escaped(safe_line(account["title"]))
    link = web_link(account["url"])
    named = f"[{title}](<{link}>)" if link and title else title
    outlet = escaped(safe_line(account["outlet"]))
    date = escaped(label(account["date"])) if account["date"] else ""
    return "— " + ", ".join(part for part in (outlet, named, date) if part)
