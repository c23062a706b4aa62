"""Formats a configuration as a file that states every setting."""

from __future__ import annotations

import re
from typing import cast

from tui.config.model import PRESETS, Config
from tui.config.settings import SETTINGS


def as_toml(config: Config) -> str:
    """A configuration as TOML that states every setting, with descriptions as comments."""
    lines = [f"# {config.path}"]
    for table in dict.fromkeys(setting.table for setting in SETTINGS):
        lines += ["", f"[{table}]"]
        for setting in SETTINGS:
            if setting.table == table:
                value = toml_value(getattr(config, setting.attribute))
                lines.append(f"{setting.name} = {value}".ljust(43) + f" # {setting.help}")
    lines += [
        "",
        "[keys]",
        f"preset = {toml_value(config.preset)}".ljust(43) + f" # {', '.join(PRESETS)}",
    ]
    lines += [f"{_key(b.action)} = {toml_value(b.keys)}" for b in config.keys]
    lines += ["", "[libraries]".ljust(43) + ' # name = "folder", opened by dateline name']
    for name, paths in config.libraries.items():
        lines.append(f"{_key(name)} = {toml_value(tuple(map(str, paths)))}")
    lines += ["", "[commands]".ljust(43) + ' # name = "program arguments", for !']
    import shlex

    for command in config.commands:
        flags = "".join(
            f", {name} = true" for name in ("terminal", "article") if getattr(command, name)
        )
        lines.append(
            f"{_key(command.name)} = {{ run = {toml_value(shlex.join(command.run))}{flags} }}"
        )
    return "\n".join(lines) + "\n"


def _key(name: str) -> str:
    return name if re.fullmatch(r"[\w.-]+", name, re.ASCII) else toml_value(name)


def toml_value(value: object) -> str:
    """A Boolean, a number, a text or a tuple of these as TOML."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(toml_value(each) for each in value) + "]"
    if isinstance(value, str):
        escaped = "".join(
            f"\\{c}" if c in '"\\' else c if c.isprintable() else f"\\U{ord(c):08x}" for c in value
        )
        return f'"{escaped}"'
    return str(cast(int, value))
