"""Event triggers: words that denote events, with their TimeML classes (Saurí et al. 2006)."""

from __future__ import annotations

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
