"""`dateline [LIBRARY ...]`: opens a library in the app, or saves a screenshot of it."""

from __future__ import annotations

import argparse
import os
import sys

from tui.cli import libraries
from tui.cli.exit_codes import fail

_WANTS_TERMINAL = "the reader needs a terminal; index, search, timeline and export do not"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    libraries.argument(parser)
    parser.add_argument("--no-mouse", action="store_true", help="leave the mouse to the terminal")
    parser.add_argument("--theme", metavar="NAME", help="a theme by its name")
    parser.add_argument(
        "--screenshot", metavar="FILE.svg", help="save what the screen would show, and exit"
    )
    parser.add_argument(
        "--size", default="120x36", metavar="WxH", help="of the screenshot (120x36)"
    )
    parser.add_argument(
        "--keys", default="", metavar="KEYS", help="press these before the screenshot: 'j,enter'"
    )


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    if options.screenshot:
        return _screenshot(options)
    piped = "-" in options.library
    if not sys.stderr.isatty() or not (piped or sys.stdin.isatty()):
        return fail(_WANTS_TERMINAL, 2)
    if os.environ.get("TERM", "") in ("dumb", "unknown"):
        return fail(f"{_WANTS_TERMINAL} (TERM={os.environ['TERM']} cannot move its cursor)", 2)
    for name in ("COLUMNS", "LINES"):
        # Some shells export their initial size, which Textual would use even after a resize.
        os.environ.pop(name, None)
    named = libraries.named(options.library)
    if piped and not _keyboard():
        return fail(_WANTS_TERMINAL, 2)
    from tui.cli import terminal
    from tui.config.loading import load

    settings = load()
    # Queried before the imports and read after them, because the terminal answers meanwhile.
    question = terminal.ask() if settings.theme == "auto" and not options.theme else None
    try:
        from tui.app.app import DatelineApp
        from tui.app.themes import names
        from tui.library import Library
    finally:
        dark = question.answer() if question is not None else None

    if options.theme and options.theme not in names():
        return fail(f"no such theme: {options.theme} (there are: {', '.join(names())})", 2)
    name = named.name or libraries.name_of(named.sources, settings.libraries)
    library = Library(named.sources, name=name)
    app = DatelineApp(library, config=settings, theme_name=options.theme, dark=dark)
    app.run(mouse=not options.no_mouse)
    library.close()
    return app.return_code or 0


def _keyboard() -> bool:
    """Read keys from the terminal instead of standard input; returns whether there is one."""
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        return False
    os.dup2(terminal, 0)
    os.close(terminal)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    setattr(sys, "__stdin__", sys.stdin)  # noqa: B010 - Textual reads its keys from there
    return True


def _screenshot(options: argparse.Namespace) -> int:
    from tui.cli.index import bring_up_to_date

    width, _, height = options.size.partition("x")
    if not (width.isdigit() and height.isdigit() and int(width) and int(height)):
        return fail(f"not a size: {options.size} (120x36 is one)", 2)
    sources = libraries.named(options.library).sources
    from tui.app.screenshot import save
    from tui.app.themes import names
    from tui.library import Library

    if options.theme and options.theme not in names():
        return fail(f"no such theme: {options.theme} (there are: {', '.join(names())})", 2)
    bring_up_to_date(sources, quiet=True)
    library = Library(sources)
    keys = [key for key in options.keys.split(",") if key]
    save(library, options.screenshot, (int(width), int(height)), options.theme, keys)
    library.close()
    return 0
