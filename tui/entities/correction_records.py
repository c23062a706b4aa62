"""Writes and reads corrections of entities as JSON Lines, which can be edited and merged."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any, get_args

from tui.entities.corrections import split_id
from tui.entities.model import Correction, CorrectionAction
from tui.nlp.document import ENTITY_KINDS
from tui.safe_text import safe_field
from tui.timestamps import EARLIEST, parse

# The field that an action requires.
_NEEDS = {"merge": "value", "split": "spelling", "rename": "value", "kind": "value"}


def lines(corrections: Iterable[Correction]) -> Iterator[str]:
    """One JSON object for each correction, without a line end.

    An object has the fields of `Correction` and `"type": "correction"`.
    """
    for correction in corrections:
        yield json.dumps({"type": "correction", **asdict(correction)}, ensure_ascii=False)


def read(data: dict[str, Any]) -> Correction:
    """The correction in a record; a `modified` that cannot be read becomes `moments.EARLIEST`.

    Raises:
        ValueError: if the record is not a valid correction; the message says why.
    """
    action, entity = safe_field(data, "action"), safe_field(data, "entity")
    actions: tuple[CorrectionAction, ...] = get_args(CorrectionAction)
    known = next((each for each in actions if each == action), None)
    if known is None or not entity:
        raise ValueError(f"no correction: its action is one of {', '.join(actions)}")
    needed = _NEEDS.get(action)
    if needed is not None and not safe_field(data, needed):
        raise ValueError(f"a correction of the action {action} needs a {needed}")
    value = safe_field(data, "value")
    if action == "kind" and value not in ENTITY_KINDS:
        raise ValueError(f"no kind {value!r}: {', '.join(ENTITY_KINDS)}")
    spelling = safe_field(data, "spelling")
    if action == "split" and not value:
        value = split_id(spelling)
    if action == "merge" and value == entity:
        raise ValueError("an entity is the same as itself anyway")
    return Correction(
        known,
        entity,
        spelling,
        value,
        parse(data.get("modified")) or EARLIEST,
        data.get("withdrawn") is True,
    )


def later(known: Iterable[Correction], incoming: Iterable[Correction]) -> list[Correction]:
    """The incoming corrections that replace a known one or have no known one with the same `about`.

    A correction replaces another one if it was modified later, or at the same time and is withdrawn
    or else has the greater `value`. Only the last replacement is returned for each `about`.
    """
    best = {correction.about: correction for correction in known}
    taken: dict[tuple[str, str, str], Correction] = {}
    for correction in incoming:
        before = best.get(correction.about)
        if before is None or _rank(correction) > _rank(before):
            best[correction.about] = taken[correction.about] = correction
    return list(taken.values())


def _rank(correction: Correction) -> tuple[str, bool, str]:
    return correction.modified, correction.withdrawn, correction.value
