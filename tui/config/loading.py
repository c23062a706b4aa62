"""Reads the configuration.

An error is reported with the number of its line, and the default applies instead of the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tui import folders
from tui.config.model import PRESETS, Command, Config
from tui.config.settings import OWN_TABLES, SETTINGS, TABLES, flag, listed, near, word
from tui.keys.keymap import Binding, Fault


def path() -> Path:
    """The path of the configuration file, which need not exist."""
    return folders.config_folder() / "config.toml"


def load(file: Path | None = None) -> Config:
    """The configuration in a file, by default in that of `path`.

    All settings have their default values if the file does not exist, and also if it cannot be read
    or is not TOML, which a fault reports.
    """
    file = file or path()
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Config(file)
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        return Config(file, faults=(Fault(0, f"cannot be read: {why}"),))
    from tui.toml import tomllib

    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        found = re.search(r"at line (\d+)", str(error))
        what = re.sub(r"\s*\(at line \d+, (column \d+)\)", r", \1", str(error))
        line = int(found[1]) if found else len(text.splitlines())
        if "Invalid value" in what:
            what += " (texts are in quotes, true and false are not)"
        return Config(file, faults=(Fault(line, f"no TOML: {what}"),))
    return _Reading(file, text, data).config()


class _Reading:
    """Converts the data of one TOML file into a configuration."""

    def __init__(self, file: Path, text: str, data: dict[str, Any]) -> None:
        self._file = file
        self._lines = text.splitlines()
        self._data = data
        self._faults: list[Fault] = []

    def config(self) -> Config:
        values: dict[str, Any] = {}
        for table, content in self._data.items():
            if table not in TABLES:
                hint = near(table, TABLES)
                self._fault((table,), f"no table {table!r}{hint or ': ' + listed(TABLES)}")
            elif not isinstance(content, dict):
                self._fault((table,), f"[{table}] is a table of its own")
            elif table not in OWN_TABLES:
                values |= self._settings(table, content)
        own = {name: self._table(name) for name in OWN_TABLES}
        preset = own["keys"].pop("preset", "dateline")
        try:
            values["preset"] = word(*PRESETS)(preset)
        except ValueError as error:
            self._fault(("keys", "preset"), f"preset: {error}")
        values["keys"] = tuple(self._bindings(own["keys"], ()))
        values["libraries"] = dict(self._libraries(own["libraries"]))
        values["commands"] = tuple(self._commands(own["commands"]))
        faults = tuple(sorted(self._faults, key=lambda fault: fault.line))
        return Config(self._file, **values, faults=faults)

    def _table(self, name: str) -> dict[str, Any]:
        content = self._data.get(name)
        return dict(content) if isinstance(content, dict) else {}

    def _settings(self, table: str, content: dict[str, Any]) -> dict[str, Any]:
        known = {s.name: s for s in SETTINGS if s.table == table}
        found: dict[str, Any] = {}
        for name, value in content.items():
            setting = known.get(name)
            if setting is None:
                hint = near(name, list(known)) or f": there is {', '.join(known)}"
                self._fault((table, name), f"no setting {name!r}{hint}")
                continue
            try:
                found[setting.attribute] = setting.check(value)
            except ValueError as error:
                self._fault((table, name), f"{name}: {error}")
        return found

    def _bindings(self, content: dict[str, Any], above: tuple[str, ...]) -> Iterator[Binding]:
        for name, value in content.items():
            place = (*above, name)
            if isinstance(value, dict):
                yield from self._bindings(value, place)
                continue
            keys = [value] if isinstance(value, str) else [] if value is False else value
            if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
                self._fault(
                    ("keys", *place), f'{".".join(place)}: "key", ["key", …] or [] for none'
                )
                continue
            yield Binding(
                ".".join(place), tuple(k for k in keys if k), self._line(("keys", *place))
            )

    def _libraries(self, content: dict[str, Any]) -> Iterator[tuple[str, tuple[Path, ...]]]:
        for name, value in content.items():
            paths = [value] if isinstance(value, str) else value
            if isinstance(paths, list) and paths and all(isinstance(p, str) and p for p in paths):
                try:
                    yield name, tuple(Path(p).expanduser() for p in paths)
                except RuntimeError as error:
                    self._fault(("libraries", name), f"{name}: {error}")
            else:
                self._fault(("libraries", name), f"{name}: a path in quotes, or a list of them")

    def _commands(self, content: dict[str, Any]) -> Iterator[Command]:
        for name, value in content.items():
            table = {"run": value} if isinstance(value, str) else value
            try:
                if not isinstance(table, dict) or not isinstance(table.get("run"), str):
                    raise ValueError('"program arguments", or { run = "…", terminal = true }')
                unknown = [key for key in table if key not in ("run", "terminal", "article")]
                if unknown:
                    raise ValueError(f"no {unknown[0]!r}: run, terminal or article")
                import shlex

                run = tuple(shlex.split(table["run"]))
                if not run:
                    raise ValueError("names no program")
                flags = {key: flag(table[key]) for key in ("terminal", "article") if key in table}
            except ValueError as error:
                self._fault(("commands", name), f"{name}: {error}")
                continue
            yield Command(name, run, **flags)

    def _fault(self, place: tuple[str, ...], what: str) -> None:
        self._faults.append(Fault(self._line(place), what))

    def _line(self, place: tuple[str, ...]) -> int:
        return _line_of(self._lines, tuple(part for name in place for part in name.split(".")))


def line_of(config: Config, *place: str) -> int:
    """The line (from 1) of a configuration file that sets a key, 0 if it cannot be found."""
    try:
        return _line_of(config.path.read_text(encoding="utf-8").splitlines(), place)
    except (OSError, UnicodeDecodeError):
        return 0


def _line_of(lines: list[str], place: tuple[str, ...]) -> int:
    """The line (from 1) that sets a key, else that of the nearest table around it, 0 if none.

    The text is searched because `tomllib` does not report lines.
    """
    best = 0
    table: tuple[str, ...] = ()
    for number, line in enumerate(lines, 1):
        if header := re.match(r"\s*\[{1,2}\s*([^\]]+?)\s*\]", line):
            table = _parts(header[1])
            found = table
        elif setting := re.match(r"\s*((?:\"[^\"]*\"|'[^']*'|[\w.-])+(?:\s*\.\s*\S+)?)\s*=", line):
            found = (*table, *_parts(setting[1]))
        else:
            continue
        if found == place:
            return number
        if found == place[: len(found)]:
            best = number
    return best


def _parts(dotted: str) -> tuple[str, ...]:
    found = re.findall(r'"([^"]*)"|\'([^\']*)\'|([^.\s"\']+)', dotted)
    # A quoted id is one key in TOML, but is read as a dotted key here: "page.keep" as page.keep.
    return tuple(part for groups in found for part in "".join(groups).split("."))
