"""Names as ids."""

from __future__ import annotations

import re
import unicodedata

# What the id of a person ends in who is known by one name only.
LONE = "-per"


def slug(name: str) -> str:
    """A name as an id: lower case, without accents and signs, words joined by hyphens."""
    folded = unicodedata.normalize("NFKD", name)
    kept = "".join(c for c in folded if not unicodedata.combining(c)).casefold()
    return re.sub(r"[\W_]+", "-", re.sub(r"[.'’]", "", kept)).strip("-") or "unnamed"
