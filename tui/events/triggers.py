"""Event triggers: words that denote events, with their TimeML classes (Saurí et al. 2006)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tui.nlp.gazetteer import lines


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word form that denotes an event.

    Attributes:
        lemma: the lemma of the verb, also of the nouns that denote the same event.
        kind: the TimeML event class.
        noun: whether the form is a noun only.
    """

    lemma: str
    kind: str
    noun: bool


@lru_cache(maxsize=1)
def triggers() -> dict[str, Trigger]:
    """The triggers by their inflected forms, in lower case."""
    forms: dict[str, Trigger] = {}
    for line in lines("triggers.tsv"):
        lemma, kind, verbs, nouns = (line + "\t\t\t").split("\t")[:4]
        for form in verbs.split("|"):
            if form:
                forms[form] = Trigger(lemma, kind, False)
        for form in nouns.split("|"):
            if form:
                # "attack" is also a verb and stays one here; `extraction` decides by the context.
                forms.setdefault(form, Trigger(lemma, kind, True))
    return forms


_STOP = frozenset(
    """a about after against all also although an and any are as at be because been before being
    between both but by can could despite did do does during each else for from further had has
    have he her here him his how however i if in into is it its itself just may might more most
    much must no nor not now of off on once one only or other our out over own same she should so
    some such than that the their them then there these they this those through to too two under
    until up upon us very was we were what when where which while who whom whose why will with
    would you your amid amidst s t said say says new last first former including following""".split()
)
_WORD = re.compile(r"[^\W_]{3,}|\d+")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The lemma of a known trigger; of any other word, its stem in lower case."""
    word = word.lower()
    known = triggers().get(word)
    if known is not None:
        return known.lemma
    for ending, least in (("ings", 4), ("ing", 4), ("ies", 3), ("ed", 4), ("es", 4), ("s", 3)):
        if word.endswith(ending) and len(word) - len(ending) >= least and not word.endswith("ss"):
            return word[: -len(ending)]
    return word


def stems(text: str) -> frozenset[str]:
    """The stems of the content words and numbers in a text."""
    return frozenset(stem(w) for w in _WORD.findall(text) if w.lower() not in _STOP)
