"""The keys of actions: the defaults, overridden by a preset and then by the reader's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

from tui.keys import notation
from tui.keys.actions import ACTIONS, BY_ID, RENAMED, TITLES, Action, Context
from tui.keys.notation import LETTER, Keys

_COUNTS = frozenset("0123456789")
_FOLDER = Path(__file__).with_name("presets")


class Binding(NamedTuple):
    """All keys of an action, as set by the reader or a preset; no keys unbind it.

    `line` is its line in the configuration file (from 1), 0 if it is unknown.
    """

    action: str
    keys: tuple[str, ...]
    line: int = 0


class Fault(NamedTuple):
    """An error in a line (from 1) of the configuration file; 0 if the line is unknown."""

    line: int
    what: str


class Keymap:
    """The keys of each context, in which a sequence has one action and begins no other sequence.

    Args:
        keys: the sequences of each action, by its id.
    """

    def __init__(self, keys: Mapping[str, Sequence[Keys]]) -> None:
        self.keys: dict[str, tuple[Keys, ...]] = {a.id: tuple(keys.get(a.id, ())) for a in ACTIONS}
        self._by_context: dict[Context, dict[Keys, Action]] = {}
        self._begun: dict[Context, set[Keys]] = {}
        for action in ACTIONS:
            bound = self._by_context.setdefault(action.context, {})
            begun = self._begun.setdefault(action.context, set())
            for sequence in self.keys[action.id]:
                bound.setdefault(sequence, action)
                begun.update(sequence[:length] for length in range(1, len(sequence)))

    def find(self, contexts: Sequence[Context], pressed: Keys) -> Action | bool:
        """The action of a sequence, True if it only begins other sequences, else False.

        The contexts are searched in their order, the innermost first. A context in which the keys
        have an action or begin a sequence hides the contexts after it.
        """
        for context in contexts:
            known = self._by_context.get(context, {})
            action = known.get(pressed)
            if action is None and len(pressed[-1]) == 1 and pressed[-1].isalpha():
                action = known.get((*pressed[:-1], LETTER))
            if action is not None:
                return action
            if pressed in self._begun.get(context, ()):
                return True
        return False

    def following(self, contexts: Sequence[Context], pressed: Keys) -> list[tuple[str, Action]]:
        """The continuations of an unfinished sequence: the keys still to press, and the action."""
        for context in contexts:
            if pressed in self._begun.get(context, ()):
                return [
                    (notation.shown(sequence[len(pressed) :]), action)
                    for sequence, action in self._by_context[context].items()
                    if sequence[: len(pressed)] == pressed and len(sequence) > len(pressed)
                ]
        return []

    def shown(self, action: Action) -> list[str]:
        """The keys of an action, as they are shown on the screen."""
        return [notation.shown(sequence) for sequence in self.keys[action.id]]


def preset_names() -> list[str]:
    """The names of all presets, the default first."""
    return ["dateline", *sorted(path.stem for path in _FOLDER.glob("*.toml"))]


def build(preset: str, bindings: Iterable[Binding]) -> tuple[Keymap, list[Fault]]:
    """The keymap of a preset, overridden by the reader's bindings, and the errors in the latter.

    Invalid keys and bindings are skipped, and the others apply.
    """
    keys = {action.id: notation.parse_all(action.keys) for action in ACTIONS}
    given = {action.id: 0 for action in ACTIONS}
    faults: list[Fault] = []
    layers: list[tuple[bool, Iterable[Binding]]] = []
    if preset in preset_names():
        layers.append((False, _preset(preset)))
    layers.append((True, [_renamed(binding) for binding in bindings]))
    own: list[Binding] = []
    for is_own, layer in layers:
        own = list(layer)
        _apply_layer(own, is_own, keys, given, faults)
    faults += _shadows(own, keys)
    return Keymap(keys), sorted(faults, key=lambda fault: fault.line)


def _renamed(binding: Binding) -> Binding:
    return binding._replace(action=RENAMED.get(binding.action, binding.action))


# Contexts whose keys apply at the same time, the innermost first.
_TOGETHER: tuple[tuple[Context, ...], ...] = (
    ("list", "rows", "anywhere"),
    ("page", "rows", "anywhere"),
    ("timeline", "rows", "anywhere"),
    ("notebook", "rows"),
    ("dialog", "rows"),
)


def _shadows(own: list[Binding], keys: Mapping[str, Sequence[Keys]]) -> list[Fault]:
    """A fault for each of the reader's keys that hides a key of another context, or is hidden."""
    found: list[Fault] = []
    for binding in own:
        action = BY_ID.get(binding.action)
        if action is None:
            continue
        for other in ACTIONS:
            chain = next((c for c in _TOGETHER if action.context in c and other.context in c), None)
            if chain is None or other.context == action.context:
                continue
            for mine, theirs in product(keys[action.id], keys[other.id]):
                length = min(len(mine), len(theirs))
                if mine[:length] != theirs[:length]:
                    continue
                first = min(action, other, key=lambda a: chain.index(a.context))
                found.append(Fault(
                    binding.line,
                    f"{action.id}: {notation.shown(mine)} is {other.id} too"
                    f" ({TITLES[other.context].lower()}); {first.id} has it",
                ))  # fmt: skip
    return found


def _apply_layer(
    layer: list[Binding],
    own: bool,
    keys: dict[str, list[Keys]],
    given: dict[str, int],
    faults: list[Fault],
) -> None:
    """Apply a layer of bindings to `keys`; in a conflict, the layer gets the key."""
    taken: dict[tuple[Context, Keys], Binding] = {}
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
            except notation.InvalidKey as error:
                faults.append(Fault(binding.line, f"{action.id}: {error}"))
                continue
            if _is_count(sequence, action.context):
                what = f"{action.id}: {notation.shown(sequence)} begins a count"
                faults.append(Fault(binding.line, what))
                continue
            rival = _conflict(taken, action.context, sequence)
            if rival is not None:
                other, theirs = rival
                faults.append(Fault(
                    binding.line,
                    f"{action.id}: {_clash(sequence, theirs)} {other.action} (line {other.line})",
                ))  # fmt: skip
                continue
            taken[action.context, sequence] = binding
            found.append(sequence)
        if found or not binding.keys:
            keys[action.id] = found
            given[action.id] = binding.line
            named.add(action.id)
    for action in ACTIONS:
        if action.id in named:
            continue
        for sequence in list(keys[action.id]):
            rival = _conflict(taken, action.context, sequence)
            if rival is None:
                continue
            keys[action.id].remove(sequence)
            if own and not keys[action.id]:
                other = rival[0]
                faults.append(Fault(
                    other.line, f"{other.action} takes the only key of {action.id}:"
                    f" {notation.shown(sequence)}",
                ))  # fmt: skip


def _is_count(sequence: Keys, context: Context) -> bool:
    """Whether the first key of a sequence would be read as a count."""
    digit = sequence[0] in _COUNTS and sequence != ("0",)
    return digit and context not in ("typing", "writing")


def _conflict(
    taken: Mapping[tuple[Context, Keys], Binding], context: Context, sequence: Keys
) -> tuple[Binding, Keys] | None:
    """A binding whose sequence equals, begins or continues a sequence, with its sequence.

    None if there is none.
    """
    for (other, theirs), binding in taken.items():
        length = min(len(theirs), len(sequence))
        if other == context and theirs[:length] == sequence[:length]:
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
