"""The command line: which command is meant, and what its exit code says.

0 done; 1 nothing found, or something could not be done; 2 the command line or the terminal is not
as it must be; 130 and 143 as the shell has them for SIGINT and SIGTERM.
"""

from __future__ import annotations

import argparse
import gc
import os
import sqlite3
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path

from tui import __version__
from tui.cli import open_
from tui.indexing.paths import printable

COMMANDS = {
    "index": "Read what is new or changed in a library.",
    "search": "Find articles by words, best first.",
    "timeline": "Print the events of a library in order of time.",
    "entity": "Print what a library knows of somebody or something.",
    "export": "Write a library in machine-readable form.",
    "notebook": "Write out what was kept of a library, or merge what was kept elsewhere.",
    "keys": "List every action with its keys.",
    "config": "Show or check the config.",
    "doctor": "Tell where things are and what is wrong.",
}

_EXAMPLES = """\
examples:
  dateline                          open the library opened last, or the bundled one
  dateline clippings/               open a folder of .txt, .md and .jsonl articles
  dateline a.txt b.md               open some files
  scraper | dateline -              open what comes in: a text, or JSON lines
  dateline index clippings/         read what is new, without a screen
  dateline search 'ceasefire -gaza' clippings/
  dateline timeline clippings/ --top 20
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
    open_.arguments(top)
    return top


def run(argv: Sequence[str]) -> int:
    """Run a command line and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A narrow locale gets escapes for what it cannot say, not a traceback.
            stream.reconfigure(errors="backslashreplace")
    try:
        return _run(list(argv))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of a pipe went away, as `head` does. Nothing is left to say to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except sqlite3.Error as error:
        return fail(f"the cache cannot be used: {error} (dateline doctor tells more)")
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        return fail(f"{error.strerror or error}{where}")


def fail(message: str, code: int = 1) -> int:
    """Say in one line on stderr what went wrong."""
    print(f"dateline: {printable(message)}", file=sys.stderr)
    return code


def _parsed(sub: argparse.ArgumentParser, argv: Sequence[str]) -> argparse.Namespace:
    """The options of a command, which may stand between its name and the library: argparse takes an
    empty library then."""
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
        # Each command is imported alone: the reader must not pay for the analysis.
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

            from tui import config

            known = config.load().libraries
            if source in known and len(options.library) == 1:
                break
            close = get_close_matches(source, [*known, *COMMANDS], 1)
            hint = f" (dateline {close[0]}?)" if close else ""
            return fail(f"{source}: no such file or folder{hint}", 2)
    return open_.run(options)
