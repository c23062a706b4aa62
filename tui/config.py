"""`config.toml`: what a reader may set, read with patience.

One table, `SETTINGS`, says what there is, what is allowed and what holds otherwise; checking and
`dateline config --print` are made from it. Whatever is wrong with a line is told with its number,
and Dateline starts all the same, with what holds otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast

from tui import locations
from tui.keys.keymap import Binding, Fault

DateStyle = Literal["day-month", "month-day", "iso"]
DATE_STYLES = ("day-month", "month-day", "iso")
MARKS = ("names", "times", "events", "passages")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PRESETS = ("dateline", "vim", "less", "newsboat")
LEAST_MEASURE, MOST_MEASURE = 20, 200


@dataclass(frozen=True, slots=True)
class Command:
    """What `!` may run: a program and its arguments. No shell is asked.

    `terminal` gives it the whole terminal while it runs (a pager, an editor) and shows nothing
    else; `article` pipes the whole article to it even where a passage is selected.
    """

    name: str
    run: tuple[str, ...]
    terminal: bool = False
    article: bool = False


@dataclass(frozen=True, slots=True)
class Config:
    """What holds: what the file says where it is right, else what holds otherwise."""

    path: Path
    theme: str = "auto"
    dark: str = "dateline-dark"
    light: str = "dateline-light"
    measure: int = 72
    spacing: int = 1
    justify: bool = False
    marks: tuple[str, ...] = MARKS
    date_style: DateStyle = "day-month"
    week_start: str = "monday"
    preset: str = "dateline"
    keys: tuple[Binding, ...] = ()
    libraries: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)
    commands: tuple[Command, ...] = ()
    template: str = ""
    names: str = "encoder"
    faults: tuple[Fault, ...] = ()

    @property
    def first_weekday(self) -> int:
        """The day that a week begins on, 0 for Monday."""
        return WEEKDAYS.index(self.week_start)

    def told(self, fault: Fault) -> str:
        """A fault with its place: `config.toml:3: …`."""
        place = f"{self.path.name}:{fault.line}" if fault.line else self.path.name
        return f"{place}: {fault.what}"


Check = Callable[[Any], Any]


def _word(*allowed: str) -> Check:
    def check(value: Any) -> str:
        if isinstance(value, str) and value.lower() in allowed:
            return value.lower()
        raise ValueError(f"{_listed(allowed)}, not {value!r}{_near(value, allowed)}")

    return check


def _words(*allowed: str) -> Check:
    def check(value: Any) -> tuple[str, ...]:
        one = _word(*allowed)
        if isinstance(value, list):
            return tuple(one(each) for each in value)
        raise ValueError(f"a list of {_listed(allowed)}, not {value!r}")

    return check


def _number(least: int, most: int) -> Check:
    def check(value: Any) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        raise ValueError(f"a number from {least} to {most}, not {value!r}")

    return check


def _text(value: Any) -> str:
    if isinstance(value, str) and value.isprintable():
        return value
    raise ValueError(f"a text in quotes, not {value!r}")


def _recogniser(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch(r"encoder|rules|spacy:\S+", value):
        return value
    near = _near(value, ("encoder", "rules"))
    raise ValueError(f'"encoder", "rules" or "spacy:" with a pipeline, not {value!r}{near}')


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError(f"true or false, not {value!r}")


def _listed(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _near(value: object, words: tuple[str, ...] | list[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(str(value).lower(), words, 1, 0.5)
    return f": {close[0]}?" if close else ""


class Setting(NamedTuple):
    """One line of the config: its table and name, where it goes, what is allowed, and help."""

    table: str
    name: str
    attribute: str
    check: Check
    help: str


SETTINGS: tuple[Setting, ...] = (
    Setting("reader", "theme", "theme", _text, '"auto" follows the terminal: dark or light'),
    Setting("reader", "dark", "dark", _text, "the theme of a dark terminal"),
    Setting("reader", "light", "light", _text, "the theme of a light terminal"),
    Setting("reader", "measure", "measure", _number(LEAST_MEASURE, MOST_MEASURE), "the most cells in a line"),
    Setting("reader", "spacing", "spacing", _number(1, 3), "rows from line to line"),
    Setting("reader", "justify", "justify", _flag, "lines of one length"),
    Setting("reader", "marks", "marks", _words(*MARKS), "what is marked on the page"),
    Setting("dates", "style", "date_style", _word(*DATE_STYLES), "day-month, month-day or iso"),
    Setting("dates", "week-start", "week_start", _word(*WEEKDAYS), "where `week DAY` begins in a filter"),
    Setting("language", "recogniser", "names", _recogniser, '"encoder", "rules" or "spacy:PIPELINE": who marks names'),
    Setting("notebook", "template", "template", _text, "a Jinja2 template for its export as Markdown"),
)  # fmt: skip
_OWN = ("keys", "libraries", "commands")
_TABLES = tuple(dict.fromkeys([*(s.table for s in SETTINGS), *_OWN]))


def path() -> Path:
    """Where the config is looked for."""
    return locations.config_folder() / "config.toml"


def load(file: Path | None = None) -> Config:
    """The config; one that is not there sets nothing, one that cannot be read says why."""
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
    """One file on its way to a config."""

    def __init__(self, file: Path, text: str, data: dict[str, Any]) -> None:
        self._file = file
        self._lines = text.splitlines()
        self._data = data
        self._faults: list[Fault] = []

    def config(self) -> Config:
        values: dict[str, Any] = {}
        for table, content in self._data.items():
            if table not in _TABLES:
                near = _near(table, _TABLES)
                self._fault((table,), f"no table {table!r}{near or ': ' + _listed(_TABLES)}")
            elif not isinstance(content, dict):
                self._fault((table,), f"[{table}] is a table of its own")
            elif table not in _OWN:
                values |= self._settings(table, content)
        own = {name: self._table(name) for name in _OWN}
        preset = own["keys"].pop("preset", "dateline")
        try:
            values["preset"] = _word(*PRESETS)(preset)
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
                near = _near(name, list(known)) or f": there is {', '.join(known)}"
                self._fault((table, name), f"no setting {name!r}{near}")
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
                flags = {key: _flag(table[key]) for key in ("terminal", "article") if key in table}
            except ValueError as error:
                self._fault(("commands", name), f"{name}: {error}")
                continue
            yield Command(name, run, **flags)

    def _fault(self, place: tuple[str, ...], what: str) -> None:
        self._faults.append(Fault(self._line(place), what))

    def _line(self, place: tuple[str, ...]) -> int:
        return _line_of(self._lines, tuple(part for name in place for part in name.split(".")))


def line_of(config: Config, *place: str) -> int:
    """The line on which something is set in a config's file, 0 if it is not."""
    try:
        return _line_of(config.path.read_text(encoding="utf-8").splitlines(), place)
    except (OSError, UnicodeDecodeError):
        return 0


