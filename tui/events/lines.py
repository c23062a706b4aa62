"""The line of an event: its sentence without what a line on its own does not need.

The line keeps the predicate with its subject and its complements, and leaves out whole branches of
the dependency tree (see `pruning`). It is never cut in the middle of a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tui.events.pruning import Pruning
from tui.events.telling_words import WEAK_ENDS
from tui.nlp.document import Span
from tui.nlp.syntax.tree import Tree

MOST_WORDS = 16
LEAST_WORDS = 4
# A line of a few words more is better than none.
_TOLERANCE, _MORE = 1, 3
_NEVER_FIRST = frozenset("ever since and but so or that also ago then , - –".split())
_BLANKS = re.compile(r"\s+")
_PHRASES = frozenset((("as", "well"), ("at", "least"), ("up", "to")))
_TITLES = frozenset(("mr", "mrs", "ms", "miss", "mr.", "mrs.", "ms."))
_HYPHENS = frozenset("-–‐‑")
# A quotation mark whose partner is left out; not that of a possessive.
_UNPAIRED = re.compile(r"([^\Ws])['’](?=\s|$)")
_POSSESSIVE = frozenset(("'s", "’s", "'", "’", "ago"))
_EMPTY_ENDS = frozenset("this that these those just only".split())
# Words that end a line well if a predicate needs them: "declared it over".
_ADVERBS = frozenset("over up out in off down".split())
# What a predicate cannot do without.
_NEEDED_ENDS = frozenset(
    (
        "obj",
        "iobj",
        "nsubj",
        "nsubj:pass",
        "xcomp",
        "ccomp",
        "obl",
        "root",
        "advmod",
        "compound:prt",
    )
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line with the indexes of the words that it keeps; `broken` if what it leaves out follows
    without a mark, so that its sentence was probably misread."""

    text: str
    words: tuple[int, ...] = ()
    broken: bool = False


NO_LINE = Line("")


@dataclass(frozen=True, slots=True)
class Fuller:
    """The name of an entity as it is written in full, for a word that is only its last name; `name`
    is "" if the word already is a full name."""

    word: int
    entity: str
    name: str


def line(
    text: str,
    tree: Tree,
    word: int,
    times: Sequence[Span] = (),
    names: Mapping[int, str] | None = None,
    whole: Sequence[Span] = (),
    fuller: Sequence[Fuller] = (),
    all_times: Sequence[Span] = (),
) -> Line:
    """The line that a predicate tells, `NO_LINE` if it cannot stand alone.

    Args:
        text: the text of the article.
        tree: the sentence.
        word: the predicate, which has to be finite and to have a subject.
        times: the spans of the time expressions that give the day of the event: a line that stands
            under its day does not repeat it.
        names: words to be replaced, by their indexes, as a pronoun by the name that it stands for.
        whole: spans of which all words stay or none, as those of names.
        fuller: the last names that the line writes out where it has them first.
        all_times: the spans of all time expressions.
    """
    spans = [*whole, *all_times]
    longer = {f.word: len(f.name.split()) - 1 for f in fuller if f.name}
    pruning = Pruning(tree, word, list(_units(tree, spans)), spans, longer)
    pruning.drop_needless(times, all_times)
    kept = pruning.shortened(MOST_WORDS) or pruning.shortened(MOST_WORDS + _TOLERANCE)
    ended = _without_weak_end(tree, sorted(kept))
    if not ended:
        return NO_LINE
    replaced = dict(names or {})
    seen: set[str] = set()
    for name in fuller:
        if name.name and name.word in kept and name.entity not in seen:
            replaced[name.word] = name.name
            if tree.lower[name.word - 1] in _TITLES and name.word - 1 in ended:
                ended.remove(name.word - 1)
        seen |= {name.entity} if name.word in kept else set()
    rendered = _rendered(text, tree, ended, replaced)
    if not rendered or len(rendered.split()) > MOST_WORDS + _MORE:
        return NO_LINE
    return Line(rendered, tuple(ended), pruning.is_broken(set(ended)))


