"""Taking an article out of who is who and of the events."""

from __future__ import annotations

import sqlite3

from tui.cache import links
from tui.linking import entities, events


def forget(connection: sqlite3.Connection, article: int) -> None:
    """Take out all that an article told, and look again at what was linked by it."""
    blocks = links.blocks_of(connection, article)
    touched = links.forget_links(connection, article)
    entities.link(connection, blocks)
    events.refresh(connection, touched)
