"""`dateline keys`: every action with its id, its keys and what it does."""

from __future__ import annotations

import argparse
import sys

from tui import config
from tui.keys import notation
from tui.keys.actions import ACTIONS, TITLES
from tui.keys.keymap import build, preset_names


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "--preset", choices=preset_names(), help="those of a preset, not those of the config"
    )
    parser.add_argument("--format", choices=("lines", "toml"), default="lines")


def run(options: argparse.Namespace) -> int:
    """Run the command; exit 1 if something in the config's keys is wrong."""
    settings = config.load()
    if options.preset:
        keymap, faults = build(options.preset, ())
    else:
        keymap, faults = build(settings.preset, settings.keys)
    where = None
    for action in ACTIONS:
        if options.format == "toml":
            if where != action.where:
                print(f"\n# {TITLES[action.where]}" if where else "[keys]\n# Moving")
            keys = ", ".join(_quoted(notation.written(k)) for k in keymap.keys[action.id])
            print(f"{action.id} = [{keys}]".ljust(44) + f"# {action.help}")
        else:
            print(
                TITLES[action.where],
                action.id,
                " ".join(keymap.shown(action)),
                action.help,
                sep="\t",
            )
        where = action.where
    for fault in faults:
        print(f"dateline: {settings.told(fault)}", file=sys.stderr)
    return int(bool(faults))


def _quoted(written: str) -> str:
    return f"'{written}'" if '"' in written else f'"{written}"'
