"""Extracts event mentions: clauses that say that something happened, is planned or is claimed.

A clause is an event mention if it contains an event trigger (of an ISO-TimeML event class, see
`triggers`) and has a named participant. Negated and hypothetical clauses are not. The time of a
mention is the date in its clause, else the only date in its sentence, else (if the event happened)
the date stated most recently in the paragraph, else the date of the article.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tui.events.clauses import APPOSITION, clauses
from tui.events.headlines import headline
from tui.events.triggers import Trigger, triggers
from tui.nlp.document import Document, EventMention, EventStatus, Mention, TimeExpression
from tui.nlp.tokens import TOKEN
from tui.times.edtf import interval, uncertain

_FUTURE = frozenset("will shall ll".split())
_SUPPOSITIONS = frozenset("may might could must can would should".split())
_AUXILIARIES = frozenset(
    """be is are was were been being has have had having do does did will would shall should may
    might could must can not also now then later already still just even only never to and but or
    that as in on at of by from for with after before when while since both all the a an against amid despite given""".split()
)
_PRONOUNS = frozenset("he she".split())
_EMPTY_SUBJECTS = frozenset(
    """it they this that these those there such what whatever which who whose its their his her we
    i you one some many others both each either neither another any all most few several""".split()
)
_BE = frozenset("is are was were be been being has have had having got".split())
_DETERMINERS = frozenset(
    """the a an this that these those his her its their our my any some no every each another new
    further planned recent public possible potential ongoing looming immediate military ground
    s high level full scale last next previous first second direct secret joint deadly""".split()
)
_GERUND_AFTER = frozenset("by is are was were from after for before while when into".split())
_NEGATIONS = frozenset(
    "not never no neither nor without n't hardly cannot didn doesn isn wasn weren hasn".split()
)
_PLANNED = re.compile(
    r"\b(?:plans? (?:to|for|on)|planned|planning|poised|scheduled|set|due|expected|slated|intend(?:s|ed|ing)?|vow(?:s|ed)?"
    r"|prepar(?:e|es|ed|ing)|upcoming|impending|pledged?|determined|ready|about|aims?|agreed"
    r"|proposed|potential|possible|alternatives?|intention|intent|against|oppos(?:es|ed|ing|ition)|prevent|avert"
    r"|avoid|threat(?:en(?:s|ed|ing)?)?|delay|calls?|called|calling|urg(?:es|ed|ing)|demand(?:s|ed|ing)?)\b"
    r"(?:\W+\w+){0,3}\W*$",
    re.IGNORECASE,
)
_NOT_YET = re.compile(r"\b(?:not|no|nor|never|without)\b", re.IGNORECASE)
_SUPPOSED = re.compile(r"\b(?:if|whether|unless|in case)\b", re.IGNORECASE)
_CLAIM_BEFORE = re.compile(
    r"\b(?:said|says|say|saying|told|tells|claim(?:s|ed|ing)?|alleg(?:es|ed|ing)|assert(?:s|ed)|stat(?:es|ed|ing)"
    r"|insist(?:s|ed|ing)?|argu(?:es|ed|ing)|suggest(?:s|ed|ing)?|report(?:s|ed)|believ(?:es|ed|e)|according|add(?:s|ed)"
    r"|confirm(?:s|ed)|maintain(?:s|ed)|wrote|tweeted|reportedly|allegedly)\b[^.]{0,60}$"
)
_CLAIM_AFTER = re.compile(
    r"^[,”\"’]*\s*(?:(?:he|she|they|it|officials?|[A-Z][\w.’-]+(?: [A-Z][\w.’-]+){0,3}|the [\w ]{3,40})\s+)?"
    r"(?:said|says|told|claimed|insisted|added|wrote|argued|according to|stated)\b"
)
_BY = re.compile(r"\s+(?:by|of|between|from)\s")
_RELATIVE = re.compile(r"(?:who|which)\s+", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:(?:and|but|yet|so|or|while|as|when|after|before|because|since|although|though|that|where|then|however"
    r"|meanwhile|instead|also),?\s+)+",
    re.IGNORECASE,
)
_GERUND = re.compile(r"[A-Z]?[a-z]+ing\b")
_PRONOUN = re.compile(r"([^\W\d_]+)\s+")
_LEAST_WORDS = 4
# A range of more days than this is no day of an event.
_LONGEST_RANGE = 31
_PLANNING = frozenset(("plan", "schedule", "prepare"))
_KINDS = frozenset(("OCCURRENCE", "I_ACTION", "ASPECTUAL"))
# Triggers that say little on their own: another trigger in the clause takes precedence.
_LIGHT = frozenset("call agree decide plan prepare try seek help force allow offer order continue "
                   "start begin end stop halt pursue propose pressure proceed prevent avoid ask invite "
                   "signal conflict crisis tragedy incident campaign dispute standoff war violence "
                   "operation strategy debate reform drop raise follow cross form lift land run "
                   "increase extend pass hit cut see join lose gain post quote test search question recognise "
                   "grow criticise prolong attempt disaster decrease gather escalate respond shift "
                   "discuss highlight".split())  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    trigger: Trigger
    score: float
    status: EventStatus
    noun: bool


def extract_events(document: Document) -> Document:
    """The document with its event mentions; it must have its sentences, mentions and times."""
    text, date, headings = document.text, document.reference_date, document.headings
    mentions, times = document.mentions, document.times
    starts = [m.start for m in mentions]
    time_starts = [t.start for t in times]
    found: list[EventMention] = []
    carried: tuple[str, int] | None = None
    subject: Mention | None = None
    person: Mention | None = None
    last_end = 0
    for start, end in document.sentences:
        if "\n\n" in text[last_end:start]:
            carried, subject = None, None
        last_end = end
        named = mentions[bisect_left(starts, start) : bisect_left(starts, end)]
        when_said = times[bisect_left(time_starts, start) : bisect_left(time_starts, end)]
        own = _day_of(when_said)
        if start in headings or text[end - 1] == "?":
            continue
        before: Sequence[Mention] = [subject] if subject else []
        for begin, stop in clauses(text, start, end):
            inside = [m for m in named if begin <= m.start and m.end <= stop]
            who = inside or list(before)
            if inside:
                before = inside
            best = _best(text, begin, stop, start, end, inside, who)
            if best is None or (
                best.trigger.lemma in _LIGHT and not any(m.kind in ("PER", "ORG") for m in inside)
            ):
                continue
            words = _headline(text, begin, stop, best, named, person)
            if words is None:
                continue
            when, origin = _when(when_said, begin, stop, own, carried, date, best.status)
            found.append(
                EventMention(
                    start=begin,
                    end=stop,
                    text=text[begin:stop],
                    trigger=(best.start, best.end),
                    lemma=best.trigger.lemma,
                    status=best.status,
                    when=when,
                    when_origin=origin,
                    headline=words,
                    participants=tuple(dict.fromkeys(m.entity for m in who)),
                )
            )
        if own is not None and len(own) == 10 and (date is None or own <= date):
            carried = (own, start)
        actors = [m for m in named if m.kind in ("PER", "ORG")]
        if actors:
            subject = actors[0]
        person = next((m for m in named if m.kind == "PER"), person)
    return replace(document, events=tuple(found))


def _headline(
    text: str,
    start: int,
    end: int,
    best: _Candidate,
    named: Sequence[Mention],
    person: Mention | None,
) -> str | None:
    """The headline of a clause, None if it would not show who did what.

    A leading "who" or "which" is replaced by the name before it, a leading "he" or "she" by
    `person`, who is the first person in the latest of the previous sentences that name one.
    """
    relative = _RELATIVE.match(text, start, end)
    subject = ""
    owner = _name_before_noun(best, named, start)
    if owner is not None and owner.kind in ("PER", "ORG"):
        words = headline(text, owner.start, end, (best.start, best.end))
        return words if words.count(" ") >= _LEAST_WORDS - 1 else None
    if relative is not None:
        behind = [m for m in named if 0 <= start - m.end <= 2]
        if not behind or best.start < relative.end():
            return None
        subject, start = behind[-1].text, relative.end()
    else:
        lead = _LEAD.match(text, start, best.start)
        if lead is not None:
            start = lead.end()
        pronoun = _PRONOUN.match(text, start, end)
        if pronoun is not None and pronoun[1].lower() in _PRONOUNS:
            if person is None or best.start < pronoun.end():
                return None
            subject, start = person.text, pronoun.end()
        elif not _has_subject(text, start, best, named):
            if owner is None:
                return None
            start = owner.start
    words = headline(text, start, end, (best.start, best.end))
    if subject:
        words = f"{subject} {words[:1].lower()}{words[1:]}"
    least = _LEAST_WORDS if best.noun else 2
    return words if words.count(" ") >= least - 1 else None


def _name_before_noun(best: _Candidate, named: Sequence[Mention], start: int) -> Mention | None:
    """The name directly before a trigger that is a noun, as in "the U.S.'s abstention".

    None if there is none, or if the trigger is a verb.
    """
    if not best.noun:
        return None
    return next((m for m in named if start <= m.start and 0 <= best.start - m.end <= 3), None)


def _has_subject(text: str, start: int, best: _Candidate, named: Sequence[Mention]) -> bool:
    """Whether a clause shows who acts.

    If the trigger is a verb, a name or a noun must precede it. If it is a noun, the clause must not
    begin with a pronoun, an auxiliary or a gerund.
    """
    first = TOKEN.search(text, start)
    opening = first.group().lower() if first is not None else ""
    if opening in _EMPTY_SUBJECTS or (opening.endswith("ing") and text[start].islower()):
        return False
    if best.noun:
        return opening not in _AUXILIARIES - {"the", "a", "an"} and not _GERUND.match(text, start)
    if any(start <= m.start and m.end <= best.start for m in named):
        return opening not in ("against", "of", "given", "amid", "despite")
    before = [word.lower() for word in TOKEN.findall(text[start : best.start])]
    while before and before[0] in _AUXILIARIES - {"the", "a", "an", "both", "all"}:
        before.pop(0)
    return any(word not in _AUXILIARIES for word in before)


def _best(
    text: str,
    start: int,
    end: int,
    sentence: int,
    sentence_end: int,
    inside: Sequence[Mention],
    who: Sequence[Mention],
) -> _Candidate | None:
    """The trigger of a clause with the highest score, None if no score is above 1."""
    if not who:
        return None
    lexicon = triggers()
    words = list(TOKEN.finditer(text, start, end))
    asides = [match.span(2) for match in APPOSITION.finditer(text, start, end)]
    lowered = [word.group().lower() for word in words]
    best: _Candidate | None = None
    for at, word in enumerate(words):
        if word.group()[0].isupper() and at:
            continue
        trigger = lexicon.get(lowered[at])
        hyphened = ""
        if at + 1 < len(words) and text[word.end() : words[at + 1].start()] == "-":
            hyphened = f"{lowered[at]}-{lowered[at + 1]}"
            trigger = lexicon.get(hyphened, trigger)
        if trigger is None or trigger.kind not in _KINDS:
            continue
        if any(first <= word.start() < last for first, last in asides):
            continue
        stop = words[at + 1].end() if hyphened and hyphened in lexicon else word.end()
        candidate = _scored_candidate(
            text, word.start(), stop, trigger, lowered, at, (sentence, sentence_end, start), inside
        )
        if candidate is not None and (best is None or candidate.score > best.score):
            best = candidate
    return best if best is not None and best.score > 1.0 else None


def _scored_candidate(
    text: str,
    start: int,
    end: int,
    trigger: Trigger,
    words: Sequence[str],
    at: int,
    bounds: tuple[int, int, int],
    inside: Sequence[Mention],
) -> _Candidate | None:
    """The score and the event status of a trigger in its context, None if it is not an event there.

    Args:
        text: the text of the article.
        start: the start of the trigger.
        end: the end of the trigger.
        trigger: the entry of the word in the lexicon.
        words: the words of the clause, in lower case.
        at: the index of the trigger in `words`.
        bounds: the start and end of the sentence, and the start of the clause.
        inside: the mentions in the clause.
    """
    sentence, sentence_end, clause = bounds
    previous = words[at - 1] if at else ""
    window = words[max(0, at - 4) : at]
    noun = _is_noun(text, start, trigger, words, at, inside)
    form = words[at]
    if _NEGATIONS.intersection(words[:at] if noun else window):
        return None
    if _SUPPOSED.search(text, clause, start) or (
        form == "met" and words[at + 1 : at + 2] == ["with"]
    ):
        return None
    status: EventStatus = "happened"
    score = 2.0 if not noun else 1.0
    near = any(0 <= start - m.end <= 3 for m in inside)
    if noun:
        # "the U.S. abstention", "Netanyahu's cancellation of", "the visit by Biden"
        if near:
            score = 2.6
        elif _BY.match(text, end) and any(0 <= m.start - end <= 12 for m in inside):
            score = 1.7
    elif previous == "to":
        status = "planned"
        score = 1.2
    elif form.endswith("ing"):
        score = 1.8 if near or previous in _GERUND_AFTER else 0.8
    elif form.endswith(("ed", "en", "t", "d", "k", "w", "ne", "ew")) or near:
        score = 3.0 if near or not inside or inside[0].start < start else 2.2
        if not _BE.intersection(words[max(0, at - 3) : at]) and previous in _DETERMINERS:
            score = 0.9
    if trigger.lemma in _LIGHT:
        score -= 0.6
    elif trigger.kind != "OCCURRENCE":
        score -= 0.3
    before = text[max(sentence, start - 48) : start]
    said = _CLAIM_BEFORE.search(text[max(sentence, start - 160) : start]) is not None
    if _SUPPOSITIONS.intersection(window) and not (said and "would" in window):
        return None
    denied = (noun or previous == "to") and _NOT_YET.search(text[clause:start]) is not None
    if denied:
        return None
    if (
        trigger.lemma in _PLANNING
        or _FUTURE.intersection(window)
        or "would" in window
        or _PLANNED.search(before)
    ):
        status = "planned"
    elif status == "happened" and (
        said
        or _CLAIM_AFTER.match(text[end:sentence_end].partition(",")[2][:80])
        or _quoted(text, sentence, start)
    ):
        status = "claimed"
    return _Candidate(start, end, trigger, score, status, noun)


def _is_noun(
    text: str,
    start: int,
    trigger: Trigger,
    words: Sequence[str],
    at: int,
    inside: Sequence[Mention],
) -> bool:
    """Whether a form that may be a verb or a noun ("attack", "visit") is a noun in its context."""
    if trigger.noun:
        return True
    form, previous = words[at], words[at - 1] if at else ""
    if form.endswith(("ed", "ing")):
        return False
    possessive = text[max(0, start - 3) : start].rstrip().endswith(("'s", "’s", "s'", "s’"))
    adjective = any(m.kind == "NORP" and 0 <= start - m.end <= 1 for m in inside)
    return possessive or adjective or previous in _DETERMINERS


def _quoted(text: str, sentence: int, at: int) -> bool:
    before = text[max(sentence, at - 800) : at]
    return before.count("“") > before.count("”")


def _day_of(times: Sequence[TimeExpression]) -> str | None:
    """The date of some time expressions, None if there is none or if there are several."""
    dates = {day for t in times if (day := _date_of(t))}
    return dates.pop() if len(dates) == 1 else None


def _date_of(time: TimeExpression) -> str | None:
    """The date of a time expression without its time of day, None if it tells no date.

    A duration tells one if its first and last days are written, as in "May 6-8".
    """
    if time.edtf is None or time.type == "SET":
        return None
    if time.type == "DURATION" and (time.anchor or interval(time.edtf).days > _LONGEST_RANGE):
        return None
    return time.edtf.split("T")[0]


def _doubted(when: str, date: str | None, status: EventStatus) -> str:
    """The time of an event, marked as uncertain if it happened after its article was written."""
    if status != "happened" or date is None or interval(when).first <= interval(date).last:
        return when
    return uncertain(when)


def _when(
    times: Sequence[TimeExpression],
    start: int,
    end: int,
    own: str | None,
    carried: tuple[str, int] | None,
    date: str | None,
    status: EventStatus,
) -> tuple[str | None, str]:
    """The time of an event (EDTF, None if it is unknown), and its origin as in `EventMention`."""
    inside = [day for t in times if start <= t.start < end and (day := _date_of(t))]
    if inside:
        return _doubted(inside[0], date, status), "clause"
    if own is not None:
        return _doubted(own, date, status), "sentence"
    if carried is not None and status == "happened":
        return carried[0], "carried"
    return (date, "article") if date else (None, "none")
