"""The words that the encoder reads, with their shapes and their entries in the lists of names.

Shapes are separate features because the encoder's vocabulary is uncased.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from tui.nlp.gazetteer import Gazetteer

# A dotted acronym is one word; every other sign is a separate word, as in BERT's pre-tokenisation.
WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+|[^\w\s]|_")

SHAPES = 12
(
    _LOWER,
    _INITIAL,
    _CAPITALS,
    _MIXED,
    _DIGITS,
    SIGN,
    _SINGLE,
    OPENING,
    _DOTTED,
    _ALPHANUMERIC,
    _SHOUTED,
    _TITLED,
) = range(SHAPES)

# Words that are written in lower case in a title.
TITLE_LOWER_CASE = frozenset(
    "a an and as at but by for from in into of on or the to vs with".split()
)

# The features of a word, alone or as a part of a listed phrase, one bit each: the kinds of entries,
# first name, part of a phrase of several words, not the first word of a phrase.
LISTS = ("LOC", "ORG", "NORP", "TITLE", "NONE", "first name", "phrase", "inside")
# The bits of LOC, ORG and NORP.
LISTED_NAME = 0b111


def shapes(words: Sequence[str]) -> list[int]:
    """The shape of each word of a sentence, from 0 to SHAPES - 1.

    Capitals carry little information in a headline, so that they have separate shapes there.
    """
    letters = [word for word in words if word[0].isalpha()]
    large = sum(word[0].isupper() for word in letters)
    shouted = _shouted(letters)
    long = [word for word in letters if len(word) > 3]
    titled = len(letters) > 3 and large > 3 and all(word[0].isupper() for word in long)
    found: list[int] = []
    opening = True
    for word in words:
        shape = _shape(word)
        if shouted and shape in (_CAPITALS, _SINGLE):
            shape = _SHOUTED
        elif titled and shape in (_INITIAL, _SINGLE):
            shape = _TITLED
        elif opening and shape == _INITIAL:
            shape = OPENING
        opening = opening and shape == SIGN
        found.append(shape)
    return found


def _shouted(letters: Sequence[str]) -> bool:
    return len(letters) > 3 and all(word.isupper() for word in letters)


def _in_running_text(word: str) -> str:
    """A word of a headline in capitals, with the case that it has in running text."""
    return word.lower() if word.lower() in TITLE_LOWER_CASE else word.capitalize()


@lru_cache(maxsize=1 << 16)
def _shape(word: str) -> int:
    first = word[0]
    if word.isdigit():
        return _DIGITS
    if not first.isalnum():
        return SIGN
    if "." in word:
        return _DOTTED
    if any(char.isdigit() for char in word):
        return _ALPHANUMERIC
    if word.islower() or not first.isupper():
        return _LOWER if word == word.lower() else _MIXED
    if len(word) == 1:
        return _SINGLE
    if word.isupper():
        return _CAPITALS
    return _INITIAL if word[1:].islower() else _MIXED


def list_features(words: Sequence[str], lists: Gazetteer) -> list[int]:
    """The features of each word from the lists, as a sum of `1 << n` for the n-th item of `LISTS`.

    The words of a headline in capitals are looked up with the case of running text.
    """
    written = tokens = list(words)
    if _shouted([word for word in written if word[0].isalpha()]):
        tokens = [_in_running_text(word) for word in written]
    bits = [0] * len(tokens)
    at = 0
    while at < len(tokens):
        if tokens[at] in lists.first_names:
            bits[at] |= 32
        known = lists.match(tokens, at) if tokens[at] in lists.longest else None
        # In a headline in capitals, a single word is first looked up unchanged, because it may be
        # an acronym (US, UN). Phrases keep the case of running text: LA PAZ is La Paz.
        if tokens is not written and (known is None or known[0] == 1):
            known = lists.match(written, at) or known
        if known is None:
            at += 1
            continue
        length, entry = known
        kind = 1 << LISTS.index(entry.kind)
        for inner in range(at, at + length):
            bits[inner] |= kind | (64 if length > 1 else 0) | (128 if inner > at else 0)
        at += length
    return bits
