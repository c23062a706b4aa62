"""Clusters the entities of a library by rules (cross-document entity coreference).

The rules favour precision over recall. Names are compared only within their block, so that the time
depends on its size. Short forms of first names, acronyms, and other spellings of people and
locations are joined only if they also co-occur with the same other entities.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from tui.entities.cluster_members import ACRONYM, SPELLING, CoOccurrence, Member, Sets
from tui.entities.name_parts import folded, organisation_words, person_name, words_of
from tui.entities.name_sounds import coarse_sound, sound
from tui.entities.person_clustering import join_people
from tui.entities.spellings import canonical_name
from tui.ids import RowId
from tui.nlp.document import EntityKind
from tui.nlp.gazetteer import gazetteer, key

# A single word of at most so many letters is in the block of the long forms that it may abbreviate.
_ACRONYM_LETTERS = 6


def block(name: str, kind: EntityKind) -> str:
    """The key of the block of a name; names in different blocks are never joined."""
    if kind == "PER":
        return f"PER {coarse_sound(person_name(name).last)}"
    if kind == "ORG":
        words = organisation_words(name)
        if len(words) > 1:
            return "ORG " + "".join(word[0] for word in words)
        (word,) = words or ("",)
        if 1 < len(word) <= _ACRONYM_LETTERS:
            return f"ORG {word}"
        return "ORG =" + sound(word)
    return f"{kind} " + " ".join(sound(folded(word)) for word in words_of(name))


def clusters(members: Sequence[Member], co_occurrence: CoOccurrence) -> list[list[Member]]:
    """Cluster the members of one block.

    Args:
        members: the entities of the block.
        co_occurrence: returns the number of other entities that co-occur with both of two.

    Returns:
        The clusters, of one member or more each; the member that stands for a cluster is the first.
    """
    same = Sets(member.row_id for member in members)
    kinds: dict[EntityKind, list[Member]] = defaultdict(list)
    for member in members:
        kinds[member.kind].append(member)
    for kind, own in kinds.items():
        if kind == "PER":
            join_people(own, same, co_occurrence)
        elif kind == "ORG":
            _organisations(own, same, co_occurrence)
        else:
            _locations_and_groups(own, same, co_occurrence)
    by_row = {member.row_id: member for member in members}
    return [_first_first([by_row[number] for number in numbers]) for numbers in same.all()]


def cluster(members: Sequence[Member], co_occurrence: CoOccurrence) -> dict[RowId, RowId]:
    """The row id of the entity that stands for a cluster, for each other member of it.

    Args:
        members: the entities of one block.
        co_occurrence: returns the number of other entities that co-occur with both of two.
    """
    found = clusters(members, co_occurrence)
    return {member.row_id: first.row_id for first, *others in found for member in others}


def name_of(members: Sequence[Member]) -> str:
    """The canonical name of a cluster."""
    counts: Counter[str] = Counter()
    for member in members:
        counts.update(member.spellings)
    return canonical_name(members[0].kind, {member.name for member in members}, counts)


def _first_first(members: list[Member]) -> list[Member]:
    """The members of a cluster, first the one that has its canonical name, or names it so most."""
    if len(members) == 1:
        return members
    name = name_of(members)

    def merit(member: Member) -> tuple[bool, bool, int, tuple[int, ...]]:
        return (
            folded(member.name) == folded(name),
            member.name == name,
            member.spellings.get(name, 0),
            tuple(-ord(c) for c in member.name),
        )

    best = max(members, key=merit)
    return [best, *(member for member in members if member is not best)]


def preferred_name(one: str, other: str, kind: EntityKind) -> str:
    """The name that an entity is clustered by, of two that differ in case, accents or punctuation.

    It is not all in capitals unless it may be an acronym, then it has more accents.
    """

    def merit(name: str) -> tuple[bool, int, str]:
        acronym = kind == "ORG" and len(name) < _ACRONYM_LETTERS
        return name.isupper() and not acronym, -sum(not c.isascii() for c in name), name

    return min(one, other, key=merit)


def _organisations(members: Sequence[Member], same: Sets, co_occurrence: CoOccurrence) -> None:
    long: dict[tuple[str, ...], list[Member]] = defaultdict(list)
    short: list[Member] = []
    for member in members:
        words = organisation_words(member.name)
        if len(words) == 1 and member.name.replace(".", "").isupper():
            short.append(member)
        else:
            long[words].append(member)
    for group in (*long.values(), short):
        # Acronyms of at most six letters are in the same block only if the letters are the same.
        for member in group[1:]:
            same.join(group[0].row_id, member.row_id)
    if len(long) == 1 and short and not _is_listed_itself(short[0].name):
        ((_, (owner, *_)),) = long.items()
        if co_occurrence(owner.row_id, short[0].row_id) >= ACRONYM:
            same.join(owner.row_id, short[0].row_id)


def _is_listed_itself(acronym: str) -> bool:
    """Whether the lists have an acronym as a name of its own, not as one of a long form: NBC."""
    entry = gazetteer().phrases.get(key(acronym))
    return entry is not None and (entry.name, entry.kind) == (acronym, "ORG")


def _locations_and_groups(
    members: Sequence[Member], same: Sets, co_occurrence: CoOccurrence
) -> None:
    """Join names that differ only in accents and case, and names with other spellings.

    Other spellings must co-occur with the same entities, and the lists must not distinguish them.
    """
    groups: dict[tuple[str, ...], list[Member]] = defaultdict(list)
    for member in members:
        groups[tuple(folded(word) for word in words_of(member.name))].append(member)
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
