"""Removes what an article contributed to entities, events and annotations."""

from __future__ import annotations

import sqlite3

from tui.articles import annotation_store
from tui.entities import cluster_update
from tui.entities import store as entity_store
from tui.events import linking
from tui.events import store as event_store
from tui.ids import RowId


def unlink_rows(connection: sqlite3.Connection, article: RowId) -> set[RowId]:
    """Delete the rows of an article; returns the events that lost a mention.

    The caller updates the clusters of its blocks and the summaries of the events.
    """
    events = event_store.unlink(connection, article)
    entity_store.unlink(connection, article)
    annotation_store.delete(connection, article)
    return events


def unlink(connection: sqlite3.Connection, article: RowId) -> None:
    """Remove an article from clusters and events, and update those."""
    blocks = entity_store.blocks_of(connection, article)
    events = unlink_rows(connection, article)
    cluster_update.update(connection, blocks)
    linking.update_summaries(connection, events)


def unlink_all(connection: sqlite3.Connection) -> None:
    """Remove all articles from clusters and events: a newer version analyses them again."""
    entity_store.delete_all(connection)
    event_store.delete_all(connection)
    annotation_store.delete_all(connection)
