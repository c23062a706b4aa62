"""Event mentions where sentences are not parsed: patterns instead of a dependency tree.

It is used where the syntax encoder cannot run, and for languages that it has not learnt. It finds
less and its lines are whole sentences, so that they are never cut wrongly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tui.events.lines import LEAST_WORDS, MOST_WORDS
from tui.events.triggers import triggers
from tui.nlp.document import Modality, Span
from tui.nlp.tokens import TOKEN

_MOST_WORDS = MOST_WORDS + 8
_SPEAKS = re.compile(r"\b(?:I|we|my|our|you|your|us|me)\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:not|never|no longer|cannot)\b|n[’']t\b", re.IGNORECASE)
_PLANNED = re.compile(
    r"\b(?:will|shall|would|to be|going to|due to|expected to|plan(?:s|ned)? to|scheduled)\b|[’']ll\b",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    r"\b(?:could|may|might|should|must|can|if|whether|unless|perhaps|likely)\b", re.IGNORECASE
)
_CLAIMED = re.compile(
    r"\b(?:said|says|told|claim(?:s|ed)?|alleg(?:es|ed)|insist(?:s|ed)|according to|believe[sd]?"
    r"|reportedly|allegedly)\b"
)
_FINITE = re.compile(
    r"\b(?:\w{3,}ed|was|were|has|have|had|is|are|did|said|told|took|came|went|fell|rose|began|held"
    r"|left|met|won|lost|sent|made|gave|found|shot|hit|struck|broke|cut|put|set)\b"
)
_LEAD = re.compile(
    r"(?:(?:but|and|however|meanwhile|also|yet|so|then|earlier|later|still|now),?\s+)+",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(
    r",?\s+(?:(?:[A-Z][\w.’-]+|officials?|police|the [\w ]{3,30}) )?(?:said|says|told \w+)\b[^,;]{0,60}$"
)
_QUOTES = re.compile(r"[\"“”]")


@dataclass(frozen=True, slots=True)
class Shallow:
    """What patterns tell of a sentence; see `EventMention` for the attributes."""

    triggers: tuple[Span, ...]
    modality: Modality
    telling: float
    line: str


def read(text: str, start: int, end: int, heading: bool) -> Shallow | None:
    """What a passage tells, None if no word in it denotes an event."""
    passage = text[start:end]
    known = triggers()
    spans = [
        match.span()
        for match in TOKEN.finditer(text, start, end)
        if (found := known.get(match.group().lower())) is not None and found.kind in _KINDS
    ]
    if not spans:
        return None
    modality = _modality(passage)
    telling = {"asserted": 0.8, "claimed": 0.6, "denied": 0.3}.get(modality, 0.2)
    if not (heading or _FINITE.search(passage)):
        telling *= 0.3
    if _SPEAKS.search(passage) or passage[:1] in "\"“‘'":
        telling *= 0.3
    return Shallow(tuple(spans), modality, telling, _line(passage))


_KINDS = frozenset(("OCCURRENCE", "I_ACTION", "ASPECTUAL"))


def _modality(passage: str) -> Modality:
    if _PLANNED.search(passage):
        return "planned"
    if _SUPPOSED.search(passage):
        return "hypothetical"
    if _DENIED.search(passage):
        return "denied"
    return "claimed" if _CLAIMED.search(passage) else "asserted"


def _line(passage: str) -> str:
    words = _QUOTES.sub("", _LEAD.sub("", passage, count=1))
    words = _ATTRIBUTION.sub("", words.rstrip(" .!?…;:,"))
    words = " ".join(words.split()).strip(" ,;:–—-")
    if not LEAST_WORDS <= len(words.split()) <= _MOST_WORDS:
        return ""
    return words[:1].upper() + words[1:]
