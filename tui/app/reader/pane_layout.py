"""Which panes are shown at which width of the screen, and how wide list and timeline are."""

from __future__ import annotations

from dataclasses import dataclass

from tui.app.reader.state import PaneName

# Widths of the screen (columns) from which two panes are shown, three, and three with more room.
TWO_PANES, THREE_PANES, LARGE = 70, 110, 160
_LEAST_PANE, _LEAST_PAGE = 16, 24
_DEFAULT_COLUMNS = {"two": (28, 36), "three": (30, 38), "large": (42, 66)}


def width_class(width: int) -> str:
    """The class of a width of the screen, under which chosen column widths are stored."""
    return "two" if width < THREE_PANES else "large" if width >= LARGE else "three"


@dataclass(frozen=True, slots=True)
class PaneLayout:
    """The panes that are shown.

    Attributes:
        shown: whether each pane is shown.
        classes: the style classes of the screen.
        columns: the grid columns, None for those of the style sheet.
    """

    shown: dict[PaneName, bool]
    classes: dict[str, bool]
    columns: str | None


def arranged(
    width: int, zen: bool, pane: PaneName, chosen: dict[str, tuple[int, int]]
) -> PaneLayout:
    """The layout for a width of the screen, in which `pane` is always shown.

    `chosen` has the widths of list and timeline that the reader chose, by class of screen width.
    """
    one = width < TWO_PANES or zen
    two = not one and width < THREE_PANES
    shown: dict[PaneName, bool] = {
        "articles": pane == "articles" if one else pane != "timeline" or not two,
        "page": pane == "page" if one else True,
        "timeline": pane == "timeline" if one else pane == "timeline" or not two,
    }
    classes = {
        "-one": one,
        "-two": two,
        "-large": width >= LARGE and not one,
        "-late": two and pane == "timeline",
    }
    columns = None
    if not one and width_class(width) in chosen:
        first, last = chosen[width_class(width)]
        if not two:
            columns = f"{first} 1fr {last}"
        else:
            columns = f"1fr {last}" if pane == "timeline" else f"{first} 1fr"
    return PaneLayout(shown, classes, columns)


def resized(
    width: int, pane: PaneName, by: int, chosen: dict[str, tuple[int, int]]
) -> tuple[int, int]:
    """The widths of list and timeline after a pane was made wider by some steps of two columns.

    Making the page wider makes the list narrower.
    """
    name = width_class(width)
    first, last = chosen.get(name, _DEFAULT_COLUMNS[name])
    wider = 2 * by
    if pane == "timeline":
        last += wider
    else:
        first += wider if pane == "articles" else -wider
    room = width - _LEAST_PAGE
    two = name == "two"
    first = max(_LEAST_PANE, min(first, room - (0 if two else last)))
    last = max(_LEAST_PANE, min(last, room - (0 if two else first)))
    return first, last
