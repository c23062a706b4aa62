"""Recognises names by rules and lists.

Each sentence is searched for runs of capitalised words. The kind of a run is that of its entry in
the lists, or else follows from the words in and around it (a title before it, a head word in it, a
preposition). A single word at a place where any word is capitalised, such as the beginning of a
sentence, is a name only if it is also one elsewhere in the article.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tui.nlp.document import Document, EntityKind, Mention, Span
from tui.nlp.gazetteer import Gazetteer, gazetteer
from tui.nlp.lexicon import NAME_PARTICLES
from tui.nlp.tokens import TOKEN

_ORG_HEADS = frozenset(
    """Party Ministry Council Department University College School Committee Commission Court Bank
    Inc Corp Corporation Company Co Ltd LLC PLC Group Holdings Agency Association Institute Union
    Forces Army Navy Police Times Post Journal News Herald Tribune Guardian Parliament Congress
    Senate Assembly House Office Bureau Administration Authority Organization Organisation
    Foundation Fund Trust Society Club United Airlines Airways Motors Industries Systems Services
    Hospital Church Federation League Alliance Coalition Front Movement Brigade Brigades Battalion
    Center Centre Laboratory Observatory Network Television Radio Studios Entertainment Energy
    Oil Gas Electric Technologies Software Partners Capital Securities Insurance Board Team
    Secretariat Tribunal Cabinet Command Guard Corps Embassy Exchange Chamber Museum""".split()
)
_LOC_HEADS = frozenset(
    """River Street Avenue Road Province Island Islands Mountain Mountains Mount Lake City County
    Strip Strait Straits Bay Valley Sea Ocean Gulf Peninsula Desert Hills Heights Square Airport
    Bridge Park Beach Village Town District Region Coast Canal Harbor Harbour Port Forest Prison
    Border Crossing Camp Plaza Tower Station Cape Creek Falls Canyon Territory
    Territories""".split()
)
_LOCATION_PREPOSITIONS = frozenset(
    "in near at from into across outside around towards toward inside".split()
)
_SPEECH = re.compile(
    r"\s+(?:said|says|told|added|adds|wrote|tweeted|argued|insisted|warned|explained|testified"
    r"|recalled|who|himself|herself|was born|smiled|laughed|joked)\b|,\s+(?:\d{1,3}|who|aged)\b"
)
_LONGEST = 12
# Words that are written in lower case in title case.
_TITLE_SMALL = frozenset(
    "a an and as at but by for from in into nor of on or over s the to vs with".split()
)
_NO_NAME_TAIL = frozenset("Day Year Award Prize Cup Act Bill Agreement Treaty War Games".split())


@dataclass(frozen=True, slots=True)
class _Run:
    start: int
    end: int
    tokens: tuple[str, ...]
    kind: str
    initial: bool
    titled: bool = False


def recognise(document: Document) -> list[Mention]:
    """The names in a text (see `recognisers.Recognise`).

    In headings, and in sentences in capitals or title case, only listed names and names from the
    rest of the article are recognised, because case carries no information there.
    """
    text, lists = document.text, gazetteer()
    starts = [start for start, _ in document.tokens]
    runs: list[_Run] = []
    headed: list[Span] = []
    for start, end in document.sentences:
        found = document.tokens[bisect_left(starts, start) : bisect_left(starts, end)]
        own = _runs(text, found, lists)
        if start in document.headings or _shouted(text, start, end):
            headed.append((start, end))
            own = [run for run in own if run.kind not in ("", "PER")]
        runs.extend(own)
    evidence = _Evidence.of(runs, text, lists)
    mentions = [
        Mention(run.start, run.end, text[run.start : run.end], kind)
        for run in runs
        if (kind := _kind(run, text, evidence, lists)) is not None
    ]
    known: dict[str, EntityKind] = dict.fromkeys(evidence.surnames, "PER")
    known |= {m.text: m.kind for m in mentions if m.kind in ("PER", "ORG")}
    mentions += _repeated(text, headed, known, mentions)
    return sorted(mentions, key=lambda mention: mention.start)


def _shouted(text: str, start: int, end: int) -> bool:
    """Whether a sentence is in capitals or in title case, so that case carries no information."""
    words = TOKEN.findall(text[start : min(end, start + 400)])
    if len(words) < 4 or text[end - 1] in ".,":
        return len(words) >= 4 and text[start:end].isupper()
    return all(word[0].isupper() or not word.isalpha() or word in _TITLE_SMALL for word in words)


def _runs(text: str, found: Sequence[Span], lists: Gazetteer) -> list[_Run]:
    tokens = [text[start:end] for start, end in found]
    runs: list[_Run] = []
    titled = False
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if not (token[0].isupper() or (token[0].isdigit() and token in lists.longest)):
            titled = _ends_title(tokens, at, lists)
            at += 1
            continue
        known = lists.match(tokens, at)
        if known is not None and known[1].kind == "TITLE":
            at += known[0]
            titled = True
            continue
        if known is not None and known[1].kind == "NONE":
            if at == 0 or not _opens_organisation(text, found, tokens, at):
                at += known[0]
                titled = False
                continue
            known = None
        length, kind = known if known is None else known[0], known[1].kind if known else ""
        taken = _length(text, found, tokens, at, lists, length or 0, titled)
        if length is not None and taken <= length:
            taken = length
        else:
            kind = ""
        first, last = found[at], found[at + taken - 1]
        runs.append(
            _Run(
                first[0],
                last[1],
                tuple(tokens[at : at + taken]),
                kind,
                at == 0 or text[first[0] - 1] in "“\"‘'",
                titled,
            )
        )
        at += taken
        titled = False
    return runs


def _ends_title(tokens: list[str], at: int, lists: Gazetteer) -> bool:
    return any(tuple(tokens[at - n : at + 1]) in lists.titles for n in range(min(3, at) + 1))


def _length(
    text: str,
    found: Sequence[Span],
    tokens: list[str],
    at: int,
    lists: Gazetteer,
    known: int,
    titled: bool,
) -> int:
    """The number of tokens of the name that begins at index `at` of `tokens`.

    `known` is the number of tokens of the listed phrase that begins there, 0 if there is none;
    `titled` is whether a title precedes it. The name ends before the next listed phrase, except
    that a person's name may contain names of other kinds.
    """
    taken = max(known, 1)
    person = titled or tokens[at] in lists.first_names
    if known and not (person and known == 1) and not _heads_next(text, found, tokens, at + taken):
        return taken
    while at + taken < min(len(tokens), at + _LONGEST):
        gap = text[found[at + taken - 1][1] : found[at + taken][0]]
        word = tokens[at + taken]
        if gap in (" ", ". ", "-", "’", "'", " & ") and word[0].isupper():
            if gap == ". " and len(tokens[at + taken - 1]) > 1:
                break
            other = lists.match(tokens, at + taken)
            if other is not None and (
                other[1].kind in ("NONE", "TITLE")
                or (not person and other[1].kind in ("LOC", "NORP", "ORG"))
            ):
                break
            if gap in ("’", "'") and len(tokens[at + taken - 1]) > 2:
                break
            taken += 1
        elif (
            gap == " "
            and (word in NAME_PARTICLES or (word == "of" and tokens[at] in _ORG_HEADS))
            and at + taken + 1 < len(tokens)
            and tokens[at + taken + 1][0].isupper()
            and text[found[at + taken][1]] in " -"
        ):
            taken += 2
        else:
            break
    return taken


def _opens_organisation(text: str, found: Sequence[Span], tokens: list[str], at: int) -> bool:
    """Whether a capitalised common word begins the name of an organisation.

    Examples are Ministry of … and Global … Board.
    """
    if tokens[at] in _ORG_HEADS and tokens[at + 1 : at + 2] == ["of"]:
        return at + 2 < len(tokens) and tokens[at + 2][0].isupper()
    last = at
    while (
        last + 1 < min(len(tokens), at + _LONGEST)
        and tokens[last + 1][0].isupper()
        and text[found[last][1] : found[last + 1][0]] == " "
    ):
        last += 1
    return last > at + 1 and tokens[last] in _ORG_HEADS


def _heads_next(text: str, found: Sequence[Span], tokens: list[str], at: int) -> bool:
    return (
        at < len(tokens)
        and text[found[at - 1][1] : found[at][0]] == " "
        and (tokens[at] in _ORG_HEADS or tokens[at] in _LOC_HEADS)
    )


@dataclass(frozen=True, slots=True)
class _Evidence:
    """Words of the whole article that help to classify a single run.

    `surnames` are the last names of people with a title or a listed first name; `inner` are the
    words of runs that begin neither a sentence nor a quotation; `lower` are the words in lower
    case.
    """

    surnames: frozenset[str]
    inner: frozenset[str]
    lower: frozenset[str]

    @staticmethod
    def of(runs: Iterable[_Run], text: str, lists: Gazetteer) -> _Evidence:
        surnames: set[str] = set()
        inner: set[str] = set()
        for run in runs:
            if not run.initial:
                inner.update(run.tokens)
            if run.kind:
                continue
            head = run.tokens[-1]
            if (
                (run.titled or (len(run.tokens) > 1 and run.tokens[0] in lists.first_names))
                and head not in _ORG_HEADS
                and head not in _LOC_HEADS
            ):
                surnames.add(head)
        lower = frozenset(word for word in set(TOKEN.findall(text)) if word.islower())
        return _Evidence(frozenset(surnames), frozenset(inner), lower)


def _kind(run: _Run, text: str, evidence: _Evidence, lists: Gazetteer) -> EntityKind | None:
    """The kind of a run, None if it is not a name."""
    if run.kind in ("ORG", "LOC", "NORP"):
        if run.titled and len(run.tokens) == 1 and run.kind == "LOC":
            return "PER"
        return run.kind  # type: ignore[return-value]
    tokens = run.tokens
    head = tokens[-1]
    if head in _NO_NAME_TAIL:
        return None
    if run.titled:
        return "PER"
    if len(tokens) > 1:
        return _kind_of_many(run, text, evidence, lists)
    if head in evidence.surnames or (head in lists.first_names and head in evidence.inner):
        return "PER"
    return _kind_of_one(run, text, evidence, lists)


def _kind_of_many(run: _Run, text: str, evidence: _Evidence, lists: Gazetteer) -> EntityKind | None:
    tokens = run.tokens
    if any(token in _ORG_HEADS for token in (tokens[-1], tokens[0])) or "of" in tokens:
        return "ORG"
    if tokens[-1] in _LOC_HEADS or tokens[0] in ("Mount", "Lake", "Cape", "Port", "Fort", "Camp"):
        return "LOC"
    if tokens[0] in lists.first_names or tokens[-1] in evidence.surnames:
        return "PER"
    if run.initial and all(token.lower() in evidence.lower for token in tokens):
        return None
    if any(len(token) > 1 and token.isupper() for token in tokens):
        return "ORG"
    if _SPEECH.match(text, run.end, run.end + 20):
        return "PER"
    if _word_before(text, run.start) in _LOCATION_PREPOSITIONS:
        return "LOC"
    return "PER" if len(tokens) <= 3 else "ORG"


def _kind_of_one(run: _Run, text: str, evidence: _Evidence, lists: Gazetteer) -> EntityKind | None:
    word = run.tokens[0]
    if len(word) < 2 or word.isdigit() or not word[0].isalpha():
        return None
    if run.initial and (word not in evidence.inner or word.lower() in evidence.lower):
        return None
    if word.lower() in evidence.lower and not word.isupper():
        return None
    if word.isupper() and 2 <= len(word) <= 6:
        return "ORG"
    if any(char.isupper() for char in word[1:]):
        return "ORG" if not word.startswith(("Mc", "Mac", "De", "La", "Le")) else "PER"
    if word in lists.first_names or _SPEECH.match(text, run.end, run.end + 20):
        return "PER"
    if _word_before(text, run.start) in _LOCATION_PREPOSITIONS:
        return "LOC"
    if word.endswith(("ians", "ists", "ites", "ese")) and len(word) > 5:
        return "NORP"
    return "PER" if text[run.end : run.end + 2] in ("’s", "'s") else "ORG"


def _word_before(text: str, at: int) -> str:
    words = text[max(0, at - 14) : at].split()
    return words[-1] if words and text[at - 1] == " " else ""


def _repeated(
    text: str, headed: Sequence[Span], known: dict[str, EntityKind], taken: list[Mention]
) -> list[Mention]:
    """Mentions of the article's names (`known`) in headings, which case does not distinguish."""
    if not known or not headed:
        return []
    names = sorted(known, key=len, reverse=True)[:200]
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")
    busy = [(m.start, m.end) for m in taken]
    return [
        Mention(match.start(), match.end(), match.group(), known[match.group()])
        for start, end in headed
        for match in pattern.finditer(text, start, end)
        if not any(a < match.end() and match.start() < b for a, b in busy)
    ]
