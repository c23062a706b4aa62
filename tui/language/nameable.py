"""Which words of a sentence may belong to a name: the encoder reads the others only as context."""

from __future__ import annotations

from collections.abc import Sequence

from tui.language.gazetteer import Gazetteer
from tui.language.words import LISTED_NAME, OPENING

# What stands in small letters, or no letters, between the capitals of one name.
_INNER = frozenset(
    "of the for and & ' ’ - – . s de du da di del dos al el la le van von der den bin ben ibn y e"
    .split()
)  # fmt: skip
_LONGEST_GAP = 3


def nameable(
    words: Sequence[str], shapes: Sequence[int], bits: Sequence[int], lists: Gazetteer
) -> list[bool]:
    """Whether each word has a capital or is listed, follows one as a number, or joins two.

    A sentence's first word is none if the lists have it in small letters and no capital follows.
    `shapes` and `bits` are those of `tui.language.words`.
    """
    kept = [
        bool(bit & LISTED_NAME) or word != word.lower()
        for word, bit in zip(words, bits, strict=True)
    ]
    last = -1
    for at, word in enumerate(words):
        if kept[at] and shapes[at] == OPENING and not bits[at] & LISTED_NAME:
            follows = at + 1 < len(words) and words[at + 1][0].isupper()
            kept[at] = follows or word.lower() not in lists.small
        elif not kept[at] and word.isdigit():
            kept[at] = at > 0 and kept[at - 1]
        if kept[at]:
            gap = range(last + 1, at)
            if last >= 0 and len(gap) <= _LONGEST_GAP and all(words[n] in _INNER for n in gap):
                kept[last + 1 : at] = [True] * len(gap)
            last = at
    return kept
