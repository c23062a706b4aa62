"""Themes: TOML files to Textual themes, the bundled ones and the reader's own by one loader.

A file is checked whole before it is used, as a bad colour would end the running app; a bad one is
reported and left out.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from textual.color import Color, ColorParseError
from textual.theme import BUILTIN_THEMES, Theme

from tui import locations
from tui.toml import tomllib

DEFAULT = "dateline-dark"
COLOURLESS = "dateline-mono"

# What our own style sheets use beyond Textual's colours, with the theme's colour to fall back on.
COLOURS = {
    "muted": "secondary",
    "rule": "panel",
    "cursor": "panel",
    "cursor-blurred": "surface",
    "clause": "surface",
    "person": "accent",
    "organisation": "primary",
    "place": "success",
    "group": "secondary",
    "time": "warning",
    "kept": "surface",
    "kept-bar": "accent",
    "selected": "panel",
    "selected-text": "foreground",
    "match": "panel",
    "match-text": "foreground",
    "match-here": "accent",
    "match-here-text": "background",
}
# How each is set, so that nothing is told by colour alone.
STYLES = {
    "person-style": "none",
    "organisation-style": "none",
    "place-style": "none",
    "group-style": "none",
    "time-style": "italic",
    "event-style": "underline",
    "selected-style": "none",
    "match-style": "underline",
    "match-here-style": "bold",
    "cursor-style": "none",
    "cursor-blurred-style": "none",
    "kept-style": "none",
}
_WORDS = ("none", "bold", "dim", "italic", "underline", "reverse")
_FIELDS = {field.name for field in fields(Theme)}
_FLAGS = ("dark", "ansi")
_NUMBERS = ("luminosity_spread", "text_alpha")


@dataclass(frozen=True, slots=True)
class Loaded:
    """The themes of a folder, and what is wrong with the files that hold none."""

    themes: tuple[Theme, ...]
    failed: tuple[str, ...]


def load(folder: Path) -> Loaded:
    """Every theme of a folder."""
    themes: list[Theme] = []
    failed: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        found = load_file(path)
        if isinstance(found, Theme):
            themes.append(found)
        else:
            failed.append(found)
    return Loaded(tuple(themes), tuple(failed))


def load_file(path: Path) -> Theme | str:
    """The theme of a file, or what is wrong with it."""
    try:
        return _theme(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, ValueError, RecursionError) as error:
        return f"{path.name}: {error}"


def available() -> Loaded:
    """The bundled themes, and the reader's own, which win where they share a name."""
    bundled = load(locations.bundled("themes"))
    own = load(locations.config_folder() / "themes")
    return Loaded((*bundled.themes, *own.themes), (*bundled.failed, *own.failed))


def find(name: str) -> Theme | None:
    """One theme by its name without reading all of them; None if it has to be looked for."""
    if any((locations.config_folder() / "themes").glob("*.toml")):
        return None
    file = locations.bundled("themes") / f"{name}.toml"
    found = load_file(file) if file.is_file() else None
    return found if isinstance(found, Theme) else None


def names() -> list[str]:
    """The names of all themes that can be chosen: ours and the reader's first."""
    ours = [theme.name for theme in available().themes]
    return [*sorted(set(ours)), *sorted(BUILTIN_THEMES.keys() - set(ours))]


def near(name: str) -> str:
    """What to say of a theme that there is not."""
    from difflib import get_close_matches

    close = get_close_matches(name, names(), 1, 0.6)
    return f"no theme {name!r}" + (f": {close[0]}?" if close else "")


def _theme(data: dict[str, Any]) -> Theme:
    """A theme all of whose values are known to be good.

    Raises:
        ValueError: if one is not; the words name it and say what it may be.
    """
    for name in ("name", "primary"):
        if not isinstance(data.get(name), str):
            raise ValueError(f"{name} is required")
    for name, value in data.items():
        if name not in _FIELDS:
            raise ValueError(f"no {name!r}{_hint(name, _FIELDS)}")
        if name in _FLAGS and not isinstance(value, bool):
            raise ValueError(f"{name}: true or false, not {value!r}")
        if name in _NUMBERS and not (isinstance(value, (int, float)) and 0 <= value <= 1):
            raise ValueError(f"{name}: a number from 0 to 1, not {value!r}")
        if name not in (*_FLAGS, *_NUMBERS, "name", "variables"):
            _check_colour(name, value)
    variables = data.pop("variables", {})
    if not isinstance(variables, dict):
        raise ValueError("[variables] is a table")
    for name, value in variables.items():
        if name in STYLES:
            _check_style(name, value)
        elif name in COLOURS:
            _check_colour(name, value)
        else:
            raise ValueError(f"no variable {name!r}{_hint(name, {*COLOURS, *STYLES})}")
    return Theme(**data, variables=variables)


def variables_of(theme: Theme, generated: dict[str, str]) -> dict[str, str]:
    """What our style sheets need of a theme, whoever made it: its own, else what falls back."""
    found = dict(STYLES)
    for name, base in COLOURS.items():
        found[name] = generated.get(base, generated["foreground"])
        if theme.ansi and base in ("panel", "surface") and name not in theme.variables:
            # Those are the terminal's own ground there: what lies on them is told by its style.
            found[name] = "ansi_default"
    if theme.ansi:
        # Textual's own sheets use variables that only its own such themes set.
        found = {**BUILTIN_THEMES["ansi-dark"].variables, **found}
        found |= {"cursor-style": "reverse", "selected-style": "reverse"}
        found |= {"cursor-blurred-style": "bold"}
        found |= {"match-style": "underline reverse", "match-here-style": "bold underline reverse"}
        found |= {"match-here": "ansi_default", "match-here-text": "ansi_default"}
    return {**found, **{name: str(value) for name, value in theme.variables.items()}}


def _check_colour(name: str, value: object) -> None:
    if not isinstance(value, str):
        raise ValueError(f"{name}: a colour in quotes, not {value!r}")
    try:
        Color.parse(value)
    except ColorParseError as error:
        raise ValueError(f"{name}: {value!r} is no colour (#8fb3d9, ansi_blue are)") from error


def _check_style(name: str, value: object) -> None:
    words = value.split() if isinstance(value, str) else []
    if not words or any(w not in _WORDS for w in words) or ("none" in words and len(words) > 1):
        raise ValueError(f"{name}: {', '.join(_WORDS)}, or several of them, not {value!r}")


def _hint(name: str, known: set[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, known, 1, 0.5)
    return f": {close[0]}?" if close else ""
