"""Decides by its function words whether a text is in English.

The encoder is trained on English only.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tui.nlp.document import Document

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 6000
_LEAST_WORDS = 25
# Function words make up a quarter to a third of the words of English news, but a tenth of those of
# Dutch and Danish, which share some of them.
_SHARE = 0.15
# Texts with fewer words (scores, headlines) omit function words, so that they count as English
# unless they have more function words of other languages.
_BRIEF = 80
_FUNCTION_WORDS = frozenset(
    """the of and to that is for with as by at from it he his her she they their has have been
    are be this these which who not were will would after before its but or about said says
    than into over when there what if out up we our you your my""".split()
)
# Function words of Dutch, German, French, Spanish, Italian, Portuguese, the Scandinavian languages,
# Polish and Turkish that are not among the English ones above.
_FOREIGN_WORDS = frozenset(
    """de het een van niet zijn dat voor met ook maar der das und ist nicht dem ein eine mit auf für
    von zu le les des et est une dans pour que qui sur pas du au el los las y es una por con para
    del se il di che è per della os um uma não com og det ikke til af på som och att är av inte
    er ved fra vil hun jeg efter ingen się nie jest ve bir""".split()
)


def identify_language(document: Document) -> Document:
    """The document with `english` set."""
    return replace(document, english=is_english(document.text))


def is_english(text: str) -> bool:
    """Whether the beginning of a text is in English; True if it is too short to decide.

    Capitalised words are ignored unless most words are in capitals, because a table of results
    consists of names alone in any language.
    """
    words = _WORD.findall(text[:_SAMPLE])
    letters = sum(map(len, words))
    if letters >= _LEAST_WORDS and sum(w.isascii() for w in words) < 0.5 * len(words):
        return False
    shouted = 2 * sum(word.isupper() for word in words) > len(words)
    small = [word.lower() for word in words if shouted or not word[0].isupper()]
    if len(small) < _LEAST_WORDS:
        return True
    ours = sum(word in _FUNCTION_WORDS for word in small)
    if len(small) < _BRIEF:
        return ours >= sum(word in _FOREIGN_WORDS for word in small)
    return ours >= _SHARE * len(small)
