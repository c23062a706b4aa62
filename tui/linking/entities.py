"""Entities joined across articles, one article at a time.

What an article costs depends on its own names and on how many names share their blocks.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from tui.cache import links
from tui.linking.identity import Named, one


def link(connection: sqlite3.Connection, blocks: Iterable[str]) -> None:
    """Look again at the blocks of names that an article has: which of them are one.

    All names of a block are compared, so the order in which articles came does not matter.
    """
    for block in dict.fromkeys(blocks):
        members = links.names_of_block(connection, block)
        if len(members) < 2:
            continue
        named = [Named(number, name, kind) for number, name, kind, _ in members]
        same = one(named, lambda a, b: links.named_with_both(connection, a, b))
        for number, _, _, before in members:
            if same.get(number) != before:
                links.set_same(connection, number, same.get(number))
