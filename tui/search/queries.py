"""The queries that the reader types: as FTS5 queries, and as regular expressions."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_PART = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
_WORD = re.compile(r"\w+")
_QUOTES = {"'": "['’‘ʼ]", '"': '["“”„]', "-": "[-–—‐]"}


@lru_cache(maxsize=1)
def _variants() -> dict[str, str]:
    """Each ASCII letter, followed by its forms with a diacritic: a query of `e` also finds `é`."""
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


def page_pattern(words: str) -> re.Pattern[str] | None:
    """The regular expression of a query on a page, None if the query is blank.

    White space matches any white space, a letter without a diacritic also matches its forms with
    one, and straight quotes and hyphens match their typographic forms. The search is case-sensitive
    only if the query has a capital (smart case).
    """
    if not words.strip():
        return None
    pattern = r"\s+".join(_escaped(part) for part in words.split())
    smart = any(char.isupper() for char in words)
    return re.compile(pattern, 0 if smart else re.IGNORECASE)


def parts(words: str) -> list[tuple[bool, list[str], bool]]:
    """The parts of a query: whether each is excluded (-), its words, whether it is a prefix (*)."""
    found: list[tuple[bool, list[str], bool]] = []
    for minus, phrase, word in _PART.findall(words):
        if tokens := _WORD.findall(phrase or word):
            found.append((bool(minus), tokens, word.endswith("*")))
    return found


def library_pattern(words: str, unfinished: bool = False) -> re.Pattern[str] | None:
    """The regular expression of a query of the library, None if there is nothing to find.

    It matches any part of the query that is not excluded. If `unfinished`, the final word is a
    prefix, because the reader may still be typing it.
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
    """Whether the final word may be unfinished: it ends the query, and all quotes are closed."""
    return bool(words) and (words[-1].isalnum() or words[-1] == "_") and words.count('"') % 2 == 0


def fts_query(words: str, unfinished: bool = False) -> str:
    """The FTS5 query of words that the reader typed: all words, "phrases", prefix*, -not.

    No input is an error: characters that have a meaning in FTS5 are treated as spaces. The query is
    "" if there is nothing to search for. If `unfinished`, the final word is a prefix, because the
    reader may still be typing it.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    asked = parts(words)
    for number, (minus, tokens, prefix) in enumerate(asked):
        open_end = prefix or (unfinished and number == len(asked) - 1 and is_open(words))
        (unwanted if minus else wanted).append('"' + " ".join(tokens) + '"' + "*" * open_end)
    if not wanted:
        return ""
    query = " AND ".join(wanted)
    return f"({query}) NOT ({' OR '.join(unwanted)})" if unwanted else query
