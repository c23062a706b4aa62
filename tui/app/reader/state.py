"""The state of the reader screen, which its controllers share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from tui.app.reader.position_history import History
from tui.ids import ArticleHash, RowId
from tui.search.filters import Filter, Sort

PaneName = Literal["articles", "page", "timeline"]
PANES: tuple[PaneName, ...] = get_args(PaneName)


@dataclass(slots=True)
class ReaderState:
    """What the screen shows and where the reader is.

    Attributes:
        article: the article on the page, None if there is none.
        pane: the pane that has the focus, or had it before a dialog took it.
        zen: whether the page alone is shown.
        columns: the widths of list and timeline that the reader chose, by class of screen width.
        filter: what the list shows.
        filter_order: the parts of the filter in the order in which they were set.
        sort: the order of the list.
        zoom: how many steps the timeline shows more than what tells the story, or less if negative.
        history: the positions gone to.
        previewing: whether the page follows the cursor of another pane.
        unsaved_positions: the positions in articles that are not in the notebook yet.
        indexing: whether the index process is at work.
        indexed: whether it has been through the library at least once.
    """

    article: RowId | None = None
    pane: PaneName = "articles"
    zen: bool = False
    columns: dict[str, tuple[int, int]] = field(default_factory=dict)
    filter: Filter = field(default_factory=Filter)
    filter_order: tuple[str, ...] = ()
    sort: Sort = "newest"
    zoom: int = 0
    history: History = field(default_factory=History)
    previewing: bool = False
    unsaved_positions: dict[ArticleHash, tuple[int, int]] = field(default_factory=dict)
    indexing: bool = False
    indexed: bool = False
