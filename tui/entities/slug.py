"""Ids of entities, made from their names."""

from __future__ import annotations

import re
import unicodedata

from tui.ids import EntityId

SINGLE_NAME_SUFFIX = "-per"
"""The end of the id of a person who is known by one name only."""


def slug(name: str) -> EntityId:
    """A name as an id: lower case, without accents and punctuation, words joined by hyphens."""
    folded = unicodedata.normalize("NFKD", name)
    kept = "".join(c for c in folded if not unicodedata.combining(c)).casefold()
    return re.sub(r"[\W_]+", "-", re.sub(r"[.'’]", "", kept)).strip("-") or "unnamed"
