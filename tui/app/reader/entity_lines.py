"""The lines of the page of an entity, and the target of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tui.app.dialogs.choice import Line
from tui.app.widgets.text_fit import counted
from tui.app.widgets.timeline_pane import MARKS
from tui.articles.model import Position
from tui.entities.model import KIND_NAMES, CorrectionAction, EntityProfile
from tui.ids import EntityId, RowId
from tui.library import Library
from tui.sparkline import sparkline
from tui.times.date_labels import label, short

_WIDTH = 40
_LIMIT = 100
_COLUMN = 14


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """The target of a line that corrects something about the entity."""

    action: CorrectionAction


@dataclass(frozen=True, slots=True)
class FirstMention:
    """The target of a line that leads to the first mention of the entity in an article."""

    article: RowId


# The target of a line: a position, the first mention in an article, another entity (by id), a
# correction, or None for the list of the articles that name the entity.
Target = Position | FirstMention | EntityId | CorrectionLine | None


def entity_lines(library: Library, profile: EntityProfile) -> tuple[list[Line], list[Target]]:
    """The lines of the page of an entity, and the targets that the values of the lines index."""
    targets: list[Target] = [None]
    lines: list[Line] = []

    def lead(left: str, words: str, target: Target) -> None:
        lines.append(Line(left, words, value=len(targets)))
        targets.append(target)

    rows = library.articles.rows([*profile.articles[:1], *profile.articles[-_LIMIT:]])
    lines.append(Line("", KIND_NAMES[profile.kind].capitalize(), heading=True))
    articles = counted(len(profile.articles), "article")
    lines.append(Line("list", f"show only these {articles}" if len(profile.articles) > 1
                      else "show only this article", value=0))  # fmt: skip
    lines.append(Line("named", f"{counted(profile.mentions, 'time')} in {articles}"))
    ends = (profile.articles[0], profile.articles[-1])
    dated = [row_id for row_id in ends if row_id in rows and rows[row_id].date]
    for left, row_id in zip(("first", "last"), dated, strict=False):
        lead(left, label(rows[row_id].date, weekday=True), FirstMention(row_id))
    if profile.days and profile.days[-1][0] > profile.days[0][0]:
        lines.append(Line("over time", _over_time(profile.days)))
    spelt = (f"{words} {count:,}" for words, count in profile.spellings[:12])
    lines.append(Line("spelt", " · ".join(spelt)))
    events = library.timeline.rows(profile.events)
    shown = [event for event in profile.events if event in events]
    _heading(lines, "Events", len(shown))
    for event in shown:
        row = events[event]
        lead(
            _when(row.when),
            f"{MARKS[row.status]} {row.headline}",
            library.timeline.first_account(event),
        )
    _heading(lines, "Named together with, in how many articles", len(profile.companions))
    for other in profile.companions[:_LIMIT]:
        lead(f"{other.articles:,}", f"{other.name}, {KIND_NAMES[other.kind]}", other.id)
    _heading(lines, "Articles", len(profile.articles))
    for row_id in profile.articles[-_LIMIT:]:
        listed = rows.get(row_id)
        if listed is not None:
            lead(short(listed.date), listed.title, FirstMention(row_id))
    lines.append(Line("", "Correct here and in every article", heading=True))
    for action, words in corrections_of(profile):
        lead(action, words, CorrectionLine(action))
    return lines, targets


def _when(edtf: str | None) -> str:
    """The label of a date, shortened if it does not fit into the column."""
    said = label(edtf)
    return said if len(said) <= _COLUMN else short(edtf)


def _over_time(days: Sequence[tuple[int, int]]) -> str:
    span = -(-(days[-1][0] - days[0][0] + 1) // _WIDTH)
    return f"{sparkline(days, _WIDTH)}  {counted(span, 'day')} a column"


def _heading(lines: list[Line], words: str, count: int) -> None:
    if count:
        which = "last" if words == "Articles" else "first"
        more = f"{count:,}" if count <= _LIMIT else f"the {which} {_LIMIT} of {count:,}"
        lines.append(Line("", f"{words}  {more}", heading=True))


def corrections_of(
    profile: EntityProfile, spelling: str = ""
) -> list[tuple[CorrectionAction, str]]:
    """The corrections that an entity allows, each with its description.

    With a spelling, they are described for the mentions with this spelling.
    """
    several = len(profile.spellings) > 1
    found: list[tuple[CorrectionAction, str]] = [("merge", f"{profile.name} is the same as …")]
    if several and spelling != profile.name:
        which = f"“{spelling}”" if spelling else "one of the spellings"
        found.append(("split", f"{which} is somebody or something else"))
    found.append(("rename", "call it otherwise"))
    found.append(("kind", f"it is no {KIND_NAMES[profile.kind]}"))
    which = f"“{spelling}”" if spelling or not several else "one of the spellings"
    if not spelling and not several and profile.spellings:
        which = f"“{profile.spellings[0][0]}”"
    found.append(("no name", f"{which} is no name"))
    return found
