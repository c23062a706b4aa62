"""Tokens: runs of letters and digits, and dotted acronyms as one."""

from __future__ import annotations

import re
from dataclasses import replace

from tui.nlp.document import Document

TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+")


def tokenize(document: Document) -> Document:
    """The document with its tokens."""
    tokens = tuple(match.span() for match in TOKEN.finditer(document.text))
    return replace(document, tokens=tokens)
