"""Agreement within an article: one name, one kind; and what the lists know for certain."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tui.language.gazetteer import TOKEN, Entry, Gazetteer, gazetteer
from tui.language.recognition.candidates import Candidate, Spans
from tui.language.sentences import Span
from tui.model import EntityKind, Mention

_KINDS: tuple[EntityKind, ...] = ("PER", "ORG", "LOC", "NORP")
# At this a name is of no kind that is shown whatever it is elsewhere.
_CERTAIN = 0.8
# Below this the lists are asked.
_UNSURE = 0.9
# What is less likely than this is not marked.
_LIKELY = 0.5
# A name found this surely is looked for in the rest of the article too.
_SURE = 0.8
_BRACKETED = re.compile(r"\s\(([A-Z](?:\.?[A-Z]){1,7}\.?)\)")
# Words that end the name of no place.
_BODIES = (
    "Affiliation|Agency|Association|Authority|Commission|Committee|Corporation|Council|Department"
    "|Federation|Foundation|Institute|League|Ministry|Orchestra|Party|School District|Society"
    "|University"
)
_BODY = re.compile(rf" (?:{_BODIES})$")
# These and more, and whatever capitals stand before them.
_HEADED = re.compile(
    r"(?: (?:[A-Z][\w’']+|&|and|of))*?"
    rf" (?:{_BODIES}|Lottery|Railway|Union)\b(?! of\b)"
)
# Not "Biden-led", "Trump-era".
_SECOND_PART = re.compile(r"-(?!era|free|less|like|run|style|type|wing)[a-z]{1,4}(?<!ed)\b(?!-)")
_HYPHENED = re.compile(r"\b[^\W\d_]+-\Z")
# No first part is longer: it is looked for no further back.
_LONGEST_PART = 20
# What peoples have with each other, perhaps behind one more word.
_BETWEEN = re.compile(
    r" (?:[a-z]+ )?(?:alliance|border|conflict|dialogue|negotiations|pact|peace|relations|summit"
    r"|talks|ties|trade|treaty|wars?)\b"
)
_A_BODY: Mapping[str, float] = {"PER": 0.0, "ORG": 0.6, "LOC": 0.0, "NORP": 0.0}
_A_PLACE: Mapping[str, float] = {"PER": 0.0, "ORG": 0.0, "LOC": _UNSURE, "NORP": 0.0}
_OWNER = re.compile(r"([^'’]+?) ?['’] ?s\s+(?=[A-Z])")
_STATE = frozenset(
    "Agency Authority Commission Committee Council Department Ministry Party Union".split()
)
_WORD = re.compile(r"[\w.]*\w")
# What is called as people and places are, and is neither.
_CALLED = re.compile(r"(?:Cyclone|Hurricane|Typhoon|Storm|Operation) ?")
_CALLED_BEFORE = len("Hurricane ")


def agreed(text: str, sentences: Sequence[Span], found: Sequence[Candidate]) -> list[Mention]:
    """The mentions that the candidates of an article come to, by start, none over another."""
    lists = gazetteer()
    apart = [part for c in found for part in _owned(text, c, lists)]
    known = [_by_list(c, text, lists) for c in _widened(text, _without_storms(text, apart))]
    candidates = _likely(text, _as_elsewhere(text, known))
    kinds = _votes(text, candidates)
    named = [c if c.kind == "MISC" else replace(c, kind=kinds[_key(text, c)]) for c in candidates]
    mentions = [
        Mention(c.start, c.end, text[c.start : c.end], kind)
        for c in named
        for kind in _KINDS
        if c.kind == kind
    ]
    mentions += _again(text, named)
    mentions += _short_forms(text, mentions)
    return sorted(mentions, key=lambda mention: mention.start)


def _owned(text: str, candidate: Candidate, lists: Gazetteer) -> Iterator[Candidate]:
    """A place and what it has as two names: Mecca's Grand Mosque. Of what the lists do not know the
    first part may belong to the name: St. Peter's Basilica."""
    owner = _OWNER.match(text, candidate.start, candidate.end)
    entry = _listed(text, *owner.span(1), lists) if owner is not None else None
    if owner is None or entry is None or entry.kind != "LOC":
        yield candidate
    else:
        yield replace(candidate, end=owner.end(1), kind="LOC", chances=_A_PLACE)
        yield replace(candidate, start=owner.end())


def _without_storms(text: str, found: Sequence[Candidate]) -> list[Candidate]:
    """Candidates in which a storm or an operation is of no kind that is shown, wherever it is named
    without that word."""
    called = {
        text[c.start : c.end]
        for c in found
        for before in _CALLED.finditer(text, max(0, c.start - _CALLED_BEFORE), c.start)
        if before.end() == c.start
    }
    return [
        replace(c, kind="MISC")
        if text[c.start : c.end] in called or _CALLED.match(text, c.start, c.end)
        else c
        for c in found
    ]


def _widened(text: str, found: Sequence[Candidate]) -> list[Candidate]:
    """Candidates at their full length, none over another."""
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
            widened.append(_body(text, candidate, after))
    return widened


def _first_part(text: str, candidate: Candidate, lists: Gazetteer) -> int:
    """Where a people's name begins that the lists have with a hyphen: Anglo-American. What two
    peoples have with each other is of two: the Arab-Israeli conflict, German-American trade."""
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
    """A person whose first name has a second part in small letters: Moon Jae-in."""
    more = _SECOND_PART.match(text, candidate.end, after)
    if more is None or " " not in text[candidate.start : candidate.end]:
        return candidate
    return replace(candidate, end=more.end())


