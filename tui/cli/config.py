"""`dateline config`: where the config is, what it sets, and what is wrong with it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tui import config
from tui.keys.keymap import Fault, build


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--path", action="store_true", help="where it is looked for")
    what.add_argument("--print", action="store_true", help="all that holds, as a config (default)")
    what.add_argument("--check", action="store_true", help="only what is wrong; exit 1 if anything")


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    if options.path:
        print(config.path())
        return 0
    settings = config.load()
    if not options.check:
        sys.stdout.write(config.as_toml(settings))
        return 0
    faults = list(settings.faults) + build(settings.preset, settings.keys)[1]
    faults += _themes(settings)
    faults += _files(settings)
    for fault in sorted(faults, key=lambda each: each.line):
        print(settings.told(fault))
    if not faults:
        print(
            f"{settings.path}: " + ("nothing is wrong" if settings.path.exists() else "not there")
        )
    return int(bool(faults))


def _files(settings: config.Config) -> list[Fault]:
    """Files and folders that are named and not there, and names that mean a command."""
    from tui.cli.main import COMMANDS

    found: list[Fault] = []
    if settings.template and not Path(settings.template).expanduser().is_file():
        line = config.line_of(settings, "notebook", "template")
        found.append(Fault(line, f"template: no such file: {settings.template}"))
    for name, paths in settings.libraries.items():
        line = config.line_of(settings, "libraries", name)
        if name in COMMANDS:
            found.append(Fault(line, f"{name} is a command: the library cannot be opened by it"))
        for path in paths:
            if not path.exists():
                found.append(Fault(line, f"{name}: not there now: {path}"))
    return found


def _themes(settings: config.Config) -> list[Fault]:
    """Themes that are named and do not exist, and files of themes that hold none."""
    from difflib import get_close_matches

    from tui.app.theming import available, names

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
                    config.line_of(settings, "reader", setting),
                    f"{setting}: no theme {name!r}{hint}",
                )
            )
    return found + [Fault(0, f"themes/{failure}") for failure in available().failed]
