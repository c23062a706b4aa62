"""Bookmarks from elsewhere into the notebook: by id, the later one of each wins.

Of two of the same moment the greater by its canonical record wins, so that merging the exports of
several people gives the same notebook in whatever order, and merging one twice changes nothing.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from tui.exchange import corrections, hypothesis, records, tables, web_annotation
from tui.model import Bookmark, Correction
from tui.notebook.store import Notebook
from tui.passages import after


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did: ids that are new, changed by it, or already as they are."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    same: tuple[str, ...]


def read(text: str) -> tuple[list[Bookmark], list[str]]:
    """The bookmarks of a file in any form that is read, and what is wrong with the rest.

    Raises:
        ValueError: if the file is in none of the forms.
    """
    found: list[Bookmark] = []
    faults: list[str] = []
    for place, fields in _records(text):
        try:
            if isinstance(fields, str):
                raise ValueError(fields)
            found.append(records.read(fields))
        except ValueError as error:
            faults.append(f"{place}: {error}")
    return found, faults


def corrections_of(text: str) -> tuple[list[Correction], list[str]]:
    """The corrections of entities among the lines of a file, and what is wrong with others."""
    found: list[Correction] = []
    faults: list[str] = []
    for number, line in enumerate(text.lstrip("\ufeff").split("\n"), 1):
        # Only these are looked at here: whatever else is wrong `read` has told.
        if '"correction"' not in line:
            continue
        try:
            value = json.loads(line)
            if isinstance(value, dict) and value.get("type") == "correction":
                found.append(corrections.read(value))
        except RecursionError:
            continue
        except ValueError as error:
            faults.append(f"line {number}: {error}")
    return found, faults


def _records(text: str) -> Iterator[tuple[str, dict[str, Any] | str]]:
    text = text.lstrip("\ufeff")
    if tables.is_readwise(text):
        try:
            for number, fields in enumerate(tables.read(text), 1):
                yield f"row {number}", fields
        except csv.Error as error:
            yield "row", str(error)
        return
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    if isinstance(data, list):
        data = {"items": data}
    if isinstance(data, dict) and data.get("type") not in ("bookmark", "correction"):
        if hypothesis.is_one(data):
            yield from _numbered(hypothesis.read(data))
        elif "items" in data or data.get("type") in ("Annotation", "AnnotationCollection"):
            yield from _numbered(web_annotation.read(data))
        else:
            raise ValueError(
                "no bookmarks as JSON-LD, JSON lines, Hypothes.is JSON or Readwise CSV"
            )
        return
    if not text.lstrip().startswith("{"):
        raise ValueError("no bookmarks as JSON-LD, JSON lines, Hypothes.is JSON or Readwise CSV")
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            yield f"line {number}", "not JSON"
            continue
        if not isinstance(value, dict):
            yield f"line {number}", "not an object"
        elif value.get("type", "bookmark") == "bookmark":
            yield f"line {number}", value


def _numbered(found: Iterable[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, fields in enumerate(found, 1):
        yield f"annotation {number}", fields


def merge(notebook: Notebook, incoming: Iterable[Bookmark], library: str) -> Merged:
    """Take bookmarks into a library's part of the notebook, all of them or none.

    Raises:
        sqlite3.Error: if the notebook cannot be written; then nothing was taken in.
    """
    given = list(incoming)
    added: dict[str, None] = {}
    changed: dict[str, None] = {}
    same: dict[str, None] = {}

    def decide(known: dict[str, Bookmark]) -> list[Bookmark]:
        whole = {_quote(b) for b in known.values() if not b.deleted and not _is_of_table(b)}
        rows = {_quote(b): b.id for b in known.values() if not b.deleted and _is_of_table(b)}
        for bookmark in given:
            before = known.get(bookmark.id)
            if before is None and _is_of_table(bookmark) and _quote(bookmark) in whole:
                same[bookmark.id] = None
                continue
            if before is not None and _rank(before) >= _rank(bookmark):
                same[bookmark.id] = None
                continue
            known[bookmark.id] = bookmark
            if not _is_of_table(bookmark) and not bookmark.deleted:
                whole.add(_quote(bookmark))
                row = rows.pop(_quote(bookmark), None)
                if row is not None:
                    # The same passage, with its selectors: it replaces what a table had of it.
                    old = known[row]
                    known[row] = replace(old, deleted=True, modified=after(old.modified))
                    changed[row] = None
            elif not bookmark.deleted:
                rows[_quote(bookmark)] = bookmark.id
            (added if before is None or bookmark.id in added else changed)[bookmark.id] = None
        return [known[ident] for ident in dict.fromkeys([*added, *changed])]

    notebook.merge(decide, library, [bookmark.id for bookmark in given])
    return Merged(tuple(added), tuple(changed), tuple(i for i in same if i not in added))


def _rank(bookmark: Bookmark) -> tuple[str, str]:
    return bookmark.modified, records.canonical(bookmark)


def _is_of_table(bookmark: Bookmark) -> bool:
    """Whether it came from a row of a table, which has no id and no selectors of its own."""
    return bookmark.id.startswith(tables.ID)


def _quote(bookmark: Bookmark) -> tuple[str, str, str, tuple[str, ...]]:
    return bookmark.selector.exact, bookmark.title, bookmark.note, bookmark.tags
