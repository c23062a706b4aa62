"""Bookmarked passages as values, after the W3C Web Annotation Data Model (2017)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from tui.ids import ArticleHash, RowId

# The length of the prefix and the suffix of a selector, in code points.
CONTEXT = 32


@dataclass(frozen=True, slots=True)
class Selector:
    """Where a passage is: a TextQuoteSelector and a TextPositionSelector.

    `prefix` and `suffix` are up to `CONTEXT` code points before and after the quote; `start` and
    `end` are code points of the article's text, from 0.
    """

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A passage that the reader bookmarked, with the quote itself and enough to find it again.

    `id` is an IRI (`urn:uuid:…`); `created` and `modified` are RFC 3339 in UTC with milliseconds,
    so that their order as text is their order in time; `article` is the hash of the article that
    the selector's offsets refer to ("" if unknown); `context` holds the sentences around the quote;
    `original` is the quote as first bookmarked, if it has been attached to other words since. A
    deleted bookmark is kept, so that merging notebooks does not bring it back.
    """

    id: str
    created: str
    modified: str
    selector: Selector
    article: ArticleHash = ""
    url: str = ""
    title: str = ""
    date: str | None = None
    source: str = ""
    context: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    deleted: bool = False
    original: str = ""

    @property
    def first_quote(self) -> str:
        """The words that were bookmarked first, whatever the bookmark was attached to since."""
        return self.original or self.selector.exact


AnchorState = Literal["exact", "near", "doubtful", "orphan", "absent"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a bookmark stands in an article as it is now.

    `exact`: its quote stands there. `near`: the quote or its context has changed, so the reader
    should check it. `doubtful`: two or more places fit about equally well, or the only one does not
    fit well enough. `orphan`: the article is there but the quote is not. `absent`: the article is
    not there. Only the first two are attached; otherwise `start` and `end` are -1.
    """

    state: AnchorState
    start: int = -1
    end: int = -1
    score: float = 0.0

    @property
    def attached(self) -> bool:
        """Whether the bookmark stands somewhere."""
        return self.state in ("exact", "near")


@dataclass(frozen=True, slots=True)
class Passage:
    """A bookmark and where it stands now; `article` is None if its article is not in the cache."""

    bookmark: Bookmark
    anchor: Anchor
    article: RowId | None = None


def tidy_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags without white space and punctuation around them, each once, in order."""
    found = ("-".join(tag.strip(" #,;").split()) for tag in tags)
    return tuple(dict.fromkeys(tag for tag in found if tag))
