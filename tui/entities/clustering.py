"""Clusters the entities of a library by rules (cross-document entity coreference).

The rules favour precision over recall. Names are compared only within their block, so that the time
depends on its size. Short forms of first names, acronyms, and other spellings of people and
locations are joined only if they also co-occur with the same other entities.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tui.ids import RowId
from tui.nlp.document import EntityKind
from tui.nlp.gazetteer import gazetteer, key, lines
from tui.nlp.lexicon import CAPITAL_PARTICLES

# The least number of entities that two names must both co-occur with, by the difference between the
# names: a short form of the first name, an acronym, another spelling.
NICKNAME, ACRONYM, SPELLING = 3, 2, 4
# If several people have a last name, a single last name refers to the person who has at least this
# many times as many co-occurring entities in common with it as any other.
_CLEARLY = 3

_TOKEN = re.compile(r"[^\W_]+")
_SMALL = frozenset("of the and for de la in on to at".split())
_GENERATIONS = {
    "jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv",
}  # fmt: skip
# Letters that Unicode normalisation (NFKD) does not decompose.
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
class Member:
    """An entity of a block, with its row id."""

    row_id: RowId
    name: str
    kind: EntityKind


CoOccurrence = Callable[[RowId, RowId], int]


@lru_cache(maxsize=65536)
def folded(word: str) -> str:
    """A word in lower case without accents, full stops and apostrophes."""
    plain = unicodedata.normalize("NFKD", re.sub(r"[.'’]", "", word).translate(_STROKES))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """A phonetic key of a folded word, the same for spellings of a name that sound alike."""
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
    """The key of the block of a name; names in different blocks are never joined."""
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


def cluster(members: Sequence[Member], co_occurrence: CoOccurrence) -> dict[RowId, RowId]:
    """Cluster the members of one block.

    Args:
        members: the entities of the block.
        co_occurrence: returns the number of other entities that co-occur with both of two.

    Returns:
        The row id of the entity that stands for a cluster, for each other member of the cluster.
    """
    same = _Sets(member.row_id for member in members)
    kinds: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        kinds[member.kind].append(member)
    for kind, own in kinds.items():
        if kind == "PER":
            _people(own, same, co_occurrence)
        elif kind == "ORG":
            _organisations(own, same, co_occurrence)
        else:
            _locations_and_groups(own, same, co_occurrence)
    return same.pointers({m.row_id: _rank(m) for m in members})


def _rank(member: Member) -> tuple[int, int, str]:
    """The rank of a member in its cluster; the member with the highest rank stands for the cluster.

    A name that is not an acronym ranks above an acronym, then a name with more words above one with
    fewer, then by code points, lower ones first.
    """
    acronym = member.name.replace(".", "").isupper()
    words = len(_TOKEN.findall(member.name))
    return (0 if acronym else 1, words, "".join(chr(0x10FFFF - ord(c)) for c in member.name))


def preferred_name(one: str, other: str) -> str:
    """The preferred one of two spellings of a name: not all in capitals, then with more accents."""

    def merit(name: str) -> tuple[bool, int, str]:
        return name.isupper() and len(name) > 5, -sum(not c.isascii() for c in name), name

    return min(one, other, key=merit)


class _Sets:
    """Disjoint sets of row ids (union-find)."""

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
    # A hyphen separates words, so that Jong-un equals Jong Un. A name without a blank (Ben-Gvir) or
    # with only particles before its last word (Le Pen) is a last name.
    words = [folded(word) for word in _words(name)]
    generation = ""
    if len(words) > 2 and words[-1] in _GENERATIONS:
        generation = _GENERATIONS[words.pop()]
    if not words:
        return _Person("", (), folded(name), generation)
    if all(word in CAPITAL_PARTICLES for word in words[:-1]) or " " not in name.strip():
        return _Person("", tuple(words[:-1]), words[-1], generation)
    return _Person(words[0], tuple(words[1:-1]), words[-1], generation)


def _people(members: Sequence[Member], same: _Sets, co_occurrence: CoOccurrence) -> None:
    full: dict[tuple[str, str, str], list[Member]] = defaultdict(list)
    initials: list[Member] = []
    lone: list[Member] = []
    for member in members:
        person = _person(member.name)
        if not person.first:
            lone.append(member)
        elif len(person.first) == 1:
            initials.append(member)
        else:
            full[person.first, person.last, person.generation].append(member)
    for group in full.values():
        _join_by_middle_names(group, same)
    _join_variants(list(full.items()), same, co_occurrence)
    for member in initials:
        person = _person(member.name)
        fitting = {
            same.top(m.row_id)
            for (first, last, generation), group in full.items()
            if first[0] == person.first and last == person.last
            and generation == person.generation
            for m in group
        }  # fmt: skip
        if len(fitting) == 1:
            same.join(member.row_id, fitting.pop())
    bearers = [m for group in full.values() for m in group] + initials
    alone: dict[str, int] = {}
    for member in lone:
        person = _person(member.name)
        same.join(
            alone.setdefault(" ".join((*person.middle, person.last)), member.row_id), member.row_id
        )
    for name, number in alone.items():
        owner = _person_of_last_name(name.split()[-1], number, bearers, same, co_occurrence)
        if owner is not None:
            same.join(number, owner)


def _person_of_last_name(
    last: str, lone: int, bearers: Sequence[Member], same: _Sets, co_occurrence: CoOccurrence
) -> int | None:
    """The person that a single last name refers to, None if there is none or it is ambiguous.

    It is the only person with that last name, or the person with clearly the most co-occurring
    entities in common with it. If the last name is also a first name, several such entities are
    required even for one person: King Charles is not Ray Charles.
    """
    least = SPELLING if last in _first_names() else 0
    shared: dict[int, int] = defaultdict(int)
    for bearer in bearers:
        if _person(bearer.name).last == last:
            top = same.top(bearer.row_id)
            shared[top] = max(shared[top], co_occurrence(lone, bearer.row_id))
    ranked = sorted(shared.items(), key=lambda pair: -pair[1])
    if not ranked or ranked[0][1] < least:
        return None
    if len(ranked) > 1:
        first, second = ranked[0][1], ranked[1][1]
        if first < SPELLING or first < _CLEARLY * max(1, second):
            return None
    return ranked[0][0]


def _join_by_middle_names(group: Sequence[Member], same: _Sets) -> None:
    """Join people with the same first and last name, unless their middle names differ."""
    by_middle: dict[tuple[str, ...], list[Member]] = defaultdict(list)
    for member in group:
        by_middle[_person(member.name).middle].append(member)
    for members in by_middle.values():
        for member in members[1:]:
            same.join(members[0].row_id, member.row_id)
    named = [middle for middle in by_middle if middle]
    joined = _middle_sets(named)
    for cluster in joined:
        for middle in cluster[1:]:
            same.join(by_middle[cluster[0]][0].row_id, by_middle[middle][0].row_id)
    if () in by_middle and len(joined) == 1:
        same.join(by_middle[()][0].row_id, by_middle[joined[0][0]][0].row_id)


def _middle_sets(middles: Sequence[tuple[str, ...]]) -> list[list[tuple[str, ...]]]:
    """The middle names in groups, each of which can belong to one person.

    Initials belong to the group with middle names that begin with them, if there is exactly one.
    """
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


def _join_variants(
    groups: Sequence[tuple[tuple[str, str, str], list[Member]]],
    same: _Sets,
    co_occurrence: CoOccurrence,
) -> None:
    """Join groups whose names have short forms of the same first name, or are spelled differently.

    The groups must co-occur with the same entities.
    """
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
                # If the middle names of a group are those of several people, a short form could
                # refer to any of them.
                several = any(len({same.top(m.row_id) for m in g}) > 1 for g in (mine, theirs))
                tops = {same.top(mine[0].row_id), same.top(theirs[0].row_id)}
                joined = [m for _, g in groups for m in g if same.top(m.row_id) in tops]
                if several or _middles_clash(joined):
                    continue
                if co_occurrence(mine[0].row_id, theirs[0].row_id) >= least:
                    same.join(mine[0].row_id, theirs[0].row_id)


def _middles_clash(members: Sequence[Member]) -> bool:
    middles = {_person(m.name).middle for m in members} - {()}
    return len(_middle_sets(sorted(middles))) > 1


def _words(name: str) -> list[str]:
    return _TOKEN.findall(re.sub(r"[.'’]", "", name))


@lru_cache(maxsize=65536)
def _organisation(name: str) -> tuple[str, ...]:
    """The distinctive words of the name of an organisation, in a uniform spelling."""
    words = [folded(word) for word in _words(name.replace("&", " and "))]
    words = [_SAME_WORDS.get(word, word) for word in words if word not in _SMALL]
    while len(words) > 1 and words[-1] in _COMPANY:
        words.pop()
    return tuple(words)


def _organisations(members: Sequence[Member], same: _Sets, co_occurrence: CoOccurrence) -> None:
    long: dict[tuple[str, ...], list[Member]] = defaultdict(list)
    short: list[Member] = []
    for member in members:
        words = _organisation(member.name)
        if len(words) == 1 and member.name.replace(".", "").isupper():
            short.append(member)
        else:
            long[words].append(member)
    for group in (*long.values(), short):
        # Acronyms of at most six letters are in the same block only if the letters are the same.
        for member in group[1:]:
            same.join(group[0].row_id, member.row_id)
    if len(long) == 1 and short:
        ((_, (owner, *_)),) = long.items()
        if co_occurrence(owner.row_id, short[0].row_id) >= ACRONYM:
            same.join(owner.row_id, short[0].row_id)


def _locations_and_groups(
    members: Sequence[Member], same: _Sets, co_occurrence: CoOccurrence
) -> None:
    """Join names that differ only in accents and case, and names with other spellings.

    Other spellings must co-occur with the same entities, and the lists must not distinguish them.
    """
    groups: dict[tuple[str, ...], list[Member]] = defaultdict(list)
    for member in members:
        groups[tuple(folded(word) for word in _words(member.name))].append(member)
    for group in groups.values():
        for member in group[1:]:
            same.join(group[0].row_id, member.row_id)
    heads = [group[0] for group in groups.values()]
    for at, member in enumerate(heads):
        for other in heads[at + 1 :]:
            listed = {
                entry.name
                for name in (member.name, other.name)
                if (entry := gazetteer().phrases.get(key(name))) is not None
            }
            if len(listed) < 2 and co_occurrence(member.row_id, other.row_id) >= SPELLING:
                same.join(member.row_id, other.row_id)


def explain(spelling: str, name: str, kind: EntityKind) -> str:
    """The reason why a spelling belongs to the cluster of a name, as text for the reader."""
    if folded(spelling) == folded(name):
        return "the name itself"
    entry = gazetteer().phrases.get(key(spelling))
    if entry is not None and folded(entry.name) == folded(name):
        return f"listed as a name of {name}"
    if kind == "PER":
        return _explain_person(_person(spelling), _person(name))
    if kind == "ORG":
        words, letters = _organisation(name), folded(spelling)
        if len(words) > 1 and letters in ("".join(w[0] for w in words), _initials(name)):
            return "its first letters"
        if set(_organisation(spelling)) <= set(words):
            return "a short form of it"
    return "another spelling, named together with the same others"


def _initials(name: str) -> str:
    return "".join(folded(word)[:1] for word in _words(name))


def _explain_person(one: _Person, other: _Person) -> str:
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
