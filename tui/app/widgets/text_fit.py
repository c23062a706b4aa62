"""Fits text of any script into a number of terminal cells."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

ELLIPSIS = "…"


def fit(text: str, width: int) -> str:
    """A text of exactly `width` cells: padded at the right, or cut with an ellipsis."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(set_cell_size(text, width - 1).rstrip() + ELLIPSIS, width)


def fit_words(text: str, width: int) -> str:
    """A text of exactly `width` cells: padded at the right, or cut behind a word, with an
    ellipsis."""
    if width <= 0 or cell_len(text) <= width:
        return fit(text, width)
    cut = set_cell_size(text, width - 1)
    words = cut.rsplit(" ", 1)[0] if " " in cut.strip() else cut
    return set_cell_size(words.rstrip(" ,;:") + ELLIPSIS, width)


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 article`, `1,200 articles`."""
    return f"{number:,} {noun}" + "s" * (number != 1)


def fit_right(text: str, width: int) -> str:
    """A text of exactly `width` cells: padded at the left, or cut with an ellipsis."""
    length = cell_len(text)
    return " " * (width - length) + text if length <= width else fit(text, width)
