"""What a reader types to find something in a text, as a regular expression."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_PART = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
_WORD = re.compile(r"\w+")
_QUOTES = {"'": "['’‘ʼ]", '"': '["“”„]', "-": "[-–—‐]"}


@lru_cache(maxsize=1)
def _variants() -> dict[str, str]:
    """Each Latin letter with those that are it with a mark: `e` stands for `é` too."""
    found: dict[str, str] = {}
    for code in range(0xC0, 0x250):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base.isalpha():
            found[base] = found.get(base, base) + chr(code)
    return found


def _escaped(text: str) -> str:
    variants = _variants()
    return "".join(
        f"[{variants[char]}]" if char in variants else _QUOTES.get(char) or re.escape(char)
        for char in text
    )


def on_page(words: str) -> re.Pattern[str] | None:
    """What to look for on a page; None if nothing is.

    A blank stands for any white space, letters for themselves with any mark, straight quotes for
    curly ones. Capitals count only if one is typed (smart case).
    """
    if not words.strip():
        return None
    pattern = r"\s+".join(_escaped(part) for part in words.split())
    smart = any(char.isupper() for char in words)
    return re.compile(pattern, 0 if smart else re.IGNORECASE)


def parts(words: str) -> list[tuple[bool, list[str], bool]]:
    """A query in parts: whether it is unwanted (-), its words, and whether it is a prefix (*)."""
    found: list[tuple[bool, list[str], bool]] = []
    for minus, phrase, word in _PART.findall(words):
        if tokens := _WORD.findall(phrase or word):
            found.append((bool(minus), tokens, word.endswith("*")))
    return found


def in_library(words: str, unfinished: bool = False) -> re.Pattern[str] | None:
    """What a query of the library marks in a text; None if it asks for nothing.

    `unfinished` takes the last word as the beginning of one, as it is while it is typed.
    """
    found: list[str] = []
    asked = parts(words)
    for number, (unwanted, tokens, prefix) in enumerate(asked):
        open_end = prefix or (unfinished and number == len(asked) - 1 and is_open(words))
        if not unwanted:
            found.append(r"\W+".join(map(_escaped, tokens)) + (r"\w*" if open_end else ""))
    if not found:
        return None
    return re.compile(r"\b(?:" + "|".join(sorted(found, key=len, reverse=True)) + r")\b", re.I)


def is_open(words: str) -> bool:
    """Whether the last word may go on: nothing behind it ends it."""
    return bool(words) and (words[-1].isalnum() or words[-1] == "_") and words.count('"') % 2 == 0
