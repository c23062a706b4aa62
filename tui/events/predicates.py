"""Which predicate of a sentence tells what happened, and how certain and how telling it is.

The predicate is the root of the dependency tree or, below a verb of saying, the root of what is
said. Its modality follows the values of FactBank (Saurí and Pustejovsky 2009) in a coarser form.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from tui.events.telling_words import (
    ASSURING,
    BECOMING,
    FEELING,
    FUTURE,
    HABITUAL,
    LIKELY,
    NEGATIONS,
    NEVER_SUBJECTS,
    OFFICIAL,
    OUTLETS,
    OWNERS,
    PLANNING,
    READERS,
    REPORTING,
    STATIVE,
    TEXT_NOUNS,
    TO_COME,
    WEAK_SUBJECTS,
)
from tui.nlp.document import Modality
from tui.nlp.syntax.tree import Tree

Tense = Literal[
    "past", "perfect", "pluperfect", "present", "passive", "progressive", "modal", "none"
]

_TELLING: dict[Tense, float] = {
    "past": 1.0,
    "perfect": 1.0,
    "pluperfect": 0.7,
    "present": 0.45,
    "passive": 0.5,
    "progressive": 0.5,
    "modal": 0.2,
    "none": 0.05,
}
_COPULAR = 0.4
_STATIVE = 0.35
_FEELING = 0.15
_SAID = 0.85
_SAYING = 0.35
_WEAK_SUBJECT = 0.5
_NEVER_SUBJECT = 0.1
_DENIED = 0.5
_ON_TEXT = 0.3
_TO_READERS = 0.2
_HABIT = 0.4
# What is left of a sentence without a clause of its own.
_NO_CLAUSE = 0.05
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Predicate:
    """The predicate that tells what happened.

    Attributes:
        word: the index of its word in the tree.
        tense: its tense and aspect, as its form and its auxiliaries show them.
        modality: whether its event is asserted, planned, claimed, denied or hypothetical.
        telling: from 0 to 1, how much it is a happening that somebody takes part in.
        complete: whether it is finite and has a subject, so that it can stand alone.
    """

    word: int
    tense: Tense
    modality: Modality
    telling: float
    complete: bool


def predicate(tree: Tree) -> Predicate | None:
    """The predicate of a sentence, None if the sentence has no word."""
    if tree.root is None:
        return None
    return _assessed(tree, *_told(tree, tree.root))


def part(tree: Tree, word: int) -> Predicate:
    """The predicate of a part of a sentence, which may be a noun: then its event is planned or
    denied with the verb that it depends on."""
    found = _assessed(tree, word, None)
    if tree.is_verb(word):
        return found
    governor = next((n for n in tree.path(word) if n != word and tree.is_verb(n)), None)
    if governor is None:
        return found
    if tree.lower[governor] in PLANNING:
        return replace(found, modality="planned")
    return replace(found, modality=_assessed(tree, governor, None).modality)


def _assessed(tree: Tree, word: int, said_by: int | None) -> Predicate:
    subject = tree.subject(word)
    verbal = tree.is_verb(word) or bool(tree.with_relation(word, "cop"))
    complete = verbal and tree.is_finite(word) and subject is not None
    tense = _tense(tree, word)
    modality = _modality(tree, word, tense, said_by)
    telling = _telling(tree, word, subject, tense, modality, said_by) if complete else _NO_CLAUSE
    return Predicate(word, tense, modality, telling, complete)


def _told(tree: Tree, word: int) -> tuple[int, int | None]:
    """The predicate that a sentence reports, and the verb of saying above it, None if there is
    none."""
    said_by = None
    for _ in range(_DEEPEST):
        if tree.lower[word] not in REPORTING or not tree.is_verb(word):
            break
        if not _is_source(tree, tree.subject(word)):
            break
        inner = next(
            (
                n
                for n in tree.with_relation(word, "ccomp", "parataxis")
                if tree.subject(n) is not None and tree.is_finite(n)
            ),
            None,
        )
        if inner is None:
            break
        word, said_by = inner, word
    return word, said_by


def _is_source(tree: Tree, subject: int | None) -> bool:
    """Whether what a subject says is reported as news: that of officials, and of bodies that are
    written in capitals; what a person claims stays a claim."""
    if subject is None or tree.lower[subject] in OFFICIAL:
        return True
    return len(tree.forms[subject]) > 1 and tree.forms[subject].isupper()


def _tense(tree: Tree, word: int) -> Tense:
    auxiliaries = tree.auxiliaries(word)
    forms = {tree.lower[n] for n in auxiliaries}
    if any(tree.tag(n) == "MD" for n in auxiliaries) or forms & (LIKELY | FUTURE):
        return "modal"
    if "had" in forms:
        return "pluperfect"
    if forms & {"has", "have", "'ve", "’ve"}:
        return "perfect"
    if tree.tag(word) == "VBD" or forms & {"was", "were", "did"}:
        return "past"
    if forms & {"is", "are", "am", "'s", "’s", "'re", "’re"}:
        if tree.tag(word) == "VBG":
            return "progressive"
        return "passive" if tree.with_relation(word, "aux:pass") else "present"
    if tree.tag(word) in ("VBZ", "VBP"):
        return "present"
    return "none"


def _modality(tree: Tree, word: int, tense: Tense, said_by: int | None) -> Modality:
    if _denied(tree, word):
        return "denied"
    forms = {tree.lower[n] for n in tree.auxiliaries(word)}
    if any(tree.lower[n] in ("if", "whether", "unless") for n in tree.with_relation(word, "mark")):
        return "hypothetical"
    if tense == "modal":
        return "planned" if forms & FUTURE else "hypothetical"
    if _aims(tree, word) or _is_to_come(tree, word):
        return "planned"
    saying = word if said_by is None and tree.with_relation(word, "ccomp") else said_by
    if saying is not None and tree.lower[saying] in REPORTING - ASSURING:
        return "claimed"
    return "asserted"


def _aims(tree: Tree, word: int) -> bool:
    """Whether a predicate says that something is to happen: "plans to leave", "is due to leave"."""
    aims = tree.lower[word] in PLANNING
    return aims and any(
        any(tree.lower[m] == "to" for m in tree.with_relation(n, "mark"))
        for n in tree.with_relation(word, "xcomp")
    )


def _is_to_come(tree: Tree, word: int) -> bool:
    """Whether a predicate says when something is to happen: "is set for 5 April"."""
    return tree.lower[word] in TO_COME and any(
        any(tree.lower[m] == "for" for m in tree.with_relation(n, "case"))
        for n in tree.with_relation(word, "obl", "obl:tmod", "obl:unmarked")
    )


def _denied(tree: Tree, word: int) -> bool:
    if any(tree.lower[n] in NEGATIONS for n in tree.with_relation(word, "advmod", "neg")):
        return True
    return any(
        tree.lower[n] == "no"
        for noun in tree.with_relation(word, "nsubj", "nsubj:pass", "obj")
        for n in tree.with_relation(noun, "det")
    )


def _telling(
    tree: Tree,
    word: int,
    subject: int | None,
    tense: Tense,
    modality: Modality,
    said_by: int | None,
) -> float:
    telling = _TELLING[tense]
    if tree.with_relation(word, "cop"):
        telling *= _COPULAR
    elif tree.lower[word] in FEELING:
        telling *= _FEELING
    elif tree.with_relation(word, "expl") or tree.lower[word] in STATIVE:
        telling *= _STATIVE
    if said_by is not None:
        telling *= _SAID
    elif tree.lower[word] in REPORTING and tree.with_relation(word, "ccomp", "parataxis"):
        telling *= _SAYING
    elif tree.lower[word] in BECOMING and any(
        tree.tag(n).startswith("JJ") for n in tree.with_relation(word, "xcomp")
    ):
        telling *= _STATIVE
    if modality == "denied":
        telling *= _DENIED
    if subject is not None:
        who = tree.lower[subject]
        own = any(tree.lower[n] in OWNERS for n in tree.with_relation(subject, "nmod:poss"))
        if who in NEVER_SUBJECTS or own:
            telling *= _NEVER_SUBJECT
        elif who in WEAK_SUBJECTS:
            telling *= _WEAK_SUBJECT
        if any(tree.lower[n] in OUTLETS for n in tree.with_relation(subject, "nmod:poss")):
            telling *= _ON_TEXT
    if any(form in TEXT_NOUNS for form in tree.lower):
        telling *= _ON_TEXT
    if any(form in READERS for form in tree.lower):
        telling *= _TO_READERS
    if any(tree.lower[n] in HABITUAL for n in tree.with_relation(word, "advmod")):
        telling *= _HABIT
    if tree.root is not None and any(
        tree.lower[n] in NEVER_SUBJECTS for n in [tree.subject(tree.root)] if n is not None
    ):
        telling *= _NEVER_SUBJECT
    return telling
