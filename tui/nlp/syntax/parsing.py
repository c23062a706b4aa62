"""Loads the parser where it can run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib import resources
from importlib.util import find_spec
from typing import TypeAlias

from tui.nlp.document import Span
from tui.nlp.syntax.model import Word

Parse: TypeAlias = Callable[[str, Sequence[Span]], list[tuple[Word, ...]]]
"""Parses spans of a text, each as one sentence (see `tui.nlp.syntax.parser.Parser.parse`)."""

_NEEDS = ("numpy", "onnxruntime")


@lru_cache(maxsize=1)
def load() -> Parse | None:
    """The parser, None if it cannot run here."""
    if not _can_run():
        return None
    try:
        from tui.nlp.syntax.parser import load_parser

        return load_parser().parse
    except Exception:
        # A broken installation can raise anything; events by patterns are better than none.
        return None


def version() -> str:
    """A string that differs whenever the same sentence would be parsed otherwise."""
    if not _can_run():
        return "unparsed"
    file = resources.files("tui.nlp.syntax").joinpath("model", "syntax.sha256")
    return f"syntax {file.read_text(encoding='ascii')[:12]}"


def _can_run() -> bool:
    return all(find_spec(package) is not None for package in _NEEDS)
