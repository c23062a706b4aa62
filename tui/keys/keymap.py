"""Which keys do what: the table's own, a preset's, and the reader's, laid over each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

from tui.keys import notation
from tui.keys.actions import ACTIONS, BY_ID, TITLES, Action, Where
from tui.keys.notation import LETTER, Keys

_COUNTS = frozenset("0123456789")
_FOLDER = Path(__file__).with_name("presets")


class Binding(NamedTuple):
    """A line that gives an action its keys, all of them; none to unbind it. `line` counts from 1,
    0 where no file has it."""

    action: str
    keys: tuple[str, ...]
    line: int = 0


class Fault(NamedTuple):
    """What is wrong with a line."""

    line: int
    what: str


class Keymap:
    """The keys of each place; in each a sequence does one thing and begins no other.

    Args:
        keys: the sequences of each action, by its id.
    """

    def __init__(self, keys: Mapping[str, Sequence[Keys]]) -> None:
        self.keys: dict[str, tuple[Keys, ...]] = {a.id: tuple(keys.get(a.id, ())) for a in ACTIONS}
        self._places: dict[Where, dict[Keys, Action]] = {}
        self._begun: dict[Where, set[Keys]] = {}
        for action in ACTIONS:
            place = self._places.setdefault(action.where, {})
            begun = self._begun.setdefault(action.where, set())
            for sequence in self.keys[action.id]:
                place.setdefault(sequence, action)
                begun.update(sequence[:length] for length in range(1, len(sequence)))

    def find(self, places: Sequence[Where], pressed: Keys) -> Action | bool:
        """What some keys do in places, the nearest first; True if they begin something, else False.

        What a nearer place has wins, also if it is only begun there.
        """
        for place in places:
            known = self._places.get(place, {})
            action = known.get(pressed)
            if action is None and len(pressed[-1]) == 1 and pressed[-1].isalpha():
                action = known.get((*pressed[:-1], LETTER))
            if action is not None:
                return action
            if pressed in self._begun.get(place, ()):
                return True
        return False

    def following(self, places: Sequence[Where], pressed: Keys) -> list[tuple[str, Action]]:
        """How keys that begin something go on: what is still to be pressed, and what it does."""
        for place in places:
            if pressed in self._begun.get(place, ()):
                return [
                    (notation.shown(sequence[len(pressed) :]), action)
                    for sequence, action in self._places[place].items()
                    if sequence[: len(pressed)] == pressed and len(sequence) > len(pressed)
                ]
        return []

    def shown(self, action: Action) -> list[str]:
        """The keys of an action as a reader knows them."""
        return [notation.shown(sequence) for sequence in self.keys[action.id]]


def preset_names() -> list[str]:
    """The presets that there are."""
    return ["dateline", *sorted(path.stem for path in _FOLDER.glob("*.toml"))]


def build(preset: str, bindings: Iterable[Binding]) -> tuple[Keymap, list[Fault]]:
    """The keys of a preset with those of the reader over them, and what is wrong with the latter.

    Whatever is wrong with a line, the rest of them holds.
    """
    keys = {action.id: notation.parse_all(action.keys) for action in ACTIONS}
    given = {action.id: 0 for action in ACTIONS}
    faults: list[Fault] = []
    layers: list[tuple[bool, Iterable[Binding]]] = []
    if preset in preset_names():
        layers.append((False, _preset(preset)))
    layers.append((True, bindings))
    own: list[Binding] = []
    for is_own, layer in layers:
        own = list(layer)
        _lay(own, is_own, keys, given, faults)
    faults += _shadows(own, keys)
    return Keymap(keys), sorted(faults, key=lambda fault: fault.line)


# Places whose keys hold at the same time, the nearest first.
_TOGETHER: tuple[tuple[Where, ...], ...] = (
    ("list", "rows", "anywhere"),
    ("page", "rows", "anywhere"),
    ("timeline", "rows", "anywhere"),
    ("notebook", "rows"),
    ("dialog", "rows"),
)


def _shadows(own: list[Binding], keys: Mapping[str, Sequence[Keys]]) -> list[Fault]:
    """The reader's keys that hide those of another place, or are hidden by them."""
    found: list[Fault] = []
    for binding in own:
        action = BY_ID.get(binding.action)
        if action is None:
            continue
        for other in ACTIONS:
            chain = next((c for c in _TOGETHER if action.where in c and other.where in c), None)
            if chain is None or other.where == action.where:
                continue
            for mine, theirs in product(keys[action.id], keys[other.id]):
                length = min(len(mine), len(theirs))
                if mine[:length] != theirs[:length]:
                    continue
                first = min(action, other, key=lambda a: chain.index(a.where))
                found.append(Fault(
                    binding.line,
                    f"{action.id}: {notation.shown(mine)} is {other.id} too"
                    f" ({TITLES[other.where].lower()}); {first.id} has it",
                ))  # fmt: skip
    return found


