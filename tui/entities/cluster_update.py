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

    An entity that is known keeps the preferred one of its two full names, whichever came first.
    """
    known = store.full_names(connection, [entity.id for entity, _ in named])
    rows: list[tuple[Entity, str, Mapping[str, int]]] = []
    for entity, spellings in named:
        name = clustering.preferred_name(
            known.get(entity.id, entity.name), entity.name, entity.kind
        )
        block = clustering.block(name, entity.kind)
        rows.append((replace(entity, name=name), block, spellings))
    store.save(connection, article, rows)


def update(connection: sqlite3.Connection, blocks: Iterable[str]) -> None:
    """Cluster the entities of some blocks again.

    All entities of a block are compared, so that the order in which articles came does not matter.
    """
    for block in dict.fromkeys(blocks):
        known = store.members_of_block(connection, block)
        found = clustering.clusters(
            [own.member for own in known], lambda a, b: store.co_occurrence(connection, a, b)
        )
        before = {own.member.row_id: (own.head, own.name) for own in known}
        for cluster in found:
            first = cluster[0].row_id
            for member in cluster:
                # The name of the cluster is that of its first member; the others keep their own.
                head = None if member.row_id == first else first
                name = clustering.name_of(cluster if head is None else [member])
                if before[member.row_id] != (head, name):
                    store.set_cluster(connection, member.row_id, head, name)
