"""Somebody or something of the story on one page; each line leads there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tui.app.panes.timeline import MARKS
from tui.app.screens.choice import Line
from tui.app.text_fit import counted
from tui.edtf import label, short
from tui.library import Library
from tui.model import EntityKind, EntityProfile, Place
from tui.sparkline import sparkline

KINDS: dict[EntityKind, str] = {
    "PER": "person",
    "ORG": "organisation",
    "LOC": "place",
    "NORP": "nation or group",
}
_WIDTH = 40
_MOST = 100


Fix = Literal["merge", "split", "rename", "kind", "no name"]


@dataclass(frozen=True, slots=True)
class Fixing:
    """A line that puts something right."""

    fix: Fix


@dataclass(frozen=True, slots=True)
class Naming:
    """A line that leads to where an article names the entity first."""

    article: int


# Where a line leads: to a place, an article, another entity, something to put right, or (None) the
# list.
Target = Place | Naming | str | Fixing | None


def entity_lines(library: Library, profile: EntityProfile) -> tuple[list[Line], list[Target]]:
    """The rows of the page, and where each of their values leads."""
    targets: list[Target] = [None]
    lines = list(_about(profile))

    def lead(left: str, words: str, target: Target) -> None:
        lines.append(Line(left, words, value=len(targets)))
        targets.append(target)

    events = library.events(profile.events)
    shown = [event for event in profile.events if event in events]
    _heading(lines, "Events", len(shown))
    for event in shown:
        row = events[event]
        lead(short(row.when), f"{MARKS[row.status]} {row.headline}", library.first_account(event))
    _heading(lines, "Named together with", len(profile.companions))
    for other in profile.companions[:_MOST]:
        lead(f"{other.articles:,}", other.name, other.id)
    _heading(lines, "Articles", len(profile.articles))
    rows = library.rows(profile.articles[-_MOST:])
    for key in reversed(profile.articles[-_MOST:]):
        row_of = rows.get(key)
        if row_of is not None:
            lead(short(row_of.date), row_of.title, Naming(key))
    lines.append(Line("", "Put right", heading=True))
    for fix, words in fixes(profile):
        lead(fix, words, Fixing(fix))
    return lines, targets


def _about(profile: EntityProfile) -> Iterator[Line]:
    yield Line("", KINDS[profile.kind].capitalize(), heading=True)
    articles = counted(len(profile.articles), "article")
    yield Line("list", f"show only its {articles}", value=0)
    yield Line("named", f"{counted(profile.mentions, 'time')} in {articles}")
    if profile.days:
        first, last = profile.days[0][0], profile.days[-1][0]
        yield Line("first", label(date.fromordinal(first).isoformat(), weekday=True))
        yield Line("last", label(date.fromordinal(last).isoformat(), weekday=True))
        if last > first:
            yield Line("over time", sparkline(profile.days, _WIDTH))
    spelt = (f"{words} {count:,}" for words, count in profile.spellings[:12])
    yield Line("spelt", " · ".join(spelt))


def _heading(lines: list[Line], words: str, count: int) -> None:
    if count:
        more = f"{count:,}" if count <= _MOST else f"the first {_MOST} of {count:,}"
        lines.append(Line("", f"{words}  {more}", heading=True))


def fixes(profile: EntityProfile, spelling: str = "") -> list[tuple[Fix, str]]:
    """What can be put right of an entity, each with its words; of one spelling if given."""
    several = len(profile.spellings) > 1
    found: list[tuple[Fix, str]] = [("merge", f"{profile.name} is the same as …")]
    if several:
        which = f"“{spelling}”" if spelling else "one of the spellings"
        found.append(("split", f"{which} is somebody or something else"))
    found.append(("rename", "call it otherwise"))
    found.append(("kind", f"it is no {KINDS[profile.kind]}"))
    which = f"“{spelling}”" if spelling or not several else "one of the spellings"
    if not spelling and not several and profile.spellings:
        which = f"“{profile.spellings[0][0]}”"
    found.append(("no name", f"{which} is no name"))
    return found
