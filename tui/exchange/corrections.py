"""Corrections of entities as JSON lines, which can be read, edited and merged."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any, get_args

from tui.corrections import split_id
from tui.exchange.records import moment, text_of
from tui.model import Correction, CorrectionAction

_EARLIEST = "1970-01-01T00:00:00.000Z"
# Which fields an action cannot do without.
_NEEDS = {"merge": "value", "split": "spelling", "rename": "value", "kind": "value"}
_KINDS = ("PER", "ORG", "LOC", "NORP")


def lines(corrections: Iterable[Correction]) -> Iterator[str]:
    """One line for each: `{"type": "correction", "action": "merge", "entity": …, "value": …}`."""
    for correction in corrections:
        yield json.dumps({"type": "correction", **asdict(correction)}, ensure_ascii=False)


def read(data: dict[str, Any]) -> Correction:
    """The correction that a record tells.

    Raises:
        ValueError: if it tells none.
    """
    action, entity = text_of(data, "action"), text_of(data, "entity")
    actions: tuple[CorrectionAction, ...] = get_args(CorrectionAction)
    known = next((each for each in actions if each == action), None)
    if known is None or not entity:
        raise ValueError(f"no correction: its action is one of {', '.join(actions)}")
    needed = _NEEDS.get(action)
    if needed is not None and not text_of(data, needed):
        raise ValueError(f"a correction of the action {action} needs a {needed}")
    value = text_of(data, "value")
    if action == "kind" and value not in _KINDS:
        raise ValueError(f"no kind {value!r}: {', '.join(_KINDS)}")
    spelling = text_of(data, "spelling")
    if action == "split" and not value:
        value = split_id(spelling)
    if action == "merge" and value == entity:
        raise ValueError("an entity is the same as itself anyway")
    return Correction(
        known,
        entity,
        spelling,
        value,
        moment(data.get("modified")) or _EARLIEST,
        data.get("withdrawn") is True,
    )


def newer(known: Iterable[Correction], incoming: Iterable[Correction]) -> list[Correction]:
    """Those of the incoming ones that are later than what is known of the same thing."""
    best = {correction.about: correction for correction in known}
    taken: dict[tuple[str, str, str], Correction] = {}
    for correction in incoming:
        before = best.get(correction.about)
        if before is None or _rank(correction) > _rank(before):
            best[correction.about] = taken[correction.about] = correction
    return list(taken.values())


def _rank(correction: Correction) -> tuple[str, bool, str]:
    return correction.modified, correction.withdrawn, correction.value
