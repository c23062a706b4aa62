"""Why a spelling belongs to the cluster of a name, as text for the reader."""

from __future__ import annotations

from tui.entities.name_parts import (
    PersonName,
    folded,
    organisation_words,
    person_name,
    words_of,
)
from tui.entities.name_sounds import given_name
from tui.nlp.document import EntityKind
from tui.nlp.gazetteer import gazetteer, key


def explain(spelling: str, name: str, kind: EntityKind) -> str:
    """The reason why a spelling belongs to the cluster of a name, as text for the reader."""
    if folded(spelling) == folded(name):
        return "the name itself"
    entry = gazetteer().phrases.get(key(spelling))
    if entry is not None and folded(entry.name) == folded(name):
        return f"listed as a name of {name}"
    if kind == "PER":
        return _explain_person(person_name(spelling), person_name(name))
    if kind == "ORG":
        words, letters = organisation_words(name), folded(spelling)
        if len(words) > 1 and letters in ("".join(w[0] for w in words), _initials(name)):
            return "its first letters"
        if set(organisation_words(spelling)) <= set(words):
            return "a short form of it"
    return "another spelling, named together with the same others"


def _initials(name: str) -> str:
    return "".join(folded(word)[:1] for word in words_of(name))


def _explain_person(one: PersonName, other: PersonName) -> str:
    if not one.first and one.last == other.last:
        return (
            "the last name, which is of nobody else here or is named together with the same others"
        )
    if not one.first and one.last == other.first:
        return "the first name, after the full one"
    if one.last == other.last and one.first == other.first:
        return "the same first and last name, with or without a middle one"
    if one.last == other.last and len(one.first) == 1 and one.first == other.first[:1]:
        return "the initial and last name of one person only"
    if one.last == other.last and given_name(one.first) == given_name(other.first):
        return (
            "a short form of the first name or another spelling of it, named together with the same"
            " others"
        )
    return "another spelling, named together with the same others"
