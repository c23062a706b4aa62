"""Exit codes, and the messages of errors on standard error.

The exit code is 0 if all is done, 1 if nothing is found or something has failed, 2 if the command
line or the terminal is not suitable, and 130 or 143, as in a shell, after SIGINT or SIGTERM.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable

from tui.articles.source_names import printable


def fail(message: str, code: int = 1) -> int:
    """Print a message in one line and return the exit code."""
    print(f"dateline: {printable(message)}", file=sys.stderr)
    return code


def exit_code_of(command: Callable[[], int]) -> int:
    """Run a command; returns its exit code, or that of the error that ends it."""
    try:
        return command()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The process that reads the pipe, such as `head`, has ended; no more can be written to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except sqlite3.Error as error:
        return fail(f"the cache cannot be used: {error} (dateline doctor tells more)")
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        return fail(f"{error.strerror or error}{where}")
