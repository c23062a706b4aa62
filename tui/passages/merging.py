"""Merges imported bookmarks into the notebook: for each id, the later version wins.

If two versions have the same time of modification, the version with the greater canonical record
wins. Merging the exports of several people therefore gives the same notebook in any order, and
merging an export twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tui.passages.formats import bookmark_records, readwise
from tui.passages.model import Bookmark
from tui.passages.passages import Passages
from tui.timestamps import after


@dataclass(frozen=True, slots=True)
class Merged:
    """The ids of bookmarks that a merge added, that it changed, and that it left as they were."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]


def merge(passages: Passages, incoming: Iterable[Bookmark]) -> Merged:
    """Merge bookmarks into those of a library, all of them or none; returns their ids by outcome.

    Raises:
        NotWritten: if the notebook cannot be written.
    """
    given = list(incoming)
    added: dict[str, None] = {}
    changed: dict[str, None] = {}
    unchanged: dict[str, None] = {}

    def decide(known: dict[str, Bookmark]) -> list[Bookmark]:
        whole = {_quote(b) for b in known.values() if not b.deleted and not _is_from_table(b)}
        rows = {_quote(b): b.id for b in known.values() if not b.deleted and _is_from_table(b)}
        for bookmark in given:
            before = known.get(bookmark.id)
            if before is None and _is_from_table(bookmark) and _quote(bookmark) in whole:
                unchanged[bookmark.id] = None
                continue
            if before is not None and _rank(before) >= _rank(bookmark):
                unchanged[bookmark.id] = None
                continue
            known[bookmark.id] = bookmark
            if not _is_from_table(bookmark) and not bookmark.deleted:
                whole.add(_quote(bookmark))
                row = rows.pop(_quote(bookmark), None)
                if row is not None:
                    # A bookmark with selectors replaces that of the same passage from a table.
                    old = known[row]
                    known[row] = replace(old, deleted=True, modified=after(old.modified))
                    changed[row] = None
            elif not bookmark.deleted:
                rows[_quote(bookmark)] = bookmark.id
            (added if before is None or bookmark.id in added else changed)[bookmark.id] = None
        return [known[bookmark_id] for bookmark_id in dict.fromkeys([*added, *changed])]

    passages.merge(decide, [bookmark.id for bookmark in given])
    return Merged(tuple(added), tuple(changed), tuple(i for i in unchanged if i not in added))


def _rank(bookmark: Bookmark) -> tuple[str, str]:
    return bookmark.modified, bookmark_records.canonical(bookmark)


def _is_from_table(bookmark: Bookmark) -> bool:
    """Whether a bookmark came from a row of a table, which has no id and no selectors."""
    return bookmark.id.startswith(readwise.ID_PREFIX)


def _quote(bookmark: Bookmark) -> tuple[str, str, str, tuple[str, ...]]:
    return bookmark.selector.exact, bookmark.title, bookmark.note, bookmark.tags
