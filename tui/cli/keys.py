"""`dateline keys`: lists every action with its id, its keys and its description."""

from __future__ import annotations

import argparse
import sys

from tui.config.loading import load
from tui.keys import notation
from tui.keys.actions import ACTIONS, TITLES
from tui.keys.keymap import build, preset_names


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    parser.add_argument(
        "--preset", choices=preset_names(), help="those of a preset, not those of the config"
    )
    parser.add_argument("--format", choices=("lines", "toml"), default="lines")


def run(options: argparse.Namespace) -> int:
    """Run the command; returns 1 if there are errors in the configured keys, else 0."""
    settings = load()
    if options.preset:
        keymap, faults = build(options.preset, ())
    else:
        keymap, faults = build(settings.preset, settings.keys)
    context = None
    for action in ACTIONS:
        if options.format == "toml":
            if context != action.context:
                print(f"\n# {TITLES[action.context]}" if context else "[keys]\n# Moving")
            keys = ", ".join(_quoted(notation.written(k)) for k in keymap.keys[action.id])
            print(f"{action.id} = [{keys}]".ljust(44) + f"# {action.help}")
        else:
            print(
                TITLES[action.context],
                action.id,
                " ".join(keymap.shown(action)),
                action.help,
                sep="\t",
            )
        context = action.context
    for fault in faults:
        print(f"dateline: {settings.locate(fault)}", file=sys.stderr)
    return int(bool(faults))


def _quoted(written: str) -> str:
    return f"'{written}'" if '"' in written else f'"{written}"'