def _line_of(lines: list[str], place: tuple[str, ...]) -> int:
    """The line on which a place is set, as near as it can be told; tomllib does not say."""
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
    # A quoted id is one key to TOML and a path of them to us: "page.keep" as page.keep.
    return tuple(part for groups in found for part in "".join(groups).split("."))


def as_toml(config: Config) -> str:
    """A config as a file that says all of it, with what each line is for."""
    lines = [f"# {config.path}"]
    for table in dict.fromkeys(setting.table for setting in SETTINGS):
        lines += ["", f"[{table}]"]
        for setting in SETTINGS:
            if setting.table == table:
                value = _value(getattr(config, setting.attribute))
                lines.append(f"{setting.name} = {value}".ljust(43) + f" # {setting.help}")
    lines += [
        "",
        "[keys]",
        f"preset = {_value(config.preset)}".ljust(43) + f" # {', '.join(PRESETS)}",
    ]
    lines += [f"{_key(b.action)} = {_value(b.keys)}" for b in config.keys]
    lines += ["", "[libraries]".ljust(43) + ' # name = "folder", opened by dateline name']
    for name, paths in config.libraries.items():
        lines.append(f"{_key(name)} = {_value(tuple(map(str, paths)))}")
    lines += ["", "[commands]".ljust(43) + ' # name = "program arguments", for !']
    import shlex

    for command in config.commands:
        flags = "".join(
            f", {name} = true" for name in ("terminal", "article") if getattr(command, name)
        )
        lines.append(f"{_key(command.name)} = {{ run = {_value(shlex.join(command.run))}{flags} }}")
    return "\n".join(lines) + "\n"


def _key(name: str) -> str:
    return name if re.fullmatch(r"[\w.-]+", name, re.ASCII) else _value(name)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(_value(each) for each in value) + "]"
    if isinstance(value, str):
        escaped = "".join(
            f"\\{c}" if c in '"\\' else c if c.isprintable() else f"\\U{ord(c):08x}" for c in value
        )
        return f'"{escaped}"'
    return str(cast(int, value))
