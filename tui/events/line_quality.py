"""How well a line reads alone, under its day and beside lines of other articles."""

from __future__ import annotations

import re

from tui.events.lines import Line
from tui.events.predicates import Predicate
from tui.events.telling_words import (
    CONTENTS,
    KNOWN,
    NAMING,
    OFFICIAL,
    PERSONAL,
    PERSONS,
    PLACED,
    POINTING,
    REPORTING,
    SOME,
    THIRD_PERSONS,
    WEAK_SUBJECTS,
)
from tui.nlp.syntax.tree import Tree

# What is left of 1 for each fault.
_BARE_PERSON, _BARE = 0.15, 0.25
_BARE_ELSEWHERE = 0.5
_VAGUE = 0.6
_POINTING = 0.3
_WEAK_SUBJECT = 0.4
_UNNAMED = 0.25
_COPULAR, _PRESENT = 0.7, 0.7
_FEW_WORDS, _SHORT = 0.7, 6
_NO_EVENT = 0.5
_BROKEN = 0.15
_EMPTY = 0.5
# Without a name or a number a line says little; each adds to that, up to so many.
_NAMELESS, _MOST_NAMES = 0.8, 3
_PLACELESS = 0.7
_TRIGGER = 0.5
# A time that is counted from the day of the article, not from that of the line.
_RELATIVE = re.compile(
    r"\b(?:(?:last|this|next|previous) (?:week|month|year|night|weekend)|yesterday|today|tonight"
    r"|tomorrow|(?:days?|weeks?|months?|years?) (?:ago|later|earlier))\b",
    re.I,
)
_UNDER_OTHER_DAY = 0.75
_COMPLEMENTS = ("nmod", "nmod:poss", "compound", "acl", "acl:relcl", "appos", "nummod", "flat")
_POINTERS = frozenset(("the", "another", "both"))


def quality(
    tree: Tree,
    main: Predicate,
    subject: int,
    line: Line,
    people: frozenset[int],
    named: frozenset[int],
    historic: bool,
) -> float:
    """How well a line reads, from 0 to 1.

    Args:
        tree: its sentence.
        main: its predicate.
        subject: the subject of that.
        line: the line.
        people: the words of the sentence that name people, or stand for a name in the line.
        named: the first words of all names in the sentence.
        historic: whether a present tense tells of what has happened, as in headlines.
    """
    found = _subject(tree, subject, line, people)
    kept = set(line.words)
    if _is_unnamed(tree, kept, people):
        found *= _UNNAMED
    pointing = [n for n in kept if n != subject and tree.tag(n) in ("NN", "NNS")]
    found *= _BARE_ELSEWHERE ** sum(1 for n in pointing if _is_bare(tree, n, kept))
    if tree.with_relation(main.word, "cop"):
        found *= _COPULAR
    if main.tense in ("present", "passive", "progressive") and not historic:
        found *= _PRESENT
    if len(line.text.split()) < _SHORT:
        found *= _FEW_WORDS
    names = len(named & kept)
    numbers = sum(1 for n in kept if tree.forms[n][:1].isdigit())
    found *= _NAMELESS + (1 - _NAMELESS) * min(1, (names + numbers) / _MOST_NAMES)
    if not names and tree.lower[subject] in PLACED:
        found *= _PLACELESS
    if any(tree.lower[n] in CONTENTS and _is_emptied(tree, n, kept) for n in kept):
        found *= _EMPTY
    if _RELATIVE.search(line.text):
        found *= _UNDER_OTHER_DAY
    if line.broken or _is_misread(tree, main, line):
        found *= _BROKEN
    if not any(tree.words[n].event >= _TRIGGER for n in kept):
        found *= _NO_EVENT
    return found


def _is_emptied(tree: Tree, noun: int, kept: set[int]) -> bool:
    """Whether a line leaves out what a noun is about, and nothing else says it."""
    about = tree.with_relation(noun, "nmod", "acl", "obl", "ccomp", "advcl")
    return bool(about) and not any(
        n in kept for n in (*about, *tree.with_relation(noun, "compound", "amod"))
    )


def _is_misread(tree: Tree, main: Predicate, line: Line) -> bool:
    """Whether a verb has two subjects, a verb of saying at the end no content, or a relative
    pronoun no verb."""
    subjects = tree.with_relation(main.word, "nsubj", "nsubj:pass")
    last = line.words[-1]
    if any(
        tree.lower[n] in ("who", "which") and not tree.is_verb(tree.words[n].head)
        for n in line.words
        if tree.words[n].head >= 0 and tree.relation(n) not in ("det", "obl", "nmod", "nmod:poss")
    ):
        return True
    saying = tree.is_verb(last) and tree.lower[last] in REPORTING | NAMING
    return len(subjects) > 1 or saying


def _subject(tree: Tree, subject: int, line: Line, people: frozenset[int]) -> float:
    """How well the subject says who it is."""
    if subject in people:
        return 1.0
    word = tree.lower[subject]
    if word in WEAK_SUBJECTS:
        return _WEAK_SUBJECT
    determiners = {tree.lower[n] for n in tree.with_relation(subject, "det")}
    if determiners & POINTING:
        return _POINTING
    counted = tree.with_relation(subject, "nummod")
    if not counted and any(tree.lower[n] in SOME for n in tree.kids[subject]):
        return _VAGUE
    aged = word.endswith("old") and "the" in determiners
    if not (aged or _is_bare(tree, subject, set(line.words))):
        return 1.0
    person = aged or word in PERSONS or tree.tag(subject) == "JJ"
    return _BARE_PERSON if person else _BARE


def _is_bare(tree: Tree, noun: int, kept: set[int]) -> bool:
    """Whether a noun points at what an earlier sentence has named: "the song", "another school"."""
    word = tree.lower[noun]
    determiners = {tree.lower[n] for n in tree.with_relation(noun, "det")}
    if not determiners & _POINTERS or tree.tag(noun).startswith("NNP"):
        return False
    if word in OFFICIAL | KNOWN:
        return False
    return not any(
        n in kept
        and (tree.relation(n) in _COMPLEMENTS or tree.forms[n][:1].isupper())
        and tree.lower[n] not in _POINTERS
        for n in tree.kids[noun]
    )


def _is_unnamed(tree: Tree, kept: set[int], people: frozenset[int]) -> bool:
    """Whether a line says "he", "his" or "they" of what it does not name before."""
    for pronoun in sorted(n for n in kept if n not in people and tree.lower[n] in THIRD_PERSONS):
        before = [n for n in kept if n < pronoun]
        if tree.lower[pronoun] in PERSONAL:
            found = any(n in people or tree.lower[n] in PERSONS for n in before)
        elif tree.lower[pronoun] in ("they", "them", "their"):
            found = any(
                tree.tag(n) in ("NNS", "NNPS") or tree.relation(n) == "conj" for n in before
            )
        else:
            found = any(tree.tag(n).startswith("NN") and n not in people for n in before)
        if not found:
            return True
    return False
