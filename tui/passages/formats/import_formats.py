"""Recognises the format of a file of bookmarks, and reads its bookmarks and corrections."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from tui.articles import date_corrections
from tui.articles.date_corrections import DateCorrection
from tui.entities import correction_records
from tui.entities.model import Correction
from tui.events import event_corrections
from tui.events.event_corrections import EventCorrection
from tui.passages.formats import bookmark_records, hypothesis, readwise, web_annotation
from tui.passages.model import Bookmark

Found = TypeVar("Found")

# What a line of JSON lines can be.
_TYPES = ("bookmark", "correction", "date", "event")


def read(text: str) -> tuple[list[Bookmark], list[str]]:
    """The bookmarks of a file in any import format, and a message for each record with an error.

    Raises:
        ValueError: if the file is in none of the formats.
    """
    found: list[Bookmark] = []
    faults: list[str] = []
    for place, fields in _records(text):
        try:
            if isinstance(fields, str):
                raise ValueError(fields)
            found.append(bookmark_records.read(fields))
        except ValueError as error:
            faults.append(f"{place}: {error}")
    return found, faults


def corrections_of(text: str) -> tuple[list[Correction], list[str]]:
    """The corrections of entities in a file of JSON lines, and a message for each with an error."""
    return _of_type(text, "correction", correction_records.read)


def date_corrections_of(text: str) -> tuple[list[DateCorrection], list[str]]:
    """The corrections of dates in a file of JSON lines, and a message for each with an error."""
    return _of_type(text, "date", date_corrections.read)


def event_corrections_of(text: str) -> tuple[list[EventCorrection], list[str]]:
    """The corrections of events in a file of JSON lines, and a message for each with an error."""
    return _of_type(text, "event", event_corrections.read)


def _of_type(
    text: str, kind: str, reader: Callable[[dict[str, Any]], Found]
) -> tuple[list[Found], list[str]]:
    found: list[Found] = []
    faults: list[str] = []
    marked = re.compile(rf'"type"\s*:\s*"{kind}"')
    for number, line in enumerate(text.lstrip("\ufeff").split("\n"), 1):
        # `read` reports the errors in all other lines.
        if not marked.search(line):
            continue
        try:
            value = json.loads(line)
            if isinstance(value, dict) and value.get("type") == kind:
                found.append(reader(value))
        except RecursionError:
            continue
        except ValueError as error:
            faults.append(f"line {number}: {error}")
    return found, faults


def _records(text: str) -> Iterator[tuple[str, dict[str, Any] | str]]:
    text = text.lstrip("\ufeff")
    if readwise.is_readwise(text):
        try:
            for number, fields in enumerate(readwise.read(text), 1):
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
    if isinstance(data, dict) and data.get("type") not in _TYPES:
        if hypothesis.is_hypothesis(data):
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
