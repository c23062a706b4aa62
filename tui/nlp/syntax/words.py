"""Splits a sentence into words as the English corpora of Universal Dependencies do.

Clitics are words ("do" "n't", "China" "'s"), as are signs and the parts of a compound with hyphens
("all" "-" "girl"). Numbers, dates in digits, addresses, initials, abbreviations and words with a
prefix ("non-profit") stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tui.nlp.document import Span
from tui.nlp.gazetteer import lines

# What comes before a hyphen in a word that the corpora leave whole.
_PREFIXES = (
    "anti|co|counter|cross|e|ex|extra|hyper|infra|inter|intra|macro|mega|meta|micro|mid|mini|multi"
    "|neo|non|over|para|photo|post|pre|pro|pseudo|quasi|re|semi|sub|super|trans|ultra|un|uni"
)
# The alternatives are tried in this order. Those that may fail after a long run of characters that
# the next word does not take are bounded, so that a text without blanks takes linear time.
_WORD = re.compile(
    rf"""
      (?:https?://|www\.)[^\s<>"”’)\]]*[^\s<>"”’)\].,;:!?]     # a web address
    | [\w.+-]{{1,64}}@[\w-]+(?:\.[\w-]+)+                             # an e-mail address
    | [@\#]\w+
    | \w{{1,64}}\.(?:com|org|net|gov|edu|co\.uk)\b
    | \d+(?:[.,:/]\d+)+(?:st|nd|rd|th|s|m|bn|k)?               # 1,200, 3.5m, 9/11, 12:30
    | \d{{3,4}}-\d{{3,4}}(?:-\d{{4}})?(?!\w)                   # a telephone number
    | \d{{4}}-\d{{2}}-\d{{2}}(?!\w)
    | \d+(?=[ap]\.?m\b)                                        # 5 in 5pm
    | (?:[^\W\d_]\.)+[^\W\d_]\.(?![^\W\d_])                    # U.S.
    | (?:[^\W\d_]\.){{2,}}
    | (?:{_PREFIXES})-[^\W\d_]+(?:['’](?![a-zA-Z]{{1,2}}\b)[^\W\d_]+)?
    | [^\W\d_]{{1,2}}&[^\W\d_]{{1,2}}(?!\w)                           # AT&T
    | ['’]\d\ds?(?!\w)                                         # '90s
    | [^\W\d_]+n['’]t(?!\w)
    | [^\W_]+(?:(?:['’](?![a-zA-Z]{{1,2}}(?!\w))|(?<=\b[OoDdLl])['’])[^\W\d_]+)*  # O'Neill, Shi'ite
    | ['’](?:s|m|d|ll|re|ve)(?!\w)
    | `` | '' | ’’ | ‘‘ | [!?]+ | ([^\w\s()\[\]{{}}"“”'‘’,])\1+ | _+
    | \S
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NEGATED = re.compile(r"[^\W\d_]+(?=n['’]t$)", re.IGNORECASE)
_FUSED = re.compile(r"(can)not|(gon)na|(wan)na|(got)ta|(gim)me|(lem)me", re.IGNORECASE)
# Abbreviations that keep their full stop at the end of a sentence as well.
_KEPT = frozenset("al co corp etc inc jr ltd sr".split())
_FULL_STOP = ".!?…"


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    return frozenset(lines("abbreviations.txt"))


def words(text: str, start: int, end: int) -> list[Span]:
    """The spans of the words of a sentence.

    Args:
        text: the text that the sentence stands in.
        start: where the sentence begins, in code points.
        end: where it ends.

    Returns:
        The spans in the order of the text, in code points of `text`. They do not overlap and cover
        everything but white space.
    """
    found: list[Span] = []
    for match in _WORD.finditer(text, start, end):
        found += _parts(text, *match.span())
    return _with_stops(text, found)


def _parts(text: str, start: int, end: int) -> Iterator[Span]:
    cut = _cut(text[start:end])
    if cut:
        yield start, start + cut
        yield start + cut, end
    else:
        yield start, end


@lru_cache(maxsize=1 << 16)
def _cut(word: str) -> int:
    """Where a word that stands for two is cut, 0 if it is one word."""
    negated = _NEGATED.match(word)
    if negated:
        return negated.end()
    fused = _FUSED.fullmatch(word)
    return fused.end(fused.lastindex or 0) if fused else 0


def _with_stops(text: str, found: list[Span]) -> list[Span]:
    """The spans with the full stop of an abbreviation joined to it.

    At the end of the sentence, most abbreviations leave it to the sentence.
    """
    joined: list[Span] = []
    last = len(found) - 1
    while (
        last > 0 and not text[found[last][0]].isalnum() and text[found[last][0]] not in _FULL_STOP
    ):
        last -= 1
    for at, (start, end) in enumerate(found):
        if joined and text[start:end] == "." and joined[-1][1] == start:
            before = text[slice(*joined[-1])]
            kept = before.lower() in (_KEPT if at == last else _abbreviations())
            single = len(before) == 1 and before.isupper() and before != "I" and at != last
            if kept or single:
                joined[-1] = (joined[-1][0], end)
                continue
        joined.append((start, end))
    return joined
