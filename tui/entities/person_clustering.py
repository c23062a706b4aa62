"""Rules by which names are of one person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from tui.entities.cluster_members import NICKNAME, SPELLING, CoOccurrence, Member, Sets
from tui.entities.name_parts import PersonName, person_name
from tui.entities.name_sounds import (
    coarse_sound,
    first_names,
    given_name,
    last_names_alike,
    sound,
)
from tui.ids import RowId
from tui.nlp.gazetteer import gazetteer, key

# If several people have a last name, a single last name refers to the person who has at least this
# many times as many co-occurring entities in common with it as any other.
_CLEARLY = 3
# A single last name with fewer letters refers to people with the same spelling of it only.
_LETTERS = 4


def join_people(members: Sequence[Member], same: Sets, co_occurrence: CoOccurrence) -> None:
    """Join the names that are of one person."""
    full: dict[tuple[str, str, str], list[Member]] = defaultdict(list)
    initials: list[Member] = []
    lone: list[Member] = []
    for member in members:
        person = person_name(member.name)
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
        person = person_name(member.name)
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
    alone: dict[PersonName, int] = {}
    for member in lone:
        person = replace(person_name(member.name), particle=False)
        same.join(alone.setdefault(person, member.row_id), member.row_id)
    owners = {
        number: _person_of_last_name(name, number, bearers, same, co_occurrence)
        for name, number in alone.items()
    }
    for number, owner in owners.items():
        if owner is not None:
            same.join(number, owner)


def _person_of_last_name(
    lone: PersonName,
    number: RowId,
    bearers: Sequence[Member],
    same: Sets,
    co_occurrence: CoOccurrence,
) -> RowId | None:
    """The person that a single last name refers to, None if there is none or it is ambiguous.

    It is the only person with that last name, or the person with clearly the most co-occurring
    entities in common with it. If the last name is also a first name or a location, or is spelled
    differently, several such entities are required even for one person: King Charles is not Ray
    Charles. If it is both, it refers to nobody: Hugh is not Colin Hough.
    """
    shared: dict[RowId, int] = defaultdict(int)
    another = not lone.middle and _is_another_name(lone.last)
    exact_only = another or len(lone.last) < _LETTERS
    exact = False
    for bearer in bearers:
        person = person_name(bearer.name)
        before = (person.first, *person.middle)
        if lone.middle and before[-len(lone.middle) :] != lone.middle:
            continue
        same_last = person.last == lone.last
        if same_last or (not exact_only and last_names_alike(lone, person)):
            exact = exact or same_last
            top = same.top(bearer.row_id)
            shared[top] = max(shared[top], co_occurrence(number, bearer.row_id))
    ranked = sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))
    least = 0 if exact and not another else SPELLING
    if not ranked or ranked[0][1] < least:
        return None
    if len(ranked) > 1:
        first, second = ranked[0][1], ranked[1][1]
        if first < SPELLING or first < _CLEARLY * max(1, second):
            return None
    return ranked[0][0]


@lru_cache(maxsize=65536)
def _is_another_name(last: str) -> bool:
    """Whether a folded last name is also a first name or a location."""
    entry = gazetteer().phrases.get(key(last.title()))
    return (
        last in first_names()
        or given_name(last) != last
        or (entry is not None and entry.kind == "LOC")
    )


def _join_by_middle_names(group: Sequence[Member], same: Sets) -> None:
    """Join people with the same first and last name, unless their middle names differ."""
    by_middle: dict[tuple[str, ...], list[Member]] = defaultdict(list)
    for member in group:
        by_middle[person_name(member.name).middle].append(member)
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
    same: Sets,
    co_occurrence: CoOccurrence,
) -> None:
    """Join groups whose names have short forms of the same first name, or are spelled differently.

    The groups must co-occur with the same entities.
    """
    by_sound: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, ((first, last, generation), _) in enumerate(groups):
        by_sound[sound(given_name(first)), coarse_sound(last), generation].append(number)
    for numbers in by_sound.values():
        for at, number in enumerate(numbers):
            for other in numbers[at + 1 :]:
                (first, last, _), mine = groups[number]
                (first_2, last_2, _), theirs = groups[other]
                if not last_names_alike(person_name(mine[0].name), person_name(theirs[0].name)):
                    continue
                nick = given_name(first) == given_name(first_2)
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
    middles = {
        tuple(word if len(word) == 1 else sound(given_name(word)) for word in middle)
        for m in members
        if (middle := person_name(m.name).middle)
    }
    return len(_middle_sets(sorted(middles))) > 1
