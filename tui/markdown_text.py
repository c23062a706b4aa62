"""Plain text within Markdown."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"([\\`*_\[\]<>#|~&])")


def escaped(text: str) -> str:
    """A text with the syntax of Markdown escaped."""
    text = _SIGNS.sub(r"\\\1", text)
    text = re.sub(r"^(\s*)([-+=])", r"\1\\\2", text, flags=re.MULTILINE)
    text = re.sub(r"^(\s*\d+)([.)])(?=\s|$)", r"\1\\\2", text, flags=re.MULTILINE)
    # Four spaces at the start of a line would make it a code block.
    return re.sub(r"^[ \t]+", "", text, flags=re.MULTILINE)
