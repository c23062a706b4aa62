"""Names of files in a database: text where they are UTF-8, else the bytes that the system has."""

from __future__ import annotations

import os


def stored_name(name: str) -> str | bytes:
    """A file name as SQLite takes it."""
    return name if name.isascii() or _is_text(name) else os.fsencode(name)


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def file_name(stored: str | bytes) -> str:
    """A stored name as the file system takes it."""
    return os.fsdecode(stored) if isinstance(stored, bytes) else stored
