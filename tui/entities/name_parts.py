"""The parts of names of people and organisations, in a uniform spelling."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from tui.nlp.lexicon import CAPITAL_PARTICLES

_TOKEN = re.compile(r"[^\W_]+")
_SMALL = frozenset("of the and for de la in on to at".split())
_GENERATIONS = {
    "jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv",
}  # fmt: skip
# Letters that Unicode normalisation (NFKD) does not decompose.
_STROKES = str.maketrans("øØłŁđĐıß", "oOlLdDis")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$", re.IGNORECASE)
# The article of Arabic names, written together with the name: ElBaradei.
_JOINED_ARTICLE = re.compile(r"^(?:El|Al)(?=[A-Z][a-z])")
# Arabic and Hebrew particles, which are written or left out: Bashar al-Assad, Bashar Assad.
SEMITIC_PARTICLES = frozenset("al el as ad an ar az bin ibn bint ben abu".split())
_COMPANY = frozenset(
    "inc incorporated corp corporation co company ltd limited llc plc group holdings ag sa gmbh"
    " se nv".split()
)
_SAME_WORDS = {
    "defence": "defense", "centre": "center", "organisation": "organization", "labour": "labor",
    "programme": "program", "theatre": "theater", "harbour": "harbor", "saint": "st",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonName:
    """The parts of the name of a person, folded.

    `first` is "" if there is only a last name; `middle` is without Arabic and Hebrew particles, and
    `particle` says whether one precedes the last name.
    """

    first: str
    middle: tuple[str, ...]
    last: str
    generation: str = ""
    particle: bool = False


@lru_cache(maxsize=65536)
def folded(word: str) -> str:
    """A word in lower case without accents, full stops and apostrophes."""
    plain = unicodedata.normalize("NFKD", re.sub(r"[.'’]", "", word).translate(_STROKES))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def without_possessive(name: str) -> str:
    """A name without a possessive ending: Obama's is Obama."""
    return _POSSESSIVE.sub("", name)


def words_of(name: str) -> list[str]:
    """The words of a name without full stops and apostrophes; a hyphen separates words."""
    return _TOKEN.findall(re.sub(r"[.'’]", "", name))


@lru_cache(maxsize=65536)
def person_name(name: str) -> PersonName:
    """The parts of the name of a person."""
    # A hyphen separates words, so that Jong-un equals Jong Un. A name without a blank (Ben-Gvir) or
    # with only particles before its last word (Le Pen) is a last name.
    name = without_possessive(name)
    words = [folded(_JOINED_ARTICLE.sub("", word)) for word in words_of(name)]
    generation = ""
    if len(words) > 2 and words[-1] in _GENERATIONS:
        generation = _GENERATIONS[words.pop()]
    if not words:
        return PersonName("", (), folded(name), generation)
    *before, last = words
    particle = bool(before) and before[-1] in SEMITIC_PARTICLES
    if all(word in CAPITAL_PARTICLES for word in before) or " " not in name.strip():
        return PersonName("", _without_particles(before), last, generation, particle)
    return PersonName(before[0], _without_particles(before[1:]), last, generation, particle)


def _without_particles(words: list[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in SEMITIC_PARTICLES)


@lru_cache(maxsize=65536)
def organisation_words(name: str) -> tuple[str, ...]:
    """The distinctive words of the name of an organisation, in a uniform spelling."""
    words = [folded(word) for word in words_of(name.replace("&", " and "))]
    words = [_SAME_WORDS.get(word, word) for word in words if word not in _SMALL]
    while len(words) > 1 and words[-1] in _COMPANY:
        words.pop()
    return tuple(words)


def is_acronym(name: str) -> bool:
    """Whether a name is one word in capitals, of at most six letters."""
    letters = name.replace(".", "")
    return letters.isalpha() and letters.isupper() and 1 < len(letters) <= 6
