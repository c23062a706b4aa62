"""A timeline as one HTML file, which needs no network and no JavaScript to be read."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from tui.events.formats.timeline_record import TimelineRecord, remarks
from tui.events.formats.timeline_sections import MonthSection, YearSection, clock, sections
from tui.events.formats.web_links import web_link
from tui.safe_text import safe_line
from tui.times.date_labels import label

_FOLDER = Path(__file__).parent
# So many lines are shown at first; the reader can choose another number.
_SHOWN_FIRST = 200


def written(records: Iterable[TimelineRecord], title: str) -> str:
    """The page: sections by year and month, and for each line its quote and source behind it.

    Its policy allows its own style and script and nothing else, so the browser loads nothing from
    the network.
    """
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    kept = list(records)
    ranks = _ranks(kept)
    years = [_year(year, ranks) for year in sections(kept)]
    style, script = (_part(name) for name in ("timeline.css", "timeline.js"))
    environment = Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    template = environment.from_string(_part("timeline.html.jinja"))
    return template.render(
        title=safe_line(title),
        facts=_facts(kept),
        total=len(kept),
        top=min(len(kept), _SHOWN_FIRST),
        years=years,
        places=[_place(year) for year in years],
        # These two are files of the program, so that they need no escaping.
        style=Markup(style),
        script=Markup(script),
        policy=(
            f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}';"
            " base-uri 'none'; form-action 'none'"
        ),
    )


def _part(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    """The source expression of a Content Security Policy that allows an inline element."""
    return "sha256-" + b64encode(sha256(content.encode()).digest()).decode()


def _ranks(records: list[TimelineRecord]) -> dict[str, int]:
    """The ranks of events by weight, from 1 for the weightiest."""
    by_weight = sorted(records, key=lambda record: -record["weight"])
    return {record["event"]: rank for rank, record in enumerate(by_weight, 1)}


def _facts(records: list[TimelineRecord]) -> str:
    articles = {article for record in records for article in record["articles"]}
    return f"{_count(len(records), 'event')} in {_count(len(articles), 'article')}"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _year(year: YearSection, ranks: dict[str, int]) -> dict[str, Any]:
    name = year.name or "Undated"
    return {
        "name": name,
        "id": name.lower().replace(" ", "-"),
        "months": [_month(month, year, ranks) for month in year.months],
    }


def _month(month: MonthSection, year: YearSection, ranks: dict[str, int]) -> dict[str, Any]:
    return {
        "name": month.name,
        "id": f"{month.name.lower()}-{year.name}",
        "dates": [
            {
                # What is undated is listed below a heading that says so.
                "label": dates.label if year.name else "",
                "lines": [_line(record, ranks[record["event"]]) for record in dates.records],
            }
            for dates in month.dates
        ],
    }


def _line(record: TimelineRecord, rank: int) -> dict[str, Any]:
    account = record["account"]
    at = clock(record["when"])
    line: dict[str, Any] = {
        "rank": rank,
        "headline": safe_line(record["headline"]),
        "beside": ", ".join([*([at] if at else []), *remarks(record)]),
    }
    for name in ("quote", "outlet", "title"):
        line[name] = safe_line(account[name]) if account is not None else ""
    line["link"] = web_link(account["url"]) if account is not None else ""
    line["date"] = label(account["date"]) if account is not None and account["date"] else ""
    return line


def _place(year: dict[str, Any]) -> dict[str, Any]:
    """A year in the list of sections; its months are there if it has several."""
    months = [month for month in year["months"] if month["name"]]
    return {**year, "months": months if len(months) > 1 else []}