def _units(tree: Tree, whole: Iterable[Span]) -> Iterator[set[int]]:
    """Words that belong together: names, times, titles of works, and what is written without a
    blank between."""
    for begin, end in whole:
        inside = {n for n, w in enumerate(tree.words) if begin <= w.start and w.end <= end}
        if len(inside) > 1:
            yield inside
    for n in range(1, len(tree.words)):
        if (tree.lower[n - 1], tree.lower[n]) in _PHRASES:
            yield {n - 1, n}
    glued: set[int] = set()
    title: set[int] = set()
    for n in range(1, len(tree.words)):
        if tree.words[n - 1].end == tree.words[n].start and (
            tree.forms[n] in _HYPHENS or tree.forms[n - 1] in _HYPHENS
        ):
            glued |= {n - 1, n}
        elif glued:
            yield glued
            glued = set()
        # The first word of a sentence is capitalised anyway.
        if n > 1 and _is_capital(tree, n - 1) and _is_capital(tree, n):
            title |= {n - 1, n}
        elif title:
            yield title
            title = set()
    yield from (unit for unit in (glued, title) if unit)


def _is_capital(tree: Tree, n: int) -> bool:
    return tree.forms[n][:1].isupper() and tree.relation(n) != "punct"


def _has_lost_all(tree: Tree, word: int, kept: Sequence[int]) -> bool:
    """Whether a participle at the end of a line has nothing left of what belongs to it."""
    own = [n for n in tree.kids[word] if tree.relation(n) != "punct"]
    apart = tree.relation(word) in ("advcl", "acl", "parataxis", "dep")
    return tree.tag(word) == "VBG" and (apart or bool(own)) and not set(own) & set(kept)


def _without_weak_end(tree: Tree, kept: list[int]) -> list[int]:
    """The words of a line without those at its end that lead over to what is left out, an empty
    list if its predicate lacks its complement then."""
    while kept:
        last = kept[-1]
        if (
            tree.relation(last) == "punct"
            or _has_lost_all(tree, last, kept)
            or (
                tree.relation(last) in ("case", "mark", "cc")
                and tree.lower[last] not in _POSSESSIVE
            )
        ):
            kept.pop()
        elif tree.lower[last] not in WEAK_ENDS | _EMPTY_ENDS or tree.lower[last] in _ADVERBS:
            if tree.relation(last) in _NEEDED_ENDS or tree.lower[last] not in _ADVERBS:
                return kept
            kept.pop()
        elif tree.relation(last) in _NEEDED_ENDS:
            return []
        else:
            kept.pop()
    return []


def _rendered(text: str, tree: Tree, kept: list[int], names: Mapping[int, str]) -> str:
    """The kept words as they stand in the text, with punctuation only between neighbours."""
    chosen = set(kept)
    parts: list[str] = []
    previous: int | None = None
    for n in kept:
        is_mark = tree.relation(n) == "punct"
        if is_mark and not (n - 1 in chosen and n + 1 in chosen):
            continue
        start = tree.words[n].start
        glued = previous is not None and start == tree.words[previous].end
        if previous is not None and not glued and not (is_mark and tree.forms[n] in ",;:."):
            parts.append(" ")
        parts.append(names.get(n, tree.forms[n]))
        previous = n
    words = _BLANKS.sub(" ", "".join(parts)).split(" ")
    if [word.lower().strip(",") for word in words[:2]] == ["so", "far"]:
        del words[:2]
    while words and words[0].lower().strip(",") in _NEVER_FIRST:
        words.pop(0)
    if len(words) < LEAST_WORDS:
        return ""
    rendered = _UNPAIRED.sub(r"\1", " ".join(words).strip(" ,;:.–—-"))
    return rendered[:1].upper() + rendered[1:]