def _body(text: str, candidate: Candidate, after: int) -> Candidate:
    """What only begins an organisation's name as all of it: the Connecticut Lottery, the American
    Physical Society. A place that ends like an organisation is one."""
    more = _HEADED.match(text, candidate.end, min(len(text), candidate.end + 80))
    if more is not None and more.end() <= after:
        # The French Ministry is the ministry of the French, the French Society a name.
        state = more.group().split()[-1] in _STATE
        if candidate.kind in ("LOC", "ORG") or (candidate.kind == "NORP" and not state):
            return replace(candidate, end=more.end(), kind="ORG", chances=dict(_A_BODY))
    if candidate.kind == "LOC" and _BODY.search(text, candidate.start, candidate.end):
        return replace(candidate, kind="ORG", chances=dict(_A_BODY))
    return candidate


def _key(text: str, candidate: Candidate) -> str:
    words = text[candidate.start : candidate.end].split()
    return " ".join(words).replace(".", "") if len(words) == 1 else " ".join(words)


def _by_list(candidate: Candidate, text: str, lists: Gazetteer) -> Candidate:
    """A candidate with the kind that the lists give to exactly its words, where it is unsure."""
    if candidate.sure >= _UNSURE and candidate.kind != "MISC":
        return candidate
    known = _listed(text, candidate.start, candidate.end, lists)
    if known is None or known.kind not in _KINDS:
        return candidate
    chances = dict(candidate.chances)
    chances[known.kind] = max(chances.values()) + 0.2
    return replace(candidate, kind=known.kind, chances=chances)


def _listed(text: str, start: int, end: int, lists: Gazetteer) -> Entry | None:
    """What the lists have of exactly the words of a span."""
    words = TOKEN.findall(text, start, end)
    known = lists.match(words, 0) if words else None
    return known[1] if known is not None and known[0] == len(words) else None


def _as_elsewhere(text: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Candidates of which those of no kind that are shown, and not for certain, are shown where the
    article mostly shows their name, and once surely: the Biden administration is of Biden."""
    surest: dict[str, Candidate] = {}
    balance: Counter[str] = Counter()
    for candidate in candidates:
        key = _key(text, candidate)
        if candidate.kind == "MISC":
            balance[key] -= 1
        else:
            balance[key] += 1
            if key not in surest or candidate.sure > surest[key].sure:
                surest[key] = candidate
    return [
        replace(c, kind=surest[key].kind)
        if c.kind == "MISC"
        and c.sure < _CERTAIN
        and balance[key := _key(text, c)] > 0
        and surest[key].sure >= _SURE
        else c
        for c in candidates
    ]


def _likely(text: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Candidates of which those are of no kind that are nowhere in the article more likely than
    not what they seem to be."""
    best: dict[str, float] = defaultdict(float)
    for candidate in candidates:
        key = _key(text, candidate)
        best[key] = max(best[key], candidate.sure)
    return [c if best[_key(text, c)] >= _LIKELY else replace(c, kind="MISC") for c in candidates]


def _votes(text: str, candidates: Sequence[Candidate]) -> dict[str, str]:
    """The kind of each name: what its mentions come to together; a lone surname follows the
    people whose name ends in it, unless its own mentions are sure of something else. A common word
    is no person of its own (MISC)."""
    weights: dict[str, dict[str, float]] = defaultdict(lambda: dict.fromkeys(_KINDS, 0.0))
    for candidate in candidates:
        if candidate.kind != "MISC":
            for kind in _KINDS:
                weights[_key(text, candidate)][kind] += candidate.chances.get(kind, 0.0)
    kinds: dict[str, str] = {key: _most(weight) for key, weight in weights.items()}
    people = {
        word
        for key, kind in kinds.items()
        if kind == "PER" and " " in key
        for word in (key.split()[0], key.split()[-1])
    }
    lists = gazetteer()
    for key, own in kinds.items():
        # Ramadan is nobody, unless somebody is called Ramadan here.
        if own == "PER" and key in lists.not_names and key not in people | lists.first_names:
            kinds[key] = "MISC"
    for key, weight in weights.items():
        if key in people and kinds[key] != "PER" and weight[kinds[key]] < 3 * weight["PER"] + 0.9:
            kinds[key] = "PER"
    return kinds


def _most(weight: Mapping[str, float]) -> str:
    return max(_KINDS, key=lambda kind: weight.get(kind, 0.0))


def _again(text: str, candidates: Sequence[Candidate]) -> list[Mention]:
    """Names of the article that were missed elsewhere in it.

    A single word must be marked more often than not: else it may be a common word.
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
        if candidate.sure >= _SURE:
            sure.add(name)
    taken = Spans((c.start, c.end) for c in candidates)
    hits: dict[str, list[Span]] = defaultdict(list)
    for name, start, end in _places(text, sure):
        if not taken.meet(start, end):
            hits[name].append((start, end))
    mentions: list[Mention] = []
    for name, places in hits.items():
        kind = kinds[name]
        if (" " in name or len(places) <= marked[name]) and kind in _KINDS and name[0].isupper():
            mentions += [Mention(start, end, name, kind) for start, end in places]
    return mentions


def _short_forms(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Acronyms that follow their long form in brackets, wherever the article uses them."""
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
        for name, start, end in _places(text, set(forms))
        if not taken.meet(start, end)
    ]


def _places(text: str, names: set[str]) -> Iterator[tuple[str, int, int]]:
    """Where names stand in a text as whole words, the longest of those that begin at a word."""
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
