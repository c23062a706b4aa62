"""The types of the ids that the program passes around.

An article has two: the hash of its text, which outlives the cache, and the row of the cache that
holds it. Entities are named by a slug, events by their row.
"""

from __future__ import annotations

from typing import TypeAlias

ArticleHash: TypeAlias = str
"""16 hexadecimal digits of the BLAKE2b hash of an article's text."""

RowId: TypeAlias = int
"""The integer primary key of an article or an event in one cache."""

EntityId: TypeAlias = str
"""The slug of an entity's name, the same in every article that names it so."""
