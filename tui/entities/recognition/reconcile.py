"""Reconciles the candidates of an article, so that all mentions of a name have the same kind.

The lists are consulted for candidates of which the encoder is unsure.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tui.entities.recognition.candidates import Candidate, Spans
from tui.nlp.document import ENTITY_KINDS, EntityKind, Mention, Span
from tui.nlp.gazetteer import Entry, Gazetteer, gazetteer
from tui.nlp.tokens import TOKEN

# From this probability on, a MISC candidate stays MISC, whatever kind its name has elsewhere in the
# article.
_CERTAIN = 0.8
# Below this probability of its kind, a candidate is looked up in the lists.
_UNSURE = 0.9
# A name is not marked if its probability is below this everywhere in the article.
_LIKELY = 0.5
# Names that are found with at least this probability are searched for in the rest of the article.
_SURE = 0.8
_BRACKETED = re.compile(r"\s\(([A-Z](?:\.?[A-Z]){1,7}\.?)\)")
# Words that end the names of organisations, but not of locations.
_BODIES = (
    "Affiliation|Agency|Association|Authority|Commission|Committee|Corporation|Council|Department"
    "|Federation|Foundation|Institute|League|Ministry|Orchestra|Party|School District|Society"
    "|University"
)
_BODY = re.compile(rf" (?:{_BODIES})$")
# These words and further ones, with the capitalised words before them.
_HEADED = re.compile(
    r"(?: (?:[A-Z][\w’']+|&|and|of))*?"
    rf" (?:{_BODIES}|Lottery|Railway|Union)\b(?! of\b)"
)
# The second part of a first name (Jae-in), but not the end of "Biden-led" or "Trump-era".
_SECOND_PART = re.compile(r"-(?!era|free|less|like|run|style|type|wing)[a-z]{1,4}(?<!ed)\b(?!-)")
_HYPHENED = re.compile(r"\b[^\W\d_]+-\Z")
# The first part of a hyphenated name is searched for in this many characters before a candidate.
_LONGEST_PART = 20
# Words for relations between peoples, optionally after one other word.
_BETWEEN = re.compile(
    r" (?:[a-z]+ )?(?:alliance|border|conflict|dialogue|negotiations|pact|peace|relations|summit"
    r"|talks|ties|trade|treaty|wars?)\b"
)
_ORGANISATION_CHANCES: Mapping[str, float] = {"PER": 0.0, "ORG": 0.6, "LOC": 0.0, "NORP": 0.0}
_LOCATION_CHANCES: Mapping[str, float] = {"PER": 0.0, "ORG": 0.0, "LOC": _UNSURE, "NORP": 0.0}
_OWNER = re.compile(r"([^'’]+?) ?['’] ?s\s+(?=[A-Z])")
_STATE = frozenset(
    "Agency Authority Commission Committee Council Department Ministry Party Union".split()
)
_WORD = re.compile(r"[\w.]*\w")
# Storms and operations, which have names like those of people and locations but are neither.
_STORM_OR_OPERATION = re.compile(r"(?:Cyclone|Hurricane|Typhoon|Storm|Operation) ?")
_CALLED_BEFORE = len("Hurricane ")


def reconcile(text: str, found: Sequence[Candidate]) -> list[Mention]:
    """The mentions of an article, sorted by start and without overlaps.

    `found` are the candidates of the article, sorted by start.
    """
    lists = gazetteer()
    apart = [part for c in found for part in _split_possessive(text, c, lists)]
    known = [_by_list(c, text, lists) for c in _widened(text, _without_storms(text, apart))]
    candidates = _without_improbable(text, _as_elsewhere(text, known))
    kinds = _votes(text, candidates)
    named = [c if c.kind == "MISC" else replace(c, kind=kinds[_key(text, c)]) for c in candidates]
    mentions = [
        Mention(c.start, c.end, text[c.start : c.end], kind)
        for c in named
        for kind in ENTITY_KINDS
        if c.kind == kind
    ]
    mentions += _missed_mentions(text, named)
    mentions += _short_forms(text, mentions)
    return sorted(mentions, key=lambda mention: mention.start)


def _split_possessive(text: str, candidate: Candidate, lists: Gazetteer) -> Iterator[Candidate]:
    """The candidate, or two candidates if it contains a possessive: Mecca's Grand Mosque.

    It is split only after a listed location, because any other possessive may belong to the name:
    St. Peter's Basilica.
    """
    owner = _OWNER.match(text, candidate.start, candidate.end)
    entry = _listed(text, *owner.span(1), lists) if owner is not None else None
    if owner is None or entry is None or entry.kind != "LOC":
        yield candidate
    else:
        yield replace(candidate, end=owner.end(1), kind="LOC", probabilities=_LOCATION_CHANCES)
        yield replace(candidate, start=owner.end())


def _without_storms(text: str, found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, with storms and operations changed to MISC.

    This includes the mentions of a storm or an operation by its bare name.
    """
    called = {
        text[c.start : c.end]
        for c in found
        for before in _STORM_OR_OPERATION.finditer(text, max(0, c.start - _CALLED_BEFORE), c.start)
        if before.end() == c.start
    }
    return [
        replace(c, kind="MISC")
        if text[c.start : c.end] in called or _STORM_OR_OPERATION.match(text, c.start, c.end)
        else c
        for c in found
    ]


