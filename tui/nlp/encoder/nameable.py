"""Selects the words of a sentence that may belong to a name.

The encoder classifies only these words and reads the others as context.
"""

from __future__ import annotations

from collections.abc import Sequence

from tui.nlp.encoder.word_features import LISTED_NAME, OPENING
from tui.nlp.gazetteer import Gazetteer
from tui.nlp.lexicon import NAME_PARTICLES

# Words in lower case and signs that occur between the capitalised words of a name.
_INNER = NAME_PARTICLES | frozenset("of on the for and & ' ’ - – . \" “ ” s des y e et".split())
_LONGEST_GAP = 3
# Words in lower case that a name can begin with: von der Leyen, al-Qaeda, d'Estaing. "do" is left
# out because the English verb is more frequent before a name than the Portuguese particle.
_BEFORE = NAME_PARTICLES - {"do"} | frozenset("an ar as ash at d l".split())
_LINKS = frozenset("- ' ’".split())
_ENDINGS = frozenset("s t d m re ll ve".split())
# Kinds of locations and organisations that some texts write in lower case at the end of a name:
# Yellow sea, Arab league.
_LOWER_CASE_ENDINGS = frozenset(
    "city county island islands lake league party peninsula prison river sea state street"
    " university valley".split()
)
# Abbreviations at the end of a name, after a comma or before a full stop.
_SHORTENED = frozenset("Bros Co Corp Inc Jr LLC LP Ltd Plc Sr".split())


def nameable(
    words: Sequence[str], shapes: Sequence[int], bits: Sequence[int], lists: Gazetteer
) -> list[bool]:
    """Whether each word of a sentence may belong to a name.

    A word may if it has a capital, is listed as a location, an organisation or a people, or adjoins
    or connects such words. The first word may not if it is a listed common word and the next word
    does not begin with a capital. In a sentence that begins in lower case every word may.

    Args:
        words: the words of the sentence.
        shapes: the result of `word_features.shapes` for the words.
        bits: the result of `word_features.listed` for the words.
        lists: the lists of names and common words.
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
            kept[at] = follows or word.lower() not in lists.lower_case_words
        elif not kept[at]:
            kept[at] = _adjoins(words, kept, at)
        if kept[at]:
            gap = range(last + 1, at)
            if last >= 0 and len(gap) <= _LONGEST_GAP and all(words[n] in _INNER for n in gap):
                kept[last + 1 : at] = [True] * len(gap)
            last = at
    return kept


def begins_small(words: Sequence[str]) -> bool:
    """Whether the first word that begins with a letter begins with a lower-case letter."""
    return next((word[0].islower() for word in words if word[0].isalpha()), False)


def _adjoins(words: Sequence[str], kept: Sequence[bool], at: int) -> bool:
    """Whether a word without capitals belongs to a name before or after it.

    Examples are Channel 4, Arab league, Jong-un, Inc., 9th District and von der Leyen. `kept` is
    final for the words before `at`.
    """
    word = words[at]
    before = words[at - 1] if at else ""
    if at and kept[at - 1] and (word.isdigit() or word in _LOWER_CASE_ENDINGS):
        return True
    if before in _SHORTENED and word == ".":
        return True
    behind = words[at + 1] if at + 1 < len(words) else ""
    if word == "," and behind in _SHORTENED:
        return True
    if word in _LINKS:
        # The link belongs to the name if a lower-case word follows, as in Kim Jong-un.
        return bool(at and kept[at - 1]) and behind[:1].islower() and behind not in _ENDINGS
    if before in _LINKS and kept[at - 1]:
        return word.islower()
    if word in _BEFORE:
        ahead = words[at + 1 : at + 1 + _LONGEST_GAP]
        first = next((w for w in ahead if w not in _BEFORE and w not in _LINKS), "")
        return first[:1].isupper()
    return word[0].isdigit() and not word.isdigit() and behind[:1].isupper()
