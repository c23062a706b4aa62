"""`dateline config`: prints the path of the configuration, its settings, or its errors."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tui.config.loading import line_of, load, path
from tui.config.model import Config
from tui.config.printing import as_toml
from tui.keys.keymap import Fault, build


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--path", action="store_true", help="where it is looked for")
    what.add_argument("--print", action="store_true", help="all that holds, as a config (default)")
    what.add_argument("--check", action="store_true", help="only what is wrong; exit 1 if anything")


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    if options.path:
        print(path())
        return 0
    settings = load()
    if not options.check:
        sys.stdout.write(as_toml(settings))
        return 0
    faults = list(settings.faults) + build(settings.preset, settings.keys)[1]
    faults += _themes(settings)
    faults += _files(settings)
    for fault in sorted(faults, key=lambda each: each.line):
        print(settings.locate(fault))
    if not faults:
        print(
            f"{settings.path}: " + ("nothing is wrong" if settings.path.exists() else "not there")
        )
    return int(bool(faults))


def _files(settings: Config) -> list[Fault]:
    """Faults for files and folders that do not exist, and for libraries named like a command."""
    from tui.cli.commands import COMMANDS

    found: list[Fault] = []
    if settings.template and not Path(settings.template).expanduser().is_file():
        line = line_of(settings, "notebook", "template")
        found.append(Fault(line, f"template: no such file: {settings.template}"))
    for name, paths in settings.libraries.items():
        line = line_of(settings, "libraries", name)
        if name in COMMANDS:
            found.append(Fault(line, f"{name} is a command: the library cannot be opened by it"))
        for source in paths:
            if not source.exists():
                found.append(Fault(line, f"{name}: not there now: {path}"))
    return found


def _themes(settings: Config) -> list[Fault]:
    """Faults for configured themes that do not exist, and for invalid theme files."""
    from difflib import get_close_matches

    from tui.app.themes import available, names

    known = names()
    found: list[Fault] = []
    for setting, name in (
        ("theme", settings.theme), ("dark", settings.dark), ("light", settings.light)
    ):  # fmt: skip
        if name not in known and (setting, name) != ("theme", "auto"):
            close = get_close_matches(name, known, 1, 0.6)
            hint = f": {close[0]}?" if close else f" (there are {', '.join(known)})"
            found.append(
                Fault(
                    line_of(settings, "reader", setting),
                    f"{setting}: no theme {name!r}{hint}",
                )
            )
    return found + [Fault(0, f"themes/{failure}") for failure in available().failed]
