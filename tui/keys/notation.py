"""The notation of keys in the table of actions, in the configuration, and on the screen.

A key is a single character, such as `j`, `G` or `]`, or a name, such as `enter`, `ctrl+d`,
`shift+tab` or `f5`. A sequence is written as one key after the other: `gg`, `]e`, `ctrl+w >`.
`<letter>` at its end stands for any letter. In the program, a sequence is a tuple of keys.
"""

from __future__ import annotations

Keys = tuple[str, ...]

LETTER = "<letter>"
_NAMED = (
    "enter", "escape", "space", "tab", "backspace", "delete", "insert", "home", "end", "pageup",
    "pagedown", "up", "down", "left", "right", "comma", *(f"f{number}" for number in range(1, 25)),
)  # fmt: skip
_MODIFIERS = ("ctrl", "alt", "shift", "super")
_MOST = 4
_SHOWN = {
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "escape": "Esc",
    "shift+tab": "S-Tab",
    ",": "comma",
}
_ALIASES = {"comma": ",", "esc": "escape", "return": "enter", "pgdn": "pagedown", "pgup": "pageup"}


class InvalidKey(ValueError):  # noqa: N818 - it names what was written
    """A text is not a valid sequence of keys."""


def parse(written: str) -> Keys:
    """The sequence of keys that a text denotes.

    Raises:
        InvalidKey: if it denotes no key, or more than four; the message may suggest a similar one.
    """
    keys: list[str] = []
    rest = written.strip()
    ends = rest.endswith(LETTER)
    for token in (rest.removesuffix(LETTER)).split():
        keys.extend(_token(token))
    if ends:
        keys.append(LETTER)
    if not keys or len(keys) > _MOST:
        raise InvalidKey(
            f"{written!r} is no key" if not keys else f"{written!r} is too long: {_MOST}"
        )
    return tuple(keys)


def _token(token: str) -> list[str]:
    low = token.lower()
    if len(token) == 1:
        return [token]
    if low in _ALIASES:
        return [_ALIASES[low]]
    if low in _NAMED:
        return [low]
    if "+" in token[1:-1]:
        return [_modified(token)]
    if len(token) <= 3 and token.isprintable():
        return list(token)
    from difflib import get_close_matches

    close = get_close_matches(low, _NAMED, 1)
    hint = f": {close[0]}?" if close else " (enter, space, ctrl+d, f5, ]e are)"
    raise InvalidKey(f"{token!r} is no key{hint}")


def _modified(token: str) -> str:
    *modifiers, key = token.split("+")
    low = [modifier.lower() for modifier in modifiers]
    for modifier in low:
        if modifier not in _MODIFIERS:
            from difflib import get_close_matches

            close = get_close_matches(modifier, _MODIFIERS, 1)
            raise InvalidKey(
                f"{token!r} is no key: {close[0]}?"
                if close
                else f"{token!r} is no key: {', '.join(_MODIFIERS)} go before a +"
            )
    key = key.lower() if len(key) > 1 or "ctrl" in low else key
    key = _ALIASES.get(key, key)
    if len(key) > 1 and key not in _NAMED:
        from difflib import get_close_matches

        close = get_close_matches(key, _NAMED, 1)
        raise InvalidKey(f"{token!r} is no key" + (f": {close[0]}?" if close else ""))
    if low == ["shift"] and len(key) == 1:
        return key.upper()
    return "+".join([*sorted(set(low), key=_MODIFIERS.index), key])


def parse_all(written: str) -> list[Keys]:
    """The sequences that a text denotes, separated by a comma and a space.

    Raises:
        InvalidKey: if one of them is invalid.
    """
    return [parse(part) for part in written.split(", ") if part.strip()]


def written(keys: Keys) -> str:
    """A sequence in the notation of the configuration."""
    names = ["comma" if key == "," else key for key in keys]
    joined = "".join(names)
    try:
        # Single characters cannot be joined if they form the name of a key, such as `up`.
        short = parse(joined) == keys
    except InvalidKey:
        short = False
    return joined if short else " ".join(names)


def shown(keys: Keys) -> str:
    """A sequence in the notation of the screen: `Ctrl-d`, `PgDn`, `gg`."""
    return ("" if all(len(key) == 1 or key == LETTER for key in keys) else " ").join(
        _shown(key) for key in keys
    )


def _shown(key: str) -> str:
    if key == LETTER:
        return "a–z"
    if key in _SHOWN:
        return _SHOWN[key]
    if "+" in key[:-1]:
        *modifiers, last = key.split("+")
        return "-".join([*(modifier.capitalize() for modifier in modifiers), _shown(last)])
    return key.capitalize() if len(key) > 1 else key