def _widened(text: str, found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, extended to the full length of their names, without overlaps."""
    lists = gazetteer()
    widened: list[Candidate] = []
    for number, candidate in enumerate(found):
        first = _first_part(text, candidate, lists)
        over = [c for c in widened[-2:] if c.end > first]
        if first < candidate.start and all(c.start >= first for c in over):
            del widened[len(widened) - len(over) :]
            candidate = replace(candidate, start=first)
        if widened and candidate.start < widened[-1].end:
            continue
        after = found[number + 1].start if number + 1 < len(found) else len(text)
        if candidate.kind == "PER":
            widened.append(_with_second_part(text, candidate, after))
        else:
            widened.append(_with_organisation_head(text, candidate, after))
    return widened


def _first_part(text: str, candidate: Candidate, lists: Gazetteer) -> int:
    """The offset at which a people's name begins, with a hyphenated first part: Anglo-American.

    The first part belongs to the name only if the lists contain the whole name. It does not if it
    is itself a listed name and a word for a relation follows, because two peoples are named then:
    the Arab-Israeli conflict, German-American trade.
    """
    if candidate.kind != "NORP":
        return candidate.start
    before = _HYPHENED.search(text, max(0, candidate.start - _LONGEST_PART), candidate.start)
    known = _listed(text, before.start(), candidate.end, lists) if before is not None else None
    if before is None or known is None or known.kind != "NORP":
        return candidate.start
    first = before.group()[:-1]
    if (first,) in lists.phrases:
        between = _BETWEEN.match(text, candidate.end) is not None
        if between or not known.name.startswith(first):
            return candidate.start
    return before.start()


def _with_second_part(text: str, candidate: Candidate, after: int) -> Candidate:
    """The candidate, extended by the lower-case second part of a first name: Moon Jae-in."""
    more = _SECOND_PART.match(text, candidate.end, after)
    if more is None or " " not in text[candidate.start : candidate.end]:
        return candidate
    return replace(candidate, end=more.end())


def _with_organisation_head(text: str, candidate: Candidate, after: int) -> Candidate:
    """The candidate, extended to the name of the organisation that it begins.

    Examples are the Connecticut Lottery and the American Physical Society. A location whose name
    ends like that of an organisation becomes an organisation.
    """
    more = _HEADED.match(text, candidate.end, min(len(text), candidate.end + 80))
    if more is not None and more.end() <= after:
        # The French Ministry is the ministry of the French, but the French Society is a name.
        state = more.group().split()[-1] in _STATE
        if candidate.kind in ("LOC", "ORG") or (candidate.kind == "NORP" and not state):
            return replace(
                candidate, end=more.end(), kind="ORG", probabilities=dict(_ORGANISATION_CHANCES)
            )
    if candidate.kind == "LOC" and _BODY.search(text, candidate.start, candidate.end):
        return replace(candidate, kind="ORG", probabilities=dict(_ORGANISATION_CHANCES))
    return candidate


def _key(text: str, candidate: Candidate) -> str:
    words = text[candidate.start : candidate.end].split()
    return " ".join(words).replace(".", "") if len(words) == 1 else " ".join(words)


def _by_list(candidate: Candidate, text: str, lists: Gazetteer) -> Candidate:
    """The candidate, with the kind of its entry in the lists if it is unsure or MISC."""
    if candidate.probability >= _UNSURE and candidate.kind != "MISC":
        return candidate
    known = _listed(text, candidate.start, candidate.end, lists)
    if known is None or known.kind not in ENTITY_KINDS:
        return candidate
    probabilities = dict(candidate.probabilities)
    probabilities[known.kind] = max(probabilities.values()) + 0.2
    return replace(candidate, kind=known.kind, probabilities=probabilities)


def _listed(text: str, start: int, end: int, lists: Gazetteer) -> Entry | None:
    """The entry in the lists for exactly the words of a span, None if there is none."""
    words = TOKEN.findall(text, start, end)
    known = lists.match(words, 0) if words else None
    return known[1] if known is not None and known[0] == len(words) else None


def _as_elsewhere(text: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, with uncertain MISC candidates changed to the kind of their name elsewhere.

    The article must mark the name with an entity kind more often than as MISC, and at least once
    with high probability. For example, "Biden" in "the Biden administration" is the person.
    """
    surest: dict[str, Candidate] = {}
    balance: Counter[str] = Counter()
    for candidate in candidates:
        key = _key(text, candidate)
        if candidate.kind == "MISC":
            balance[key] -= 1
        else:
            balance[key] += 1
            if key not in surest or candidate.probability > surest[key].probability:
                surest[key] = candidate
    return [
        replace(c, kind=surest[key].kind)
        if c.kind == "MISC"
        and c.probability < _CERTAIN
        and balance[key := _key(text, c)] > 0
        and surest[key].probability >= _SURE
        else c
        for c in candidates
    ]


def _without_improbable(text: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates; names whose probability is below `_LIKELY` everywhere are changed to MISC."""
    best: dict[str, float] = defaultdict(float)
    for candidate in candidates:
        key = _key(text, candidate)
        best[key] = max(best[key], candidate.probability)
    return [c if best[_key(text, c)] >= _LIKELY else replace(c, kind="MISC") for c in candidates]


def _votes(text: str, candidates: Sequence[Candidate]) -> dict[str, str]:
    """The kind of each name, by its key: the kind with the highest sum of probabilities.

    A single word that is the first or last name of a person in the article is a person too, unless
    its mentions have another kind with much higher probability. A listed common word is MISC
    rather than a person, unless it is also a first name or part of a person's name.
    """
    weights: dict[str, dict[str, float]] = defaultdict(lambda: dict.fromkeys(ENTITY_KINDS, 0.0))
    for candidate in candidates:
        if candidate.kind != "MISC":
            for kind in ENTITY_KINDS:
                weights[_key(text, candidate)][kind] += candidate.probabilities.get(kind, 0.0)
    kinds: dict[str, str] = {key: _most(weight) for key, weight in weights.items()}
    people = {
        word
        for key, kind in kinds.items()
        if kind == "PER" and " " in key
        for word in (key.split()[0], key.split()[-1])
    }
    lists = gazetteer()
    for key, own in kinds.items():
        # Ramadan is not a person, unless a person in the article has that name.
        if own == "PER" and key in lists.not_names and key not in people | lists.first_names:
            kinds[key] = "MISC"
    for key, weight in weights.items():
        if key in people and kinds[key] != "PER" and weight[kinds[key]] < 3 * weight["PER"] + 0.9:
            kinds[key] = "PER"
    return kinds


def _most(weight: Mapping[str, float]) -> str:
    return max(ENTITY_KINDS, key=lambda kind: weight.get(kind, 0.0))


def _missed_mentions(text: str, candidates: Sequence[Candidate]) -> list[Mention]:
    """Mentions of the article's names that are not among the candidates.

    A single word must be marked at least as often as it is not, because it may be a common word
    otherwise.
    """
    marked: Counter[str] = Counter()
    kinds: dict[str, str] = {}
    sure: set[str] = set()
    for candidate in candidates:
        name = text[candidate.start : candidate.end]
        marked[name] += 1
        if candidate.kind == "MISC" or len(name) < 2:
            continue
        kinds[name] = candidate.kind
        if candidate.probability >= _SURE:
            sure.add(name)
    taken = Spans((c.start, c.end) for c in candidates)
    hits: dict[str, list[Span]] = defaultdict(list)
    for name, start, end in _occurrences(text, sure):
        if not taken.overlaps(start, end):
            hits[name].append((start, end))
    mentions: list[Mention] = []
    for name, places in hits.items():
        kind = kinds[name]
        if (
            (" " in name or len(places) <= marked[name])
            and kind in ENTITY_KINDS
            and name[0].isupper()
        ):
            mentions += [Mention(start, end, name, kind) for start, end in places]
    return mentions


def _short_forms(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Further mentions of acronyms that the article introduces in brackets after the long form."""
    forms: dict[str, EntityKind] = {}
    for mention in mentions:
        found = _BRACKETED.match(text, mention.end)
        if found is not None and mention.kind in ("ORG", "LOC"):
            large = "".join(c for c in mention.text if c.isupper())
            if found[1].replace(".", "") == large:
                forms[found[1]] = mention.kind
    if not forms:
        return []
    taken = Spans((m.start, m.end) for m in mentions)
    return [
        Mention(start, end, name, forms[name])
        for name, start, end in _occurrences(text, set(forms))
        if not taken.overlaps(start, end)
    ]


def _occurrences(text: str, names: set[str]) -> Iterator[tuple[str, int, int]]:
    """The occurrences of names as whole words, each with its name, start and end.

    If several names begin at the same word, the longest one is used.
    """
    by_first: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names, key=lambda name: (-len(name), name)):
        if (first := _WORD.match(name)) is not None:
            by_first[first.group()].append(name)
    behind = 0
    for match in _WORD.finditer(text):
        start = match.start()
        if start < behind or text[start - 1 : start] == "-":
            continue
        for name in by_first.get(match.group(), ()):
            end = start + len(name)
            after = text[end : end + 1]
            if text.startswith(name, start) and not (after.isalnum() or (after and after in "-_")):
                yield name, start, end
                behind = end
                break
