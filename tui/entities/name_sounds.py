"""Phonetic keys of names, and given names that are forms of one another."""

from __future__ import annotations

import re
from functools import lru_cache

from tui.entities.name_parts import PersonName, folded
from tui.nlp.gazetteer import gazetteer, lines

_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("tsch|tch", "ch"), ("ph", "f"), ("kh", "h"), ("gh", "g"), ("dh", "d"), ("dzh|zh|dj", "j"),
        ("ck", "k"), ("q", "k"), ("c(?![eiyh])", "k"), ("sch", "sh"), ("w", "v"),
        ("(?<=.)(?:iy|yi|ij|y+|ii)$", "i"), ("(?<=v)ych$", "ich"), ("j", "y"),
        ("^ye", "e"), ("ou|oo", "u"), ("ee", "i"),
        ("th", "t"), (r"(.)\1+", r"\1"), ("d$", "t"), ("(?<=[aeiou])h$", ""),
    )
)  # fmt: skip
# The vowels of Arabic are a, i and u, which are romanised in many ways; its qaf is written q, k, g,
# gh or kh. The letters у and ы of Russian and и of Ukrainian are written y, i or u.
_ROMANISED = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("^[gh]", "k"), ("a?[ey]+i?|[ae]i", "i"), ("au|o", "u"), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip
_SLAVIC = re.compile("(?:[eo]va?|enko|ski)$")


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """A phonetic key of a folded word, the same for spellings of a name that sound alike."""
    for pattern, letters in _SOUNDS:
        word = pattern.sub(letters, word)
    return word


@lru_cache(maxsize=65536)
def coarse_sound(word: str) -> str:
    """A coarser key of a folded word, the same for the ways to romanise a name of another script.

    Names of one script often have it in common too: Meyer and Mayer.
    """
    word = sound(word)
    for pattern, letters in _ROMANISED:
        word = pattern.sub(letters, word)
    return word


@lru_cache(maxsize=1)
def first_names() -> frozenset[str]:
    """The given names of the lists, folded."""
    return frozenset(folded(name) for name in gazetteer().first_names)


@lru_cache(maxsize=1)
def _groups() -> dict[str, str]:
    return _representatives("nicknames.txt") | _romanised()


@lru_cache(maxsize=1)
def _romanised() -> dict[str, str]:
    return _representatives("romanised_names.txt")


def _representatives(file: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines(file):
        first, *others = (folded(name) for name in line.split())
        for name in (first, *others):
            found.setdefault(name, first)
    return found


def given_name(first: str) -> str:
    """The given name that a short form or another spelling stands for, else the name itself."""
    return _groups().get(first, first)


def last_names_alike(one: PersonName, other: PersonName) -> bool:
    """Whether the last names may be spellings of one name.

    Other vowels are allowed only if the names are romanised from another script, as a given name of
    either, or an Arabic particle or a Slavic ending of both, says.
    """
    if sound(one.last) == sound(other.last):
        return True
    if coarse_sound(one.last) != coarse_sound(other.last):
        return False
    known = _romanised()
    return (
        any(name in known for name in (one.first, *one.middle, other.first, *other.middle))
        or (one.particle and other.particle)
        or all(_SLAVIC.search(sound(name.last)) is not None for name in (one, other))
    )
