"""Loads themes, both bundled ones and the reader's, from TOML files as Textual themes.

A file is checked completely before it is used, because an invalid colour would end the running app.
An invalid file is reported and skipped.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from textual.color import Color, ColorParseError
from textual.theme import BUILTIN_THEMES, Theme

from tui import folders as locations
from tui.toml import tomllib

DEFAULT = "dateline-dark"
COLOURLESS = "dateline-mono"

# The variables that our style sheets add to Textual's, each with the colour it falls back on.
COLOURS = {
    "muted": "secondary",
    "rule": "panel",
    "cursor": "panel",
    "cursor-blurred": "surface",
    "clause": "surface",
    "person": "accent",
    "organisation": "primary",
    "location": "success",
    "group": "secondary",
    "time": "warning",
    "bookmark": "surface",
    "bookmark-bar": "accent",
    "selected": "panel",
    "selected-text": "foreground",
    "match": "panel",
    "match-text": "foreground",
    "match-here": "accent",
    "match-here-text": "background",
}
# Default text styles; they exist so that no information depends on colour alone.
STYLES = {
    "person-style": "none",
    "organisation-style": "none",
    "location-style": "none",
    "group-style": "none",
    "time-style": "italic",
    "event-style": "underline",
    "selected-style": "none",
    "match-style": "underline",
    "match-here-style": "bold",
    "cursor-style": "none",
    "cursor-blurred-style": "none",
    "bookmark-style": "none",
}
# Variables in themes of earlier versions, with those that replace them.
RENAMED = {
    "place": "location",
    "place-style": "location-style",
    "kept": "bookmark",
    "kept-bar": "bookmark-bar",
    "kept-style": "bookmark-style",
}
_WORDS = ("none", "bold", "dim", "italic", "underline", "reverse")
_FIELDS = {field.name for field in fields(Theme)}
_FLAGS = ("dark", "ansi")
_NUMBERS = ("luminosity_spread", "text_alpha")


@dataclass(frozen=True, slots=True)
class Loaded:
    """The themes of a folder, and an error message for each invalid file."""

    themes: tuple[Theme, ...]
    failed: tuple[str, ...]


def load(folder: Path) -> Loaded:
    """All themes of a folder, and the errors in its invalid files."""
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
    """The theme of a file, or an error message."""
    try:
        return _theme(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, ValueError, RecursionError) as error:
        return f"{path.name}: {error}"


def available() -> Loaded:
    """The bundled themes, followed by the reader's, which replace those of the same name."""
    bundled = load(locations.bundled("themes"))
    own = load(locations.config_folder() / "themes")
    return Loaded((*bundled.themes, *own.themes), (*bundled.failed, *own.failed))


def find(name: str) -> Theme | None:
    """A bundled theme, read without the other themes.

    None if there is no valid one, or if the reader has themes, one of which may replace it.
    """
    if any((locations.config_folder() / "themes").glob("*.toml")):
        return None
    file = locations.bundled("themes") / f"{name}.toml"
    found = load_file(file) if file.is_file() else None
    return found if isinstance(found, Theme) else None


def names() -> list[str]:
    """The names of all themes: the bundled ones and the reader's, then Textual's built-in ones."""
    ours = [theme.name for theme in available().themes]
    return [*sorted(set(ours)), *sorted(BUILTIN_THEMES.keys() - set(ours))]


def unknown_theme_message(name: str) -> str:
    """An error message for an unknown theme, with a similar name if there is one."""
    from difflib import get_close_matches

    close = get_close_matches(name, names(), 1, 0.6)
    return f"no theme {name!r}" + (f": {close[0]}?" if close else "")


def _theme(data: dict[str, Any]) -> Theme:
    """The theme in parsed TOML data; `data` loses its variables.

    Raises:
        ValueError: if a value is missing or invalid; the message says what is allowed.
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
    variables = {RENAMED.get(name, name): value for name, value in variables.items()}
    for name, value in variables.items():
        if name in STYLES:
            _check_style(name, value)
        elif name in COLOURS:
            _check_colour(name, value)
        else:
            raise ValueError(f"no variable {name!r}{_hint(name, {*COLOURS, *STYLES})}")
    return Theme(**data, variables=variables)


def variables_of(theme: Theme, generated: dict[str, str]) -> dict[str, str]:
    """The variables of our style sheets: those that a theme sets, else defaults.

    `generated` are the variables that Textual derives from the colours of the theme.
    """
    found = dict(STYLES)
    for name, base in COLOURS.items():
        found[name] = generated.get(base, generated["foreground"])
        if theme.ansi and base in ("panel", "surface") and name not in theme.variables:
            # ANSI themes leave these to the terminal, so text styles mark what lies on them.
            found[name] = "ansi_default"
    if theme.ansi:
        # Textual's style sheets use variables that only its own ANSI themes set.
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
