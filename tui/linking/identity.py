"""Which names of a library are one (cross-document entity coreference), by rules that would rather
miss than mistake.

Names are compared only within their block, in the time of its size. What differs by more than
accents, case and middle names has to be named together with the same others too.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tui.language.entities import PARTICLES
from tui.language.gazetteer import gazetteer, key, lines
from tui.model import EntityKind

# How many entities two names must be named together with, at least, by how they differ.
NICKNAME, ACRONYM, SPELLING = 3, 2, 4
# A last name of several is that of the one who shares so many times as many others with it.
_CLEARLY = 3

_TOKEN = re.compile(r"[^\W_]+")
_SMALL = frozenset("of the and for de la in on to at".split())
_GENERATIONS = {
    "jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv",
}  # fmt: skip
# Letters that no decomposition takes apart.
_STROKES = str.maketrans("øØłŁđĐıß", "oOlLdDis")
_COMPANY = frozenset(
    "inc incorporated corp corporation co company ltd limited llc plc group holdings ag sa gmbh"
    " se nv".split()
)
_SAME_WORDS = {
    "defence": "defense", "centre": "center", "organisation": "organization", "labour": "labor",
    "programme": "program", "theatre": "theater", "harbour": "harbor", "saint": "st",
}  # fmt: skip
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("ph", "f"), ("kh", "h"), ("gh", "g"), ("ck", "k"), ("q", "k"), ("c(?![eiyh])", "k"),
        ("sch", "sh"), ("w", "v"), ("j", "y"), ("ou|oo", "u"), ("ee", "i"), ("th", "t"),
        (r"(.)\1+", r"\1"), ("d$", "t"), ("(?<=.)h$", ""),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """A name of the library with its number."""

    number: int
    name: str
    kind: EntityKind


Together = Callable[[int, int], int]


@lru_cache(maxsize=65536)
def folded(word: str) -> str:
    """A word in small letters without accents, dots and apostrophes."""
    plain = unicodedata.normalize("NFKD", re.sub(r"[.'’]", "", word).translate(_STROKES))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """A folded word as those write it who hear it: one key for the spellings of one name."""
    for pattern, letters in _SOUNDS:
        word = pattern.sub(letters, word)
    return word


@lru_cache(maxsize=1)
def _first_names() -> frozenset[str]:
    return frozenset(folded(name) for name in gazetteer().first_names)


@lru_cache(maxsize=1)
def _nicknames() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines("nicknames.txt"):
        first, *others = (folded(name) for name in line.split())
        for name in (first, *others):
            found.setdefault(name, first)
    return found


def block(name: str, kind: EntityKind) -> str:
    """What the names of one have in common whatever their form; names of two blocks are two."""
    if kind == "PER":
        person = _person(name)
        return f"PER {sound(person.last)}"
    if kind == "ORG":
        words = _organisation(name)
        letters = name.replace(".", "")
        if len(words) > 1:
            return "ORG " + "".join(word[0] for word in words)
        if letters.isupper() and 1 < len(letters) <= 6:
            return f"ORG {letters.lower()}"
        return "ORG =" + sound("".join(words))
    return f"{kind} " + " ".join(sound(folded(word)) for word in _words(name))


def one(members: Sequence[Named], together: Together) -> dict[int, int]:
    """Of the members of a block, the number of each that is another to that other's number.

    `together` tells how many others two are both named with.
    """
    same = _Sets(member.number for member in members)
    kinds: dict[str, list[Named]] = defaultdict(list)
    for member in members:
        kinds[member.kind].append(member)
    for kind, own in kinds.items():
        if kind == "PER":
            _people(own, same, together)
        elif kind == "ORG":
            _organisations(own, same, together)
        else:
            _places(own, same, together)
    return same.pointers({m.number: _merit(m) for m in members})


def _merit(member: Named) -> tuple[int, int, str]:
    """The fullest good form stands for all: the most words, no bare acronym, then by letter."""
    acronym = member.name.replace(".", "").isupper()
    words = len(_TOKEN.findall(member.name))
    return (0 if acronym else 1, words, "".join(chr(0x10FFFF - ord(c)) for c in member.name))


def better(one: str, other: str) -> str:
    """The better of two ways to write a name: not all in capitals, with its accents."""

    def merit(name: str) -> tuple[bool, int, str]:
        return name.isupper() and len(name) > 5, -sum(not c.isascii() for c in name), name

    return min(one, other, key=merit)


class _Sets:
    """Disjoint sets of numbers."""

    def __init__(self, numbers: Iterable[int]) -> None:
        self._above = {number: number for number in numbers}

    def top(self, number: int) -> int:
        while self._above[number] != number:
            number = self._above[number]
        return number

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.top(one), self.top(other)))
        self._above[second] = first

    def pointers(self, merits: dict[int, tuple[int, int, str]]) -> dict[int, int]:
        sets: dict[int, list[int]] = defaultdict(list)
        for number in self._above:
            sets[self.top(number)].append(number)
        found: dict[int, int] = {}
        for numbers in sets.values():
            best = max(numbers, key=lambda number: merits[number])
            found |= {number: best for number in numbers if number != best}
        return found


@dataclass(frozen=True, slots=True)
class _Person:
    first: str
    middle: tuple[str, ...]
    last: str
    generation: str


@lru_cache(maxsize=65536)
def _person(name: str) -> _Person:
    # Jong-un is Jong Un, Ben-Gvir is Ben Gvir; alone, either is a last name, as is Le Pen.
    words = [folded(word) for word in _words(name)]
    generation = ""
    if len(words) > 2 and words[-1] in _GENERATIONS:
        generation = _GENERATIONS[words.pop()]
    if not words:
        return _Person("", (), folded(name), generation)
    if all(word in PARTICLES for word in words[:-1]) or " " not in name.strip():
        return _Person("", tuple(words[:-1]), words[-1], generation)
    return _Person(words[0], tuple(words[1:-1]), words[-1], generation)


def _people(members: Sequence[Named], same: _Sets, together: Together) -> None:
    full: dict[tuple[str, str, str], list[Named]] = defaultdict(list)
    initials: list[Named] = []
    lone: list[Named] = []
    for member in members:
        person = _person(member.name)
        if not person.first:
            lone.append(member)
        elif len(person.first) == 1:
            initials.append(member)
        else:
            full[person.first, person.last, person.generation].append(member)
    for group in full.values():
        _middles(group, same)
    _alike(list(full.items()), same, together)
    for member in initials:
        person = _person(member.name)
        fitting = {
            same.top(m.number)
            for (first, last, generation), group in full.items()
            if first[0] == person.first and last == person.last
            and generation == person.generation
            for m in group
        }  # fmt: skip
        if len(fitting) == 1:
            same.join(member.number, fitting.pop())
    bearers = [m for group in full.values() for m in group] + initials
    alone: dict[str, int] = {}
    for member in lone:
        person = _person(member.name)
        same.join(
            alone.setdefault(" ".join((*person.middle, person.last)), member.number), member.number
        )
    for name, number in alone.items():
        owner = _owner(name.split()[-1], number, bearers, same, together)
        if owner is not None:
            same.join(number, owner)


def _owner(
    last: str, lone: int, bearers: Sequence[Named], same: _Sets, together: Together
) -> int | None:
    """Whose a lone last name is: the only one who bears it, or the one who clearly shares the most
    others with it. What is a first name too needs more of them: King Charles is no Ray Charles."""
    least = SPELLING if last in _first_names() else 0
    shared: dict[int, int] = defaultdict(int)
    for bearer in bearers:
        if _person(bearer.name).last == last:
            top = same.top(bearer.number)
            shared[top] = max(shared[top], together(lone, bearer.number))
    ranked = sorted(shared.items(), key=lambda pair: -pair[1])
    if not ranked or ranked[0][1] < least:
        return None
    if len(ranked) > 1:
        first, second = ranked[0][1], ranked[1][1]
        if first < SPELLING or first < _CLEARLY * max(1, second):
            return None
    return ranked[0][0]


def _middles(group: Sequence[Named], same: _Sets) -> None:
    """Join people of one first and last name, unless their middle names tell them apart."""
    by_middle: dict[tuple[str, ...], list[Named]] = defaultdict(list)
    for member in group:
        by_middle[_person(member.name).middle].append(member)
    for members in by_middle.values():
        for member in members[1:]:
            same.join(members[0].number, member.number)
    named = [middle for middle in by_middle if middle]
    joined = _middle_sets(named)
    for cluster in joined:
        for middle in cluster[1:]:
            same.join(by_middle[cluster[0]][0].number, by_middle[middle][0].number)
    if () in by_middle and len(joined) == 1:
        same.join(by_middle[()][0].number, by_middle[joined[0][0]][0].number)


def _middle_sets(middles: Sequence[tuple[str, ...]]) -> list[list[tuple[str, ...]]]:
    """Middle names that can be one person's: an initial is any name that begins with it, if it can
    be one only."""
    sets = [[middle] for middle in middles if not all(len(word) == 1 for word in middle)]
    for middle in middles:
        if not all(len(word) == 1 for word in middle):
            continue
        fitting = [
            cluster
            for cluster in sets
            if len(cluster[0]) == len(middle)
            and all(a[0] == b for a, b in zip(cluster[0], middle, strict=True))
        ]
        if len(fitting) == 1:
            fitting[0].append(middle)
        else:
            sets.append([middle])
    return sets


def _alike(
    groups: Sequence[tuple[tuple[str, str, str], list[Named]]], same: _Sets, together: Together
) -> None:
    """Join groups whose names are short forms or other spellings of one another, and who are named
    with the same others."""
    by_sound: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, ((first, last, generation), _) in enumerate(groups):
        short = _nicknames().get(first, first)
        by_sound[sound(short), sound(last), generation].append(number)
    for numbers in by_sound.values():
        for at, number in enumerate(numbers):
            for other in numbers[at + 1 :]:
                (first, last, _), mine = groups[number]
                (first_2, last_2, _), theirs = groups[other]
                nick = _nicknames().get(first, first) == _nicknames().get(first_2, first_2)
                least = NICKNAME if last == last_2 and nick else SPELLING
                # Where middle names leave several, a short form could be any of them.
                several = any(len({same.top(m.number) for m in g}) > 1 for g in (mine, theirs))
                tops = {same.top(mine[0].number), same.top(theirs[0].number)}
                joined = [m for _, g in groups for m in g if same.top(m.number) in tops]
                if several or _middles_clash(joined):
                    continue
                if together(mine[0].number, theirs[0].number) >= least:
                    same.join(mine[0].number, theirs[0].number)


def _middles_clash(members: Sequence[Named]) -> bool:
    middles = {_person(m.name).middle for m in members} - {()}
    return len(_middle_sets(sorted(middles))) > 1


def _words(name: str) -> list[str]:
    return _TOKEN.findall(re.sub(r"[.'’]", "", name))


@lru_cache(maxsize=65536)
def _organisation(name: str) -> tuple[str, ...]:
    """The words that tell an organisation from others, in one spelling."""
    words = [folded(word) for word in _words(name.replace("&", " and "))]
    words = [_SAME_WORDS.get(word, word) for word in words if word not in _SMALL]
    while len(words) > 1 and words[-1] in _COMPANY:
        words.pop()
    return tuple(words)


def _organisations(members: Sequence[Named], same: _Sets, together: Together) -> None:
    long: dict[tuple[str, ...], list[Named]] = defaultdict(list)
    short: list[Named] = []
    for member in members:
        words = _organisation(member.name)
        if len(words) == 1 and member.name.replace(".", "").isupper():
            short.append(member)
        else:
            long[words].append(member)
    for group in (*long.values(), short):
        # Acronyms of one block are the same letters.
        for member in group[1:]:
            same.join(group[0].number, member.number)
    if len(long) == 1 and short:
        ((_, (owner, *_)),) = long.items()
        if together(owner.number, short[0].number) >= ACRONYM:
            same.join(owner.number, short[0].number)


def _places(members: Sequence[Named], same: _Sets, together: Together) -> None:
    """Join what differs by accents and case, and other spellings of what no list tells apart."""
    groups: dict[tuple[str, ...], list[Named]] = defaultdict(list)
    for member in members:
        groups[tuple(folded(word) for word in _words(member.name))].append(member)
    for group in groups.values():
        for member in group[1:]:
            same.join(group[0].number, member.number)
    heads = [group[0] for group in groups.values()]
    for at, member in enumerate(heads):
        for other in heads[at + 1 :]:
            listed = {
                entry.name
                for name in (member.name, other.name)
                if (entry := gazetteer().phrases.get(key(name))) is not None
            }
            if len(listed) < 2 and together(member.number, other.number) >= SPELLING:
                same.join(member.number, other.number)


def why(spelling: str, name: str, kind: EntityKind) -> str:
    """Why a spelling is taken for a name, in words for the reader."""
    if folded(spelling) == folded(name):
        return "the name itself"
    entry = gazetteer().phrases.get(key(spelling))
    if entry is not None and folded(entry.name) == folded(name):
        return f"listed as a name of {name}"
    if kind == "PER":
        return _why_person(_person(spelling), _person(name))
    if kind == "ORG":
        words, letters = _organisation(name), folded(spelling)
        if len(words) > 1 and letters in ("".join(w[0] for w in words), _initials(name)):
            return "its first letters"
        if set(_organisation(spelling)) <= set(words):
            return "a short form of it"
    return "another spelling, named together with the same others"


def _initials(name: str) -> str:
    return "".join(folded(word)[:1] for word in _words(name))


def _why_person(one: _Person, other: _Person) -> str:
    if not one.first and one.last == other.last:
        return "the last name, which nobody else has here"
    if not one.first and one.last == other.first:
        return "the first name, after the full one"
    if one.last == other.last and one.first == other.first:
        return "the same first and last name, with or without a middle one"
    if one.last == other.last and len(one.first) == 1 and one.first == other.first[:1]:
        return "the initial and last name of one person only"
    names = _nicknames()
    if one.last == other.last and names.get(one.first, one.first) == names.get(
        other.first, other.first
    ):
        return "a short form of the first name, named together with the same others"
    return "another spelling, named together with the same others"
