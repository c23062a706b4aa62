"""Entities joined across articles, one article at a time.

What an article costs depends on its own names and on how many names share their blocks.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tui.cache import links
from tui.linking import identity
from tui.linking.identity import Named, one
from tui.model import Entity


def save(
    connection: sqlite3.Connection,
    article: int,
    named: Sequence[tuple[Entity, Mapping[str, int]]],
) -> None:
    """Write the entities of an article, with how each is spelt how often.

    One that is known keeps the better of its two names, whichever came first.
    """
    known = links.names_by_id(connection, [entity.id for entity, _ in named])
    rows: list[tuple[Entity, str, Mapping[str, int]]] = []
    for entity, spellings in named:
        name = identity.better(known.get(entity.id, entity.name), entity.name)
        block = identity.block(name, entity.kind)
        rows.append((replace(entity, name=name), block, spellings))
    links.save_entities(connection, article, rows)


def link(connection: sqlite3.Connection, blocks: Iterable[str]) -> None:
    """Look again at the blocks of names that an article has: which of them are one.

    All names of a block are compared, so the order in which articles came does not matter.
    """
    for block in dict.fromkeys(blocks):
        members = links.names_of_block(connection, block)
        named = [Named(number, name, kind) for number, name, kind, _ in members]
        same = one(named, lambda a, b: links.named_with_both(connection, a, b))
        for number, _, _, before in members:
            if same.get(number) != before:
                links.set_same(connection, number, same.get(number))
