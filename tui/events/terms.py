"""The content words of a sentence as terms, and how much each weighs.

The weight of a term is its inverse document frequency with sentences as documents. The frequencies
are those among the sentences of one day, smoothed by the frequencies in general English. So a word
of the topic weighs little on a day on which every sentence has it, and the weights on one day do
not depend on the articles of other days.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias
from zlib import crc32

from tui.events.triggers import triggers
from tui.nlp.gazetteer import lines
from tui.nlp.tokens import TOKEN

Vector: TypeAlias = dict[int, float]

# How many sentences of general English are added to those of a day.
_PRIOR = 100
# The share of sentences that have a term that is not in the list.
_RARE = 2e-5
_STOP = frozenset(
    """a about above after again against all also although always am amid an and another any are
    around as at away b back be became because become been before behind being below between both
    but by c came can cannot come could d despite did do does doing done down during e each either
    else even ever every for from further get gets got had has have having he her here hers herself
    him himself his how however i if in indeed instead into is it its itself just last latest least
    less let like ll made make many may me meanwhile might mine more most much must my myself near
    neither next no nor not now o of off often on once one only onto or other others our ours out
    over own per perhaps put quite rather re s said same saw say says she should since so some soon
    still such t than that the their theirs them themselves then there therefore these they this
    those though through thus to together told too toward towards two under until up upon us ve
    very via was we well went were what when where whether which while who whom whose why will with
    within without would yet you your yours monday tuesday wednesday thursday friday saturday sunday
    january february march april june july august september october november december today
    yesterday tomorrow week day month year mr mrs ms""".split()
)
_ENDINGS = ("ings", "edly", "ing", "ies", "ed", "es", "s")
_LEAST_STEM = 3


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a word: its lower case without the endings of inflection, "e" and "y".

    A noun that denotes the event of a verb has the stem of the verb, so "abstention" that of
    "abstain".
    """
    word = word.lower()
    if (known := triggers().get(word)) is not None:
        word = known.lemma
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            if ending == "s" and word.endswith(("ss", "us", "is")):
                continue
            word = word[: -len(ending)] + ("i" if ending == "ies" else "")
            if len(word) > _LEAST_STEM and word[-1] == word[-2] and word[-1] not in "aeiosl":
                word = word[:-1]
            break
    if len(word) > _LEAST_STEM and word[-1] in "ey":
        word = word[:-1] + ("i" if word[-1] == "y" else "")
    return word


def words(text: str) -> Iterator[str]:
    """The stems of the content words and numbers of a text, in order."""
    for token in TOKEN.findall(text):
        plain = token.replace(".", "")
        if len(plain) == 2 and plain.isupper():
            # Not the pronoun: "US".
            yield plain
            continue
        word = plain.lower()
        if word not in _STOP and (len(word) > 2 or word.isdigit()):
            yield stem(word)


def terms(text: str) -> tuple[int, ...]:
    """The hashes (32 bits) of the stems of the content words and numbers of a text, in order."""
    return tuple(_hash(word) for word in words(text))


@lru_cache(maxsize=65536)
def _hash(word: str) -> int:
    return crc32(word.encode())


@lru_cache(maxsize=1)
def general_frequencies() -> Mapping[int, float]:
    """The share of sentences of general English that have a term; rarer terms are missing."""
    found: dict[int, float] = {}
    for line in lines("stem_frequencies.tsv"):
        word, per_million = line.split("\t")
        found[_hash(word)] = float(per_million) / 1e6
    return found


def per_million(word: str) -> float:
    """In how many of a million sentences of general English the stem of a word stands, 0 if it is
    rare."""
    return general_frequencies().get(_hash(stem(word)), 0.0) * 1e6


def weights(sentences: Iterable[Sequence[int]]) -> Vector:
    """The inverse document frequency of each term of some sentences, which are given by terms."""
    counts: Counter[int] = Counter()
    number = 0
    for sentence in sentences:
        counts.update(set(sentence))
        number += 1
    general = general_frequencies()
    return {
        term: math.log(1 + (number + _PRIOR) / (count + _PRIOR * general.get(term, _RARE)))
        for term, count in counts.items()
    }


def vector(sentence: Sequence[int], weight: Mapping[int, float]) -> Vector:
    """The unit vector of a sentence by TF-IDF, with a logarithmic term frequency.

    The terms are in ascending order, so that sums over them do not depend on the text's order.
    """
    counts = Counter(sentence)
    raw = {term: (1 + math.log(counts[term])) * weight[term] for term in sorted(counts)}
    norm = math.sqrt(sum(value * value for value in raw.values()))
    return {term: value / norm for term, value in raw.items()} if norm else {}


def cosine(one: Vector, other: Vector) -> float:
    """The cosine of two unit vectors."""
    if len(other) < len(one):
        one, other = other, one
    return sum(value * other[term] for term, value in one.items() if term in other)


def line_vector(terms: Iterable[int]) -> Vector:
    """The unit vector of a text by the rarity of its terms in general English."""
    general = general_frequencies()
    raw = {term: -math.log(general.get(term, _RARE)) for term in sorted(set(terms))}
    norm = math.sqrt(sum(value * value for value in raw.values()))
    return {term: value / norm for term, value in raw.items()} if norm else {}
