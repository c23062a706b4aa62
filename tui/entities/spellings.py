"""The canonical name of an entity: its most frequent well-formed spelling in the library.

A spelling that an entity is fully named by goes before a short form: Barack Obama before Obama,
although that is more frequent. Among those the most frequent one is taken, so that one article that
writes Barack Hussein Obama does not change the name. The choice depends on counts only, never on
the order in which articles are read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from tui.entities.name_parts import (
    folded,
    is_acronym,
    organisation_words,
    person_name,
    without_possessive,
    words_of,
)
from tui.nlp.document import EntityKind
from tui.nlp.gazetteer import gazetteer, key

# A word is a typo if a similar one is at least this many times as frequent in the same entity.
_FAR = 10
# If a single name is at least this many times as frequent as all full names of a person, those are
# taken for a mistake: the John who is named a hundred times, and John Anderson once.
_STRAY = 30
# The least number of letters of a word in which one letter, and two letters, may be wrong.
_ONE_WRONG, _TWO_WRONG = 4, 8
# Longer words are not compared.
_LONGEST = 40
# The share of capitals among its letters from which a name is all in capitals: JOAN of ARC.
_CAPITALS = 0.7


def canonical_name(
    kind: EntityKind, names: Collection[str], spellings: Mapping[str, int] | None = None
) -> str:
    """The canonical name of an entity.

    Args:
        kind: the kind of the entity.
        names: the full names that articles or the lists give it, at least one.
        spellings: how often each spelling occurs.
    """
    counts = Counter({spelling: n for spelling, n in (spellings or {}).items() if n > 0})
    if len(counts) <= 1 and len(names) == 1:
        (only,) = names
        if counts.keys() <= {only} and without_possessive(only) == only:
            return only
    listed = {name for name in names if _is_listed(name, kind)}
    if kind == "NORP" and listed:
        # Of the forms of the name of a people, the list says which is the adjective.
        return max(sorted(listed), key=lambda name: counts[name])
    for name in sorted({*counts, *names}):
        plain = without_possessive(name)
        counts.setdefault(name, 0)
        if plain != name and (kind == "PER" or plain in counts):
            counts[plain] += counts.pop(name)
    words = _word_counts(counts)
    full = _Fullness(kind, tuple(names))
    fullness = {name: full.of(name) for name in counts}
    if kind == "PER":
        short = max((n for name, n in counts.items() if not fullness[name]), default=0)
        if 0 < _STRAY * sum(n for name, n in counts.items() if fullness[name]) <= short:
            fullness.clear()

    def merit(name: str) -> tuple[bool, bool, int, int, bool, int, int, int, tuple[int, ...]]:
        return (
            not is_shouted(name, kind),
            not any(_is_typo(word, words) for word in _folded_words(name)),
            fullness.get(name, 0),
            counts[name],
            name in listed,
            len(words_of(name)),
            sum(not c.isascii() for c in name),
            -name.count("."),
            tuple(-ord(c) for c in name),
        )

    return max(counts, key=merit)


def is_shouted(name: str, kind: EntityKind) -> bool:
    """Whether a name is all in capitals, or in small letters, that are not its own."""
    if kind in ("ORG", "LOC") and is_acronym(name):
        return False
    letters = [c for c in name if c.isalpha()]
    if sum(c.islower() for c in letters) == len(letters) > 0:
        return True
    return len(letters) > 1 and sum(c.isupper() for c in letters) >= _CAPITALS * len(letters)


@lru_cache(maxsize=65536)
def _is_listed(name: str, kind: EntityKind) -> bool:
    entry = gazetteer().phrases.get(key(name))
    return entry is not None and (entry.name, entry.kind) == (name, kind)


@lru_cache(maxsize=65536)
def _is_near(name: str, listed: str) -> bool:
    """Whether a name is another spelling of a listed one rather than another name or a short form.

    Kiev and Kyiv, Baluchistan and Balochistan; not Burma and Myanmar, Mont and Montana.
    """
    one, other = _folded_words(name), _folded_words(listed)
    plain, own = " ".join(one), " ".join(other)
    if plain == own:
        return True
    most = len(own) // 2
    return (
        len(one) == len(other) and not own.startswith(plain) and distance(plain, own, most) <= most
    )


@lru_cache(maxsize=65536)
def _folded_words(name: str) -> tuple[str, ...]:
    return tuple(folded(word) for word in words_of(name))


@dataclass(frozen=True, slots=True)
class _Fullness:
    """How fully a spelling names an entity with some full names: 0 for a short form, at most 2."""

    kind: EntityKind
    names: tuple[str, ...]

    def of(self, name: str) -> int:
        if self.kind == "PER":
            return _person_fullness(name)
        if self.kind == "NORP":
            return 0
        # Nato is NATO; but SPAIN is Spain.
        acronyms = [n for n in self.names if is_acronym(n)]
        short = {folded(n) for n in acronyms if self.kind == "ORG"} | set(acronyms)
        long = [n for n in self.names if not short & {n, folded(n)}]
        if not long:
            return 1
        if is_acronym(name) or folded(name) in short:
            return 0
        if listed := [n for n in long if _is_listed(n, self.kind)]:
            return int(any(_is_near(name, n) for n in listed))
        if self.kind == "ORG":
            return int(organisation_words(name) in {organisation_words(n) for n in long})
        return int(len(_folded_words(name)) >= min(len(_folded_words(n)) for n in long))


@lru_cache(maxsize=65536)
def _person_fullness(name: str) -> int:
    person = person_name(name)
    if not person.first or (person.first,) in _titles():
        return 0
    initials = (word for word in (person.first, *person.middle) if len(word) == 1)
    # J. K. Rowling is a full name; J. Biden is not.
    return 1 if len(person.first) == 1 and len(list(initials)) < 2 else 2


@lru_cache(maxsize=1)
def _titles() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(folded(word) for word in title) for title in gazetteer().titles)


def _word_counts(counts: Mapping[str, int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for name, count in counts.items():
        for word in _folded_words(name):
            found[word] += count
    return found


def _is_typo(word: str, words: Mapping[str, int]) -> bool:
    """Whether a word is a typo of one that is far more frequent in the same entity."""
    if not _ONE_WRONG <= len(word) <= _LONGEST:
        return False
    most = 2 if len(word) >= _TWO_WRONG else 1
    least = _FAR * max(1, words[word])
    return any(
        count >= least and other != word and distance(word, other, most) <= most
        for other, count in words.items()
    )


@lru_cache(maxsize=65536)
def distance(one: str, other: str, most: int) -> int:
    """The number of letters to insert, delete, replace or swap with the next one so that one word
    becomes another (optimal string alignment); any greater number if it exceeds `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        older, before, row = before, row, [at]
        for to, its in enumerate(other, 1):
            best = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != its))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == its:
                best = min(best, older[to - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return row[-1]
