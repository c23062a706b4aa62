"""Somebody or something of the story on one page; each line leads there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
_COLUMN = 14


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
    lines: list[Line] = []

    def lead(left: str, words: str, target: Target) -> None:
        lines.append(Line(left, words, value=len(targets)))
        targets.append(target)

    rows = library.rows([*profile.articles[:1], *profile.articles[-_MOST:]])
    lines.append(Line("", KINDS[profile.kind].capitalize(), heading=True))
    articles = counted(len(profile.articles), "article")
    lines.append(Line("list", f"show only these {articles}" if len(profile.articles) > 1
                      else "show only this article", value=0))  # fmt: skip
    lines.append(Line("named", f"{counted(profile.mentions, 'time')} in {articles}"))
    dated = [k for k in (profile.articles[0], profile.articles[-1]) if k in rows and rows[k].date]
    for left, key in zip(("first", "last"), dated, strict=False):
        lead(left, label(rows[key].date, weekday=True), Naming(key))
    if profile.days and profile.days[-1][0] > profile.days[0][0]:
        lines.append(Line("over time", _over_time(profile.days)))
    spelt = (f"{words} {count:,}" for words, count in profile.spellings[:12])
    lines.append(Line("spelt", " · ".join(spelt)))
    events = library.events(profile.events)
    shown = [event for event in profile.events if event in events]
    _heading(lines, "Events", len(shown))
    for event in shown:
        row = events[event]
        lead(_when(row.when), f"{MARKS[row.status]} {row.headline}", library.first_account(event))
    _heading(lines, "Named together with, in how many articles", len(profile.companions))
    for other in profile.companions[:_MOST]:
        lead(f"{other.articles:,}", f"{other.name}, {KINDS[other.kind]}", other.id)
    _heading(lines, "Articles", len(profile.articles))
    for key in profile.articles[-_MOST:]:
        row_of = rows.get(key)
        if row_of is not None:
            lead(short(row_of.date), row_of.title, Naming(key))
    lines.append(Line("", "Put right, here and in every article", heading=True))
    for fix, words in fixes(profile):
        lead(fix, words, Fixing(fix))
    return lines, targets


def _when(edtf: str | None) -> str:
    """As the timeline has it, where that fits into a column."""
    said = label(edtf)
    return said if len(said) <= _COLUMN else short(edtf)


def _over_time(days: Sequence[tuple[int, int]]) -> str:
    span = -(-(days[-1][0] - days[0][0] + 1) // _WIDTH)
    return f"{sparkline(days, _WIDTH)}  {counted(span, 'day')} a column"


def _heading(lines: list[Line], words: str, count: int) -> None:
    if count:
        which = "last" if words == "Articles" else "first"
        more = f"{count:,}" if count <= _MOST else f"the {which} {_MOST} of {count:,}"
        lines.append(Line("", f"{words}  {more}", heading=True))


def fixes(profile: EntityProfile, spelling: str = "") -> list[tuple[Fix, str]]:
    """What can be put right of an entity, each with its words; of one spelling if given."""
    several = len(profile.spellings) > 1
    found: list[tuple[Fix, str]] = [("merge", f"{profile.name} is the same as …")]
    if several and spelling != profile.name:
        which = f"“{spelling}”" if spelling else "one of the spellings"
        found.append(("split", f"{which} is somebody or something else"))
    found.append(("rename", "call it otherwise"))
    found.append(("kind", f"it is no {KINDS[profile.kind]}"))
    which = f"“{spelling}”" if spelling or not several else "one of the spellings"
    if not spelling and not several and profile.spellings:
        which = f"“{profile.spellings[0][0]}”"
    found.append(("no name", f"{which} is no name"))
    return found
