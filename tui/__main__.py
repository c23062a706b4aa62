"""`dateline` and `python -m tui`."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line."""
    # A tenth of a start goes to looking for garbage that imports do not leave.
    gc.disable()
    from tui.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
