"""Entity clusters of a library, updated one article at a time.

The cost of an article depends on its own entities, and on the number of entities in their blocks.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tui.entities import clustering, store
from tui.ids import RowId
from tui.nlp.document import Entity


def save(
    connection: sqlite3.Connection,
    article: RowId,
    named: Sequence[tuple[Entity, Mapping[str, int]]],
) -> None:
    """Store the entities of an article, each with the counts of its spellings.

    An entity that is known keeps the preferred one of its two names, whichever came first.
    """
    known = store.names(connection, [entity.id for entity, _ in named])
    rows: list[tuple[Entity, str, Mapping[str, int]]] = []
    for entity, spellings in named:
        name = clustering.preferred_name(known.get(entity.id, entity.name), entity.name)
        block = clustering.block(name, entity.kind)
        rows.append((replace(entity, name=name), block, spellings))
    store.save(connection, article, rows)


def update(connection: sqlite3.Connection, blocks: Iterable[str]) -> None:
    """Cluster the entities of some blocks again.

    All entities of a block are compared, so that the order in which articles came does not matter.
    """
    for block in dict.fromkeys(blocks):
        members = store.members_of_block(connection, block)
        named = [clustering.Member(row_id, name, kind) for row_id, name, kind, _ in members]
        heads = clustering.cluster(named, lambda a, b: store.co_occurrence(connection, a, b))
        for row_id, _, _, before in members:
            if heads.get(row_id) != before:
                store.set_cluster(connection, row_id, heads.get(row_id))