def _lay(
    layer: list[Binding],
    own: bool,
    keys: dict[str, list[Keys]],
    given: dict[str, int],
    faults: list[Fault],
) -> None:
    """Put a layer over what is there: where both want a key, the layer gets it."""
    taken: dict[tuple[Where, Keys], Binding] = {}
    named: set[str] = set()
    for binding in layer:
        action = BY_ID.get(binding.action)
        if action is None:
            faults.append(
                Fault(binding.line, f"no action {binding.action!r}{_near(binding.action)}")
            )
            continue
        found: list[Keys] = []
        for written in binding.keys:
            try:
                sequence = notation.parse(written)
            except notation.NoKey as error:
                faults.append(Fault(binding.line, f"{action.id}: {error}"))
                continue
            if _is_count(sequence, action.where):
                what = f"{action.id}: {notation.shown(sequence)} begins a count"
                faults.append(Fault(binding.line, what))
                continue
            rival = _rival(taken, action.where, sequence)
            if rival is not None:
                other, theirs = rival
                faults.append(Fault(
                    binding.line,
                    f"{action.id}: {_clash(sequence, theirs)} {other.action} (line {other.line})",
                ))  # fmt: skip
                continue
            taken[action.where, sequence] = binding
            found.append(sequence)
        if found or not binding.keys:
            keys[action.id] = found
            given[action.id] = binding.line
            named.add(action.id)
    for action in ACTIONS:
        if action.id in named:
            continue
        for sequence in list(keys[action.id]):
            rival = _rival(taken, action.where, sequence)
            if rival is None:
                continue
            keys[action.id].remove(sequence)
            if own and not keys[action.id]:
                other = rival[0]
                faults.append(Fault(
                    other.line, f"{other.action} takes the only key of {action.id}:"
                    f" {notation.shown(sequence)}",
                ))  # fmt: skip


def _is_count(sequence: Keys, where: Where) -> bool:
    """Whether a sequence would be taken as a count before it could be as anything else."""
    digit = sequence[0] in _COUNTS and sequence != ("0",)
    return digit and where not in ("typing", "writing")


def _rival(
    taken: Mapping[tuple[Where, Keys], Binding], where: Where, sequence: Keys
) -> tuple[Binding, Keys] | None:
    """What has a sequence already, or one that it begins or that begins it."""
    for (place, theirs), binding in taken.items():
        length = min(len(theirs), len(sequence))
        if place == where and theirs[:length] == sequence[:length]:
            return binding, theirs
    return None


def _clash(mine: Keys, theirs: Keys) -> str:
    if mine == theirs:
        return f"{notation.shown(mine)} is taken by"
    if len(mine) > len(theirs):
        return f"{notation.shown(mine)} cannot be typed, {notation.shown(theirs)} is taken by"
    return f"{notation.shown(mine)} begins {notation.shown(theirs)}, the key of"


def _near(name: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, BY_ID, 1, 0.5)
    return f": {close[0]}?" if close else " (dateline keys lists them)"


@lru_cache(maxsize=8)
def _preset(name: str) -> tuple[Binding, ...]:
    if name == "dateline":
        return ()
    from tui.toml import tomllib

    data = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return tuple(Binding(action, tuple(keys)) for action, keys in data.items())
