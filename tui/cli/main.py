"""The command line: runs a command and returns its exit code (see `exit_codes`)."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path

from tui import __version__
from tui.cli import reader
from tui.cli.commands import COMMANDS
from tui.cli.exit_codes import exit_code_of, fail

_EXAMPLES = """\
examples:
  dateline                          open the library opened most recently, or the bundled one
  dateline clippings/               open a folder of .txt, .md and .jsonl articles
  dateline a.txt b.md               open some files
  scraper | dateline -              open what comes in: a text, or JSON lines
  dateline index clippings/         read what is new, without a screen
  dateline search 'ceasefire -gaza' clippings/
  dateline timeline clippings/ --top 20
  dateline timeline clippings/ --entity Gaza --format html > gaza.html
  dateline entity 'Netanyahu' clippings/
  dateline export clippings/ --format jsonl > clippings.jsonl
  dateline notebook export clippings/ --format markdown
  dateline notebook import theirs.jsonl clippings/
  dateline keys --preset vim        every action, its id and its keys
  dateline config --check           what is wrong with config.toml, line by line
  dateline doctor clippings/        where things are, and what was skipped and why
  dateline --screenshot page.svg --size 120x36 clippings/

A folder that is called like a command is opened as ./index.
"""


def parser() -> argparse.ArgumentParser:
    """The parser of `dateline` without a command."""
    top = argparse.ArgumentParser(
        prog="dateline",
        usage="dateline [options] [LIBRARY ...]\n       dateline COMMAND [LIBRARY ...]",
        description="Read a pile of news articles as one story. Commands: "
        + ", ".join(COMMANDS)
        + " (dateline COMMAND --help).",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"dateline {__version__}")
    reader.arguments(top)
    return top


def run(argv: Sequence[str]) -> int:
    """Run a command line and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # Characters that the locale cannot encode are escaped instead of raising an error.
            stream.reconfigure(errors="backslashreplace")
    return exit_code_of(lambda: _run(list(argv)))


def _parsed(sub: argparse.ArgumentParser, argv: Sequence[str]) -> argparse.Namespace:
    """The parsed options of a command, which may stand between its name and the library.

    In that case argparse leaves the library empty, and returns its words as unknown arguments.
    """
    options, rest = sub.parse_known_args(argv)
    if rest and any(word.startswith("-") and word != "-" for word in rest):
        sub.error(f"unrecognized arguments: {' '.join(rest)}")
    if rest and getattr(options, "library", None) == []:
        options.library = rest
    elif rest:
        sub.error(f"unrecognized arguments: {' '.join(rest)}")
    return options


def _run(argv: list[str]) -> int:
    if argv and argv[0] in COMMANDS:
        # Only this command is imported, so that the reader starts without the analysis.
        command = import_module(f"tui.cli.{argv[0]}")
        sub = argparse.ArgumentParser(
            prog=f"dateline {argv[0]}",
            description=COMMANDS[argv[0]],
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.arguments(sub)
        if argv[0] != "search":
            gc.enable()
        code: int = command.run(_parsed(sub, argv[1:]))
        return code
    options = parser().parse_args(argv)
    for source in options.library:
        if source != "-" and not Path(source).exists():
            from difflib import get_close_matches

            from tui.config.loading import load

            known = load().libraries
            if source in known and len(options.library) == 1:
                break
            close = get_close_matches(source, [*known, *COMMANDS], 1)
            hint = f" (dateline {close[0]}?)" if close else ""
            return fail(f"{source}: no such file or folder{hint}", 2)
    return reader.run(options)
