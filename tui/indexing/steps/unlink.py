"""Removes what an article contributed to entities, events and annotations."""

from __future__ import annotations

import sqlite3

from tui.articles import annotation_store
from tui.entities import cluster_update
from tui.entities import store as entity_store
from tui.events import store as event_store
from tui.ids import RowId


def unlink_rows(connection: sqlite3.Connection, article: RowId) -> None:
    """Delete the rows of an article. The caller updates the clusters of its blocks of entities."""
    event_store.unlink(connection, article)
    entity_store.unlink(connection, article)
    annotation_store.delete(connection, article)


def unlink(connection: sqlite3.Connection, article: RowId) -> None:
    """Remove an article from clusters and events; the caller links the events again."""
    blocks = entity_store.blocks_of(connection, article)
    unlink_rows(connection, article)
    cluster_update.update(connection, blocks)


def unlink_all(connection: sqlite3.Connection) -> None:
    """Remove all articles from clusters and events: a newer version analyses them again."""
    entity_store.delete_all(connection)
    event_store.delete_all(connection)
    annotation_store.delete_all(connection)
