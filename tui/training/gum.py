"""Derives the proper names in GUM (Zeldes 2017), which annotates noun phrases with entity types.

The name of a phrase is the title of its Wikipedia article if the phrase contains it, or else the
run of proper nouns at the head of the phrase, at a dependent of the head, or before the head. The
rules for names in English news were developed on the training documents.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from tui.nlp.gazetteer import gazetteer, key

Span = tuple[int, int, str]
# The kind of a name that is of none of the five kinds, or whose kind the corpus does not state.
UNKNOWN = "?"

_KINDS = {"person": "PER", "place": "LOC", "organization": "ORG"}
# Lower-case words inside names of people, of places and of others, and inside article titles.
_PERSON_INNER = frozenset("de du da di del al van von der den bin ben la el le - – .".split())
_PLACE_INNER = _PERSON_INNER | frozenset("of the for and & 's".split())
_INNER = _PLACE_INNER | {"on"}
_INNERS = {"person": _PERSON_INNER, "place": _PLACE_INNER}
_TITLE_INNER = _INNER | {"at", "in"}
# Words after which "the" may be part of a name.
_INTO = frozenset("of on for".split())
# The title of an article on an office contains one of these words.
_OF = frozenset("of for to".split())
_LONGEST_TITLE = 4
_NUMERAL = re.compile("[IVX]+")
_TITLE_WORD = re.compile(r"['’]s\b|[\w.]+|[^\w\s]")
# The number of initial letters that the spellings of a name share: Dostoyevsky, Dostoevsky.
_ALIKE = 3


@dataclass(frozen=True, slots=True)
class _Word:
    """A row of CoNLL-U; `head` is the index of the governor in the sentence, -1 for the root."""

    form: str
    upos: str
    tag: str
    head: int
    relation: str
    entity: str

    @property
    def proper(self) -> bool:
        """Whether one of the two tags is that of a proper noun."""
        return self.upos == "PROPN" or self.tag.startswith("NNP")


@dataclass(frozen=True, slots=True)
class _Phrase:
    """An annotated noun phrase; `identity` is the title of its Wikipedia article, "" if none."""

    start: int
    end: int
    kind: str
    identity: str

    @property
    def title(self) -> str:
        """The title of the article with blanks, without the disambiguation in parentheses."""
        return self.identity.split("_(")[0].replace("_", " ")


def names_of_document(path: Path) -> Iterator[tuple[list[str], list[Span]]]:
    """The words and names of each sentence of a document in CoNLL-U, as in GUM's UD repository.

    A proper noun outside the names of phrases has the kind that its words have elsewhere in the
    document; otherwise it is LOC if the gazetteer lists it as a location, else UNKNOWN.
    """
    sentences = [(words, _phrases(words)) for words in _sentences(path)]
    named = [(words, *_names(words, phrases)) for words, phrases in sentences]
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for words, spans, _ in named:
        for start, end, kind in spans:
            if kind != UNKNOWN:
                kinds[_form(words, start, end)][kind] += 1
            if kind == "PER" and end - start > 1:
                kinds[words[end - 1].form][kind] += 1
    for words, spans, taken in named:
        rest = [
            (start, end, most.most_common(1)[0][0] if most else _kind_by_list(words, start, end))
            for start, end in _remaining_runs(words, taken)
            for most in [kinds.get(_form(words, start, end))]
        ]
        yield [word.form for word in words], sorted([*spans, *rest])


@lru_cache(maxsize=1)
def titles() -> frozenset[str]:
    """The titles of people in the gazetteer that begin with a capital letter."""
    return frozenset(
        " ".join(title) for title in gazetteer().titles if title and title[0][:1].isupper()
    )


def _form(words: Sequence[_Word], start: int, end: int) -> str:
    return " ".join(word.form for word in words[start:end])


def _sentences(path: Path) -> Iterator[list[_Word]]:
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if re.match(r"\d+\t", line)]
        if not rows:
            continue
        words = []
        for _, form, _, upos, tag, _, head, relation, _, misc in rows:
            entity = re.search(r"(?:^|\|)Entity=([^|\t]+)", misc)
            above = int(head) - 1 if head.isdigit() else -1
            words.append(_Word(form, upos, tag, above, relation, entity[1] if entity else ""))
        yield words


def _phrases(words: Sequence[_Word]) -> list[_Phrase]:
    """The noun phrases that brackets mark, from `(number-kind-…-identity` to `number)`.

    Longer phrases come first.
    """
    found: list[_Phrase] = []
    open_: list[tuple[str, int, str, str]] = []
    for at, word in enumerate(words):
        for piece in re.findall(r"\([^()]+\)?|[^()]+\)", word.entity):
            if not piece.startswith("("):
                number = piece.rstrip(")")
                for n in range(len(open_) - 1, -1, -1):
                    if open_[n][0] == number:
                        _, start, kind, identity = open_.pop(n)
                        found.append(_Phrase(start, at + 1, kind, identity))
                        break
                continue
            parts = piece.strip("()").split("-")
            identity = unquote(parts[7]) if len(parts) > 7 else ""
            if piece.endswith(")"):
                found.append(_Phrase(at, at + 1, parts[1], identity))
            else:
                open_.append((parts[0], at, parts[1], identity))
    return sorted(found, key=lambda phrase: phrase.start - phrase.end)


def _names(words: Sequence[_Word], phrases: Sequence[_Phrase]) -> tuple[list[Span], set[int]]:
    """The names of some phrases, and the indexes of the words that are in names, times or titles.

    The names of longer phrases take precedence: a place in the name of an organisation is not a
    name.
    """
    proper = _proper(words, phrases)
    taken: set[int] = set()
    names: list[Span] = []
    for phrase in phrases:
        run = _name_span(words, phrase, phrases, proper)
        if run is None or not taken.isdisjoint(range(*run)):
            continue
        start, end = run
        # A run that is all of an inner phrase is the name of that phrase: "the State Department
        # spokesperson".
        if any(p.kind != phrase.kind and _within(words, p, phrase) == run for p in phrases):
            continue
        taken.update(range(start, end))
        kind = _kind(words, phrase, start, end)
        if kind:
            names.append((start, end, kind))
    return names, taken


def _kind(words: Sequence[_Word], phrase: _Phrase, start: int, end: int) -> str:
    """The kind of the name of a phrase, "" if it is not a name."""
    form = _form(words, start, end)
    if phrase.kind == "time":
        return ""
    if phrase.kind == "person":
        if form in titles():
            return ""
        # "the Man of the Match" is a person but not a name.
        if end - start == 1 and (words[start].tag == "NNPS" or phrase.identity):
            alike = {word[:_ALIKE].casefold() for word in phrase.identity.split("_")}
            if form[:_ALIKE].casefold() not in alike:
                return UNKNOWN
    kind = _KINDS.get(phrase.kind, UNKNOWN)
    # In GUM, a country that acts is an organisation.
    return "LOC" if kind == "ORG" and _listed_as(form, "LOC") else kind


def _within(words: Sequence[_Word], inner: _Phrase, outer: _Phrase) -> tuple[int, int]:
    """The span of `inner` without its determiner, (0, 0) if it is not shorter than `outer`."""
    if inner.end - inner.start >= outer.end - outer.start:
        return 0, 0
    start = inner.start
    while start < inner.end and words[start].relation == "det":
        start += 1
    return start, inner.end


def _proper(words: Sequence[_Word], phrases: Sequence[_Phrase]) -> list[bool]:
    """Whether each word is a proper noun.

    It is one if it is tagged as one, or if it is among the capitalised nouns and adjectives at the
    end of a phrase ("the Legislative Council") in a sentence that is not a headline.
    """
    proper = [word.proper for word in words]
    letters = [word.form for word in words[1:] if word.form[:1].isalpha()]
    if sum(form[:1].islower() for form in letters) * 2 < len(letters):
        return proper
    for phrase in phrases:
        if phrase.kind not in _KINDS:
            continue
        at = phrase.end
        while at > max(phrase.start, 1) and _capital(words[at - 1]):
            at -= 1
        # A single capitalised noun that is not an acronym may be a common noun: "the Government".
        if phrase.end - at > 1 or (phrase.end - at == 1 and words[at].form.isupper()):
            proper[at : phrase.end] = [True] * (phrase.end - at)
    return proper


def _capital(word: _Word) -> bool:
    """Whether a word is a capitalised noun or adjective, but not a nationality or group."""
    noun = word.upos in ("NOUN", "ADJ", "PROPN")
    return word.form[:1].isupper() and noun and not _listed_as(word.form, "NORP")


def _remaining_runs(words: Sequence[_Word], taken: set[int]) -> Iterator[tuple[int, int]]:
    """The runs of proper nouns that are not taken, without titles, nationalities and groups."""
    forms = [word.form for word in words]
    aside = taken | {
        at
        for begin in range(len(words))
        for end in range(begin + 1, min(begin + _LONGEST_TITLE, len(words)) + 1)
        if _form(words, begin, end) in titles()
        for at in range(begin, end)
    }
    start = -1
    for at in range(len(words) + 1):
        if at < len(words) and words[at].proper and at not in aside:
            start = at if start < 0 else start
        elif start >= 0:
            known = gazetteer().match(forms, start)
            if known is None or known[1].kind != "NORP":
                yield start, at
            start = -1


def _name_span(
    words: Sequence[_Word], phrase: _Phrase, phrases: Sequence[_Phrase], proper: Sequence[bool]
) -> tuple[int, int] | None:
    """The span of the name of a phrase, None if it has no name.

    It is the title of its article if the phrase contains that, or else the run of proper nouns
    around its head.
    """
    title = _title_at(words, phrase)
    if title is not None and phrase.kind == "person":
        return title
    run = _proper_run(words, phrase, phrases, proper)
    if run is None or title is None:
        return run or title
    if title[1] <= run[0] or run[1] <= title[0]:
        return title
    # The words that are not in the title may belong to the name (Rolling Stone Magazine) or be the
    # location of an organisation (US National Park Service, University of Sheffield of the UK).
    left_out = [words[at].form for at in (*range(run[0], title[0]), *range(title[1], run[1]))]
    behind = title[1] < run[1]
    place = " ".join(form for form in left_out if form not in ("of", "the"))
    where = _listed_as(place, "LOC") and (not behind or words[title[1]].form == "of")
    return title if where or not left_out else run


def _title_at(words: Sequence[_Word], phrase: _Phrase) -> tuple[int, int] | None:
    title = _title(phrase)
    for at in range(phrase.start, phrase.end - len(title) + 1 if title else 0):
        if [word.form for word in words[at : at + len(title)]] == title:
            return at, at + len(title)
    return None


def _proper_run(
    words: Sequence[_Word], phrase: _Phrase, phrases: Sequence[_Phrase], proper: Sequence[bool]
) -> tuple[int, int] | None:
    head, least = _named_at(words, phrase, proper)
    if head < 0:
        return None
    inner = _INNERS.get(phrase.kind, _INNER)
    within = [p for p in phrases if phrase.start <= p.start and p.end <= phrase.end]
    first = last = head
    owners = {p.end - 1 for p in within if words[p.end - 1].form in ("'s", "’s")}
    while first > least and first - 1 not in owners:
        if not (proper[first - 1] or _joins(words, first - 1, proper, inner)):
            break
        first -= 1
    while last + 1 < phrase.end and last + 1 not in owners:
        if not (proper[last + 1] or _joins(words, last + 1, proper, inner)):
            break
        last += 1
    if phrase.kind == "person" and not _listed_as(_form(words, first, last + 1), "NORP"):
        first = _after_description(words, first, last, [p for p in within if p.kind != "person"])
    while first < last and not proper[first]:
        first += 1
    while last > first and not proper[last]:
        last -= 1
    if phrase.kind == "person" and last + 1 < phrase.end:
        numeral = words[last + 1]
        last += bool(_NUMERAL.fullmatch(numeral.form)) and numeral.upos != "PRON"
    return (first, last + 1) if proper[first] else None


def _title(phrase: _Phrase) -> list[str]:
    """The words of the title of a phrase's article, [] if the title cannot be used as the name.

    The title of an office is not a name. For places and organisations, a title with lower-case
    words (Peru national football team) is not a name, and a title of a single word (Microsoft) may
    be only a part of it (Microsoft Corporation). For places, a title with a comma includes the
    place around.
    """
    words = _TITLE_WORD.findall(phrase.title)
    if phrase.kind == "person":
        office = bool(words) and words[0] in titles() and any(word in _OF for word in words)
        return [] if office else words
    words = words[1:] if words[:1] == ["The"] else words
    inside = phrase.kind == "place" and "," in words
    large = all(not word[0].islower() or word in _TITLE_INNER for word in words)
    return words if phrase.kind in _KINDS and len(words) > 1 and large and not inside else []


def _after_description(
    words: Sequence[_Word], first: int, last: int, inner: Sequence[_Phrase]
) -> int:
    """The index at which a person's name begins, after titles, offices and their organisations.

    Examples are "US President Barack Obama" and "Scientologist Tom Cruise".
    """
    described = [at + 1 for at in range(first, last) if words[at].relation == "nmod:desc"]
    begin = max([first, *described])
    while begin < last:
        ends = [p.end for p in inner if p.start <= begin < p.end <= last]
        ends += [
            at
            for at in range(begin + 1, min(begin + _LONGEST_TITLE, last) + 1)
            if _is_title(words, begin, at)
        ]
        if not ends:
            break
        begin = max(ends)
    return begin


def _is_title(words: Sequence[_Word], start: int, end: int) -> bool:
    form = _form(words, start, end)
    return form[:1].upper() + form[1:] in titles()


def _named_at(words: Sequence[_Word], phrase: _Phrase, proper: Sequence[bool]) -> tuple[int, int]:
    """The index of a proper noun in the name of a phrase, and the least index of that name's start.

    The first index is -1 if there is no name. The noun is the head, the noun before a comma if the
    head is the place around it (Aceh, Indonesia), a dependent of the head (co-founder Mark
    Zuckerberg, captain Harry Kane), or the noun that the head classifies (Jiangsu province).
    """
    heads = [
        at
        for at in range(phrase.start, phrase.end)
        if not phrase.start <= words[at].head < phrase.end
        and words[at].relation not in ("punct", "case", "det")
    ]
    if not heads:
        return -1, 0
    head = heads[0]
    title = phrase.kind == "person" and words[head].form in titles()
    if proper[head] and not title:
        return _city(words, phrase, head, proper), phrase.start
    hanging = [
        at
        for at in range(head + 1, phrase.end)
        if proper[at]
        and (words[at].head in heads or at in heads)
        and words[at].relation in ("flat", "appos")
        and all(words[n].form not in (",", "(", ":") for n in range(head, at))
    ]
    if hanging:
        first = hanging[0]
        while first - 1 > head and proper[first - 1] and words[first - 1].head == hanging[0]:
            first -= 1
        return hanging[0], first
    return head if proper[head] else _called(words, phrase, head, proper), phrase.start


def _called(words: Sequence[_Word], phrase: _Phrase, head: int, proper: Sequence[bool]) -> int:
    """The index of the last word of a name before the common noun that classifies it.

    An example is "Jiangsu" in "Jiangsu province". It is -1 if the name before the common noun is
    not the title of the phrase's Wikipedia article.
    """
    last = first = head - 1
    if last < phrase.start or not proper[last] or phrase.kind not in ("place", "organization"):
        return -1
    while first > phrase.start and proper[first - 1]:
        first -= 1
    return last if phrase.title == _form(words, first, head) else -1


def _city(words: Sequence[_Word], phrase: _Phrase, head: int, proper: Sequence[bool]) -> int:
    """The index of the place before a comma if the head is the place around it (Aceh, Indonesia).

    For any other phrase it is that of the head.
    """
    if phrase.kind == "place" and words[head - 1].form == ",":
        for at in range(phrase.start, head - 1):
            if proper[at] and words[at].head == head and words[at].relation == "compound":
                return at
    return head


def _kind_by_list(words: Sequence[_Word], start: int, end: int) -> str:
    return "LOC" if _listed_as(_form(words, start, end), "LOC") else UNKNOWN


def _listed_as(words: str, kind: str) -> bool:
    """Whether the gazetteer lists a phrase with a kind: "Roman Catholic" as NORP."""
    entry = gazetteer().phrases.get(key(words))
    return entry is not None and entry.kind == kind


def _joins(words: Sequence[_Word], at: int, proper: Sequence[bool], inner: frozenset[str]) -> bool:
    """Whether a word between proper nouns is part of the name.

    Examples are "of" in "Bank of England" and "5" in "Movimento 5 Stelle".
    """
    form = words[at].form
    if not 0 < at < len(words) - 1:
        return False
    if form.isdigit():
        return proper[at - 1] and proper[at + 1]
    if form not in inner:
        return False
    if form == "and":
        return proper[at - 1] and proper[at + 1] and words[at + 1].relation != "conj"
    before = proper[at - 1] or words[at - 1].form in _INTO
    behind = proper[at + 1] or (words[at + 1].form == "the" and form in _INTO)
    return before and behind
