"""Whether a text is in English, by its function words: the encoder has learnt no other language."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 6000
_LEAST_WORDS = 25
# News in English has a quarter to a third of them; Dutch and Danish, which share some, a tenth.
_SHARE = 0.15
# A brief leaves them out (scores, headlines); what is in another language has that one's.
_BRIEF = 80
_FUNCTION_WORDS = frozenset(
    """the of and to that is for with as by at from it he his her she they their has have been
    are be this these which who not were will would after before its but or about said says
    than into over when there what if out up we our you your my""".split()
)
# Those of Dutch, German, French, Spanish, Italian, Portuguese, the Scandinavian languages, Polish and
# Turkish that are no words in English.
_FOREIGN_WORDS = frozenset(
    """de het een van niet zijn dat voor met ook maar der das und ist nicht dem ein eine mit auf für
    von zu le les des et est une dans pour que qui sur pas du au el los las y es una por con para
    del se il di che è per della os um uma não com og det ikke til af på som och att är av inte
    er ved fra vil hun jeg efter ingen się nie jest ve bir""".split()
)


def is_english(text: str) -> bool:
    """Whether the beginning of a text reads as English; too short to tell counts as English.

    What has a capital tells little: a table of results is names alone, in any language.
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
