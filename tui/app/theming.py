"""Themes: TOML files to Textual themes. A bad file is reported and left out."""

from __future__ import annotations

import sys
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from textual.color import Color, ColorParseError
from textual.theme import BUILTIN_THEMES, Theme

from tui import locations

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

DEFAULT = "dateline-dark"

# What our own style sheets use beyond Textual's colours, with the theme's colour to fall back on.
VARIABLES = {
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
}
_FIELDS = {field.name for field in fields(Theme)}
_NOT_COLOURS = ("name", "dark", "luminosity_spread", "text_alpha", "variables", "ansi")


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
        try:
            themes.append(_theme(tomllib.loads(path.read_text(encoding="utf-8"))))
        except (OSError, UnicodeDecodeError, ValueError, ColorParseError) as error:
            failed.append(f"{path.name}: {error}")
    return Loaded(tuple(themes), tuple(failed))


def available() -> Loaded:
    """The bundled themes, and the reader's own, which win where they share a name."""
    bundled = load(locations.bundled("themes"))
    own = load(locations.config_folder() / "themes")
    return Loaded((*bundled.themes, *own.themes), (*bundled.failed, *own.failed))


def names() -> list[str]:
    """The names of all themes that can be chosen."""
    return sorted({theme.name for theme in available().themes} | BUILTIN_THEMES.keys())


def _theme(data: dict[str, Any]) -> Theme:
    """A theme whose colours are all known to be colours: a bad one would end a running app."""
    unknown = data.keys() - _FIELDS
    if unknown:
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    if "name" not in data or "primary" not in data:
        raise ValueError("name and primary are required")
    variables = dict(data.pop("variables", {}))
    for name, value in [*variables.items(), *data.items()]:
        if name not in _NOT_COLOURS:
            Color.parse(str(value))
    for name, base in VARIABLES.items():
        variables.setdefault(name, str(data.get(base, data["primary"])))
    return Theme(**data, variables=variables)
