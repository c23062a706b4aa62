"""Which words of a sentence may belong to a name: the encoder reads the others only as context."""

from __future__ import annotations

from collections.abc import Sequence

from tui.language.gazetteer import Gazetteer
from tui.language.words import LISTED_NAME, OPENING

# What stands in small letters, or no letters, between the capitals of one name.
_INNER = frozenset(
    "of on the for and & ' ’ - – . \" “ ” s de du da di del dos des al el la le van von der den bin"
    " ben ibn y e et".split()
)
_LONGEST_GAP = 3
# What a name can begin with in small letters: von der Leyen, al-Qaeda, d'Estaing.
_BEFORE = frozenset(
    "al el an ar as ash at d l de del della di du da la le van von der den bin ibn".split()
)
_LINKS = frozenset("- ' ’".split())
_ENDINGS = frozenset("s t d m re ll ve".split())
# Kinds of places and bodies that some write small at the end of a name: Yellow sea, Arab league.
_BEHIND = frozenset(
    "city county island islands lake league party peninsula prison river sea state street university"
    " valley".split()
)
# Ends of names behind a comma, or before a full stop.
_SHORTENED = frozenset("Bros Co Corp Inc Jr LLC LP Ltd Plc Sr".split())


def nameable(
    words: Sequence[str], shapes: Sequence[int], bits: Sequence[int], lists: Gazetteer
) -> list[bool]:
    """Whether each word has a capital or is listed, or could belong to one that has.

    A sentence's first word is none if the lists have it in small letters and no capital follows.
    In a sentence that begins small every word may be a name. `shapes` and `bits` are those of
    `tui.language.words`.
    """
    if begins_small(words):
        return [True] * len(words)
    kept = [
        bool(bit & LISTED_NAME) or word != word.lower()
        for word, bit in zip(words, bits, strict=True)
    ]
    last = -1
    for at, word in enumerate(words):
        if kept[at] and shapes[at] == OPENING and not bits[at] & LISTED_NAME:
            follows = at + 1 < len(words) and words[at + 1][0].isupper()
            kept[at] = follows or word.lower() not in lists.small
        elif not kept[at]:
            kept[at] = _adjoins(words, kept, at)
        if kept[at]:
            gap = range(last + 1, at)
            if last >= 0 and len(gap) <= _LONGEST_GAP and all(words[n] in _INNER for n in gap):
                kept[last + 1 : at] = [True] * len(gap)
            last = at
    return kept


def begins_small(words: Sequence[str]) -> bool:
    """Whether the first word with a letter begins with a small one."""
    return next((word[0].islower() for word in words if word[0].isalpha()), False)


def _adjoins(words: Sequence[str], kept: Sequence[bool], at: int) -> bool:
    """Whether a word without capitals belongs to what stands before it (`kept` is known up to
    there) or behind: Channel 4, Arab league, Jong-un, Inc., 9th District, von der Leyen."""
    word = words[at]
    before = words[at - 1] if at else ""
    if at and kept[at - 1] and (word.isdigit() or word in _BEHIND):
        return True
    if before in _SHORTENED and word == ".":
        return True
    behind = words[at + 1] if at + 1 < len(words) else ""
    if word == "," and behind in _SHORTENED:
        return True
    if word in _LINKS:
        # Both the link and the small word behind it: Kim Jong-un.
        return bool(at and kept[at - 1]) and behind[:1].islower() and behind not in _ENDINGS
    if before in _LINKS and kept[at - 1]:
        return word.islower()
    if word in _BEFORE:
        ahead = words[at + 1 : at + 1 + _LONGEST_GAP]
        first = next((w for w in ahead if w not in _BEFORE and w not in _LINKS), "")
        return first[:1].isupper()
    return word[0].isdigit() and not word.isdigit() and behind[:1].isupper()
