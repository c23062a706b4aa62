"""Splits a sentence into clauses at the words and punctuation marks that begin a clause."""

from __future__ import annotations

import re
from collections import deque

from tui.nlp.document import Span

_BREAK = re.compile(
    r"(?:;\s+|:\s+|\s+[–—]\s*|—|\s+-\s+)"
    r"|,\s+(?=(?:and|but|yet|so|or|while|who|which|in which|whose|where|when|as|after|before|with|because|since"
    r"|although|though|unless|instead|despite|citing|saying|adding|calling|leading|prompting|causing|forcing"
    r"|killing|injuring|wounding|leaving|highlighting|marking|signal?ling|underscoring|suggesting|raising"
    r"|stating|insisting|warning|following|including|in protest|just|even|whereas|then)\b)"
    r"|\s+(?=(?:after|before|while|because|although|whereas|when|until|unless|in which|at which|during which|which|who|whose|since)\b"
    r"(?!\s+(?:the|that|this) (?:war|day|week|month|year|start|end)\b))"
    r"|(?<=\w)\s+(?=(?:and|but) (?:he|she|they|it|we|has|have|had|is|are|was|were|will|would|said|also|that|later"
    r"|[a-z]+ed)\b)"
    r"|(?<=,)\s+(?=(?:the|an?|his|her|its|their|former|[A-Z][\w.’'-]*)\s)"
)
# An apposition between a name and its verb: "Kamala Harris, the vice president, wants".
APPOSITION = re.compile(
    r"(?<![\w’'.-])([A-Z][\w’'.-]{1,40})(,\s+(?:the|an?|his|her|its|their|who|whose|former|once|one of|head|leader|along with|together with)\b"
    r"[^,;:.]{3,90}(?:, [^,;:.]{3,60})?,)\s+(?=[a-z])"
)
_LEAST = 12
_MOST = 800


def _bounded(text: str, cuts: list[int], end: int) -> list[int]:
    """The cuts, with further ones in clauses of more than `_MOST` characters.

    The length has to be bounded because event extraction searches back and forth within a clause.
    """
    bounded: list[int] = []
    for begin, stop in zip(cuts, [*cuts[1:], end], strict=True):
        bounded.append(begin)
        while stop - begin > _MOST:
            blank = text.find(" ", begin + _MOST // 2, begin + _MOST)
            begin = blank + 1 if blank >= 0 else begin + _MOST
            bounded.append(begin)
    return bounded


def clauses(text: str, start: int, end: int) -> list[Span]:
    """The spans of the clauses of a sentence, in order.

    They exclude blanks and punctuation marks at their edges. `start` and `end` are the span of the
    sentence; all offsets are code points of `text`.
    """
    cuts = [start]
    kept = deque(match.span(2) for match in APPOSITION.finditer(text, start, end))
    for match in _BREAK.finditer(text, start, end):
        while kept and kept[0][1] <= match.start():
            kept.popleft()
        if kept and kept[0][0] <= match.start():
            continue
        if match.start() - cuts[-1] >= _LEAST and end - match.end() >= _LEAST:
            cuts.append(match.end())
    cuts = _bounded(text, cuts, end)
    spans: list[Span] = []
    for begin, stop in zip(cuts, [*cuts[1:], end], strict=True):
        while begin < stop and text[begin] in " ,;:–—-":
            begin += 1
        while stop > begin and text[stop - 1] in " ,;:–—-":
            stop -= 1
        if stop > begin:
            spans.append((begin, stop))
    return spans
