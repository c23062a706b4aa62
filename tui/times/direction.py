"""Whether a clause is about the past or the future, judged by the verb nearest to a time.

The nearest verb before the expression decides: in "said on Monday that she would resign" it is
"said". An expression that begins its clause ("on Monday, the court will rule") belongs to the next
verb. Without a parser, verbs are found by their forms.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TypeAlias

from tui.times.reading import Direction

# Participles after a determiner are adjectives: "the detained men" does not tell of the past.
_NOT_AFTER_DETERMINER = r"(?<![’']s )" + "".join(
    f"(?<!\\b{word} )"
    for word in "the a an his her its their this these those of no still newly widely so-called".split()
)
_NOT_VERBS = frozenset(
    "need feed speed hundred indeed exceed proceed succeed seed breed bleed weed red bed shed wed"
    " sacred hatred kindred naked wicked rugged beloved creed greed deed steed reed heed".split()
)
_IRREGULAR = (
    "was were had did said told went came met made took gave got saw knew held left led sent spent"
    " won lost fell rose began broke brought bought built caught chose drew drove fled flew fought"
    " found froze grew heard hid kept laid lay lit paid ran rang sank sang sat sold shot shook slid"
    " spoke stole stood struck swept swore taught thought threw understood woke wore wrote became"
    " arose bore beat bent blew dealt dug fed felt forbade forgot hung hurt meant rode sought showed"
    " slept sprang stuck swam swung tore withdrew been done"
).split()
# In the present tense, these tell of what is planned: "Parliament votes on Thursday".
_PLANNED = (
    "meets opens reopens begins starts resumes ends expires arrives returns closes votes hears hits"
    " travels plays goes runs continues applies comes expects faces leaves hosts holds visits takes"
    " releases launches airs heads flies sits addresses testifies appears gathers convenes decides"
    " competes wants reports looms marks nears approaches"
).split()
_PLANNED_PLURAL = (
    "open close reopen continue begin resume arrive meet expire apply strike vote face".split()
)
_TAIL = r"(?: (?:not|also|only|\w+ly))*(?: be| have been| have)?(?: \w+ly)?(?: [a-z]+)?"
_EXPECTED = (
    "due|set|scheduled|expected|forecast|slated|likely|about|poised|planned|supposed|meant|to"
)
_WANT = (
    r"(?:plan|hope|intend|expect|want|agree|vow|promise|threaten|propose|decide|need|aim|prepare|offer"
    r"|pledge|seek|mean|refuse|try)(?:n?ed|d|ied|s|es)?"
)
_UNFULFILLED = (
    rf"had been (?:{_EXPECTED})\b(?: to)?{_TAIL}|had {_WANT} to{_TAIL}|(?:was|were) to have{_TAIL}"
    r"|(?:appear|seem|believ|thought|said|report|claim|found|known)(?:e?d)? to (?:be|have)\b"
    r"|(?:originally|previously|initially) (?:scheduled|due|planned|set|expected)"
)
_MODAL = r"will|shall|would|may|might|should|must|won[’']t|cannot"
_CUE = re.compile(
    rf"\b(?:(?P<unfulfilled>{_UNFULFILLED})"
    rf"|(?P<future>(?:{_MODAL})\b(?! (?:not )?have\b){_TAIL}|[a-z]+[’']ll{_TAIL}"
    r"|(?:can|could)\b(?! (?:not|have|be (?:located|reached|found|confirmed|seen|heard))\b)"
    rf"{_TAIL}|going to{_TAIL}"
    rf"|(?:am|is|are|be|was|were|been|it[’']s|they[’']re) (?:not )?(?:{_EXPECTED})\b(?: (?:to|for|on))?{_TAIL}"
    r"|(?:scheduled|planned|slated)\b|(?:set|due|expected) (?:for|on|in|at|next|this)\b"
    rf"|{_WANT} to{_TAIL}|(?:him|her|them|us) to [a-z]+"
    r"|(?:postponed|delayed|adjourned|deferred|rescheduled|extended|moved|put off|put back)"
    r"(?: [a-z]+){0,3} (?:until|till|to)\b"
    rf"|to be{_TAIL}|to (?:begin|start|resume|meet|vote|open|discuss|take|hold|attend|visit|expire|run)\b"
    r"|upcoming|forthcoming|ahead of|no later than|in time for|effective|starting|beginning)"
    r"|(?P<neutral>(?:is|are|am|be|being)(?: not)? [a-z]+(?:ed|en)\b|is heard|is held)"
    rf"|(?P<past>(?:{'|'.join(_IRREGULAR)})\b|{_NOT_AFTER_DETERMINER}[a-z]{{2,}}ed\b)"
    rf"|(?P<present>{_NOT_AFTER_DETERMINER}(?:{'|'.join(_PLANNED)}|{'|'.join(_PLANNED_PLURAL)})\b"
    r"|(?:am|is|are) [a-z]+ing\b)"
    r"|(?P<border>[,;:—–]|\b(?:and|but|while|when|as|that|because|if|who|which|where|whether)\b))"
)
# "said on Friday that": a time before "that" is when somebody spoke.
_SPEECH_AFTER = re.compile(r"[’']?s?,? that\b|,? (?:he|she|they|it) (?:said|says|told)")
# "Did not arrive until Monday" and "stayed until Monday" tell of the past.
_UNTIL = re.compile(
    r"(?P<stays>\b(?:did not|did[n]?[’']t|never|lasted|continued|remained|stayed|ran|was|were|had)\b.{0,24})?"
    r"\b(?:until|till|as (?:soon|early) as|(?:strike|protest|vote|date|hearing)s? for)"
    r"(?: (?:early|late|mid|at least|\d[\d:.]* ?[ap]\.?m\.?(?: [A-Z]+)?|noon|midnight))?[ -]$"
)
_DEADLINE = re.compile(r"(?P<had>\bhad\b.*)?\bby $", re.DOTALL)
_SINCE = re.compile(r"\bsince (?:early |late |last )?$")
_AFTER = re.compile(r"\b(?:after|following|follows) $")
# "The deadline is Friday."
_PREDICATE = re.compile(
    r"\b(?:is|are)(?: (?:on|for|at|from))*"
    r"(?: (?:noon|midnight|midday|\d[\d:.]*(?: ?(?:to|-|–) ?\d[\d:.]*)? ?[ap]\.?m\.?(?: [A-Z]{2,4})?))? $"
)
_AHEAD = re.compile(
    r"\b(?:[Aa]head of|[Rr]un-up to|[Pp]repar(?:e|es|ed|ing) for|in time for|no later than"
    r"|a?wait(?:s|ed|ing)?|brac(?:e|es|ed|ing) for|look(?:s|ed|ing) (?:ahead )?to|gear(?:s|ed|ing) up for"
    r"|due|slated|scheduled|(?:cancell?ed|called|planned|booked|forecast|set) (?:[a-z]+ ){0,2}for"
    r"|warn(?:s|ed|ing)?(?: [A-Z]?[a-z]+)? (?:of|about) (?:[a-z]+ ){1,3}(?:on|for)) $"
)
_FOR = re.compile(r"\b(?:for|before|prior to) $")
_POSSESSIVE = re.compile(r"[’']s?(?= [a-z])")
_SCHEDULED = re.compile(
    r" (?:[A-Za-z]+ ){0,2}(?:elections?|votes?|ballot|poll|referendum|primary|runoff|meetings?|talks|summit"
    r"|conference|hearing|trial|debate|session|games?|match|race|final|concert|ceremony|parade|rally"
    r"|flights?|launch|opening|deadline|strike|march|protest|festival|funeral|wedding|visit|interview|report|data|figures|payrolls"
    r"|decision)\b"
)
_WAYS: dict[str, Direction] = {
    "past": "past", "unfulfilled": "past", "future": "future", "present": "future",
}  # fmt: skip
# A verb that is further away than so many verbs and borders of clauses does not count.
_MAX_CUES = 12

_Cue: TypeAlias = tuple[int, int, "Direction | None"]


class Clauses:
    """The verbs of a sentence, from which the direction of a span in it is read."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._span = (start, end)
        self._read = False
        self._cues: list[_Cue] = []
        self._starts: list[int] = []
        self._ends: list[int] = []

    def direction(self, start: int, end: int) -> Direction | None:
        """The direction of the clause around a span, None if it has no verb that tells."""
        cues = self._found()
        before = bisect_right(self._ends, start)
        after = bisect_left(self._starts, end)
        previous = next(
            (way for _, _, way in reversed(cues[max(0, before - _MAX_CUES) : before]) if way), None
        )
        if led := self._by_lead(start, end, before, after, previous):
            return led
        if self._begins_clause(before, start) and not _SPEECH_AFTER.match(self._text, end):
            ahead = self._in_clause(after)
            if ahead:
                return ahead
        following = next((way for _, _, way in cues[after : after + _MAX_CUES] if way), None)
        return previous or following

    def _by_lead(
        self, start: int, end: int, before: int, after: int, previous: Direction | None
    ) -> Direction | None:
        """The direction by the words directly before and behind a span."""
        lead = max(0, start - 40)
        if _SINCE.search(self._text, lead, start):
            return "past"
        if _AHEAD.search(self._text, lead, start) or _PREDICATE.search(self._text, lead, start):
            return "future"
        if possessive := _POSSESSIVE.match(self._text, end):
            # "Tuesday's quake" has happened, whatever is to come of it; a match may be to come.
            scheduled = _SCHEDULED.match(self._text, possessive.end()) is not None
            after_it = _AFTER.search(self._text, lead, start) is not None
            own = after < len(self._cues) and self._cues[after][2] == "future"
            ahead = previous == "future" or own or _FOR.search(self._text, lead, start)
            return "future" if scheduled and ahead and not after_it else "past"
        until = _UNTIL.search(self._text, lead, start)
        if until and not until["stays"]:
            return "future"
        by = _DEADLINE.search(self._text, max(0, start - 120), start)
        if by and not by["had"] and not self._begins_clause(before, start):
            return "future"
        return None

    def _begins_clause(self, before: int, start: int) -> bool:
        if not before:
            return True
        begin, end, way = self._cues[before - 1]
        if way is not None or start - end > 24 or self._text[begin] == ",":
            return False
        return len(self._text[end:start].split()) <= 2

    def _in_clause(self, after: int) -> Direction | None:
        """The direction of the next verb, if at most one clause border precedes it."""
        ahead = self._cues[after : after + 2]
        return next((way for _, _, way in ahead if way), None)

    def _found(self) -> list[_Cue]:
        if self._read:
            return self._cues
        self._read = True
        for match in _CUE.finditer(self._text, *self._span):
            kind = match.lastgroup or ""
            if kind == "neutral" or (kind == "past" and match.group().lower() in _NOT_VERBS):
                continue
            self._cues.append((*match.span(), _WAYS.get(kind)))
        self._starts = [cue[0] for cue in self._cues]
        self._ends = [cue[1] for cue in self._cues]
        return self._cues
