"""The line of an event: its sentence without what a line on its own does not need.

The line keeps the predicate with its subject and its complements, and leaves out whole branches of
the dependency tree, those that carry least first (sentence compression by dependency pruning, as in
Filippova and Strube 2008). It is never cut in the middle of a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tui.events.telling_words import LEADING_ADVERBS, LIGHT_NOUNS, WEAK_ENDS
from tui.nlp.document import Span
from tui.nlp.syntax.tree import Tree

MOST_WORDS = 16
LEAST_WORDS = 4
# A line of a few words more is better than none.
_TOLERANCE = 3
# A line of so many words says enough.
_ENOUGH = 12
# A phrase before the subject stays if it is short: "In Haiti, ...".
_SHORT = 4

_NEVER = frozenset(("discourse", "vocative", "parataxis", "dep", "reparandum", "list", "goeswith"))
_MODIFIERS = frozenset(("obl", "obl:npmod", "obl:tmod", "obl:unmarked", "nmod", "nmod:tmod",
                        "nmod:unmarked", "advmod", "obl:agent"))  # fmt: skip
_OBLIQUE = frozenset(("obl", "obl:npmod", "obl:tmod", "obl:unmarked"))
_COMPLEMENTS = frozenset(("obj", "iobj", "xcomp", "ccomp"))
_QUOTES = frozenset(
    ("'", "’", '"', "“", "”", "``", "''", "‘", "(", ")", "[", "]", "-LRB-", "-RRB-")
)
_NEVER_FIRST = frozenset("and but so or that also ago then , - –".split())
_BLANKS = re.compile(r"\s+")


def line(
    text: str,
    tree: Tree,
    word: int,
    times: Iterable[Span] = (),
    names: Mapping[int, str] | None = None,
    whole: Iterable[Span] = (),
) -> str:
    """The line that a predicate tells, "" if it cannot stand alone.

    Args:
        text: the text of the article.
        tree: the sentence.
        word: the predicate, which has to be finite and to have a subject.
        times: the spans of the time expressions that give the day of the event: a line that stands
            under its day does not repeat it.
        names: words to be replaced, by their indexes, as a pronoun by the name that it stands for.
        whole: spans of which all words stay or none, as those of names.
    """
    pruned = _Pruning(tree, word, [*whole, *times])
    pruned.drop_needless(list(times))
    pruned.shorten(MOST_WORDS)
    pruned.drop_bare()
    if not LEAST_WORDS <= pruned.length() <= MOST_WORDS + _TOLERANCE:
        return ""
    return _rendered(text, tree, sorted(pruned.kept()), names or {})


class _Pruning:
    """The branches of a tree that a line leaves out."""

    def __init__(self, tree: Tree, word: int, whole: Sequence[Span]) -> None:
        self.tree = tree
        self.word = word
        self.units = list(_units(tree, whole))
        self.all = set(tree.subtree(word))
        self.dropped: set[int] = set()
        subject = tree.subject(word)
        self.begin = tree.first(subject) if subject is not None else word

    def kept(self) -> set[int]:
        """The words that are left; of a unit all are left if that on top of it is."""
        left = self.all - self.dropped
        for top, unit in self.units:
            if top in left:
                left |= unit
            else:
                left -= unit
        return left

    def length(self) -> int:
        return sum(1 for n in self.kept() if self.tree.relation(n) != "punct")

    def drop(self, branch: int) -> None:
        """Leave out a branch and, with the last conjunct, the conjunction before it."""
        self.dropped.update(self.tree.subtree(branch))
        head = self.tree.words[branch].head
        if self.tree.relation(branch) != "conj" or head < 0:
            return
        behind = [
            n for n in self.tree.with_relation(head, "conj") if n > branch and n not in self.dropped
        ]
        if not behind:
            self.dropped.update(n for n in self.tree.with_relation(head, "cc") if n < branch)

    def drop_needless(self, times: list[Span]) -> None:
        """Leave out what a line never has: what leads over from another sentence, who says it, the
        day, and quotation marks."""
        for n in sorted(self.all):
            if n == self.word or n in self.dropped:
                continue
            if self._is_needless(n, times):
                self.drop(n)

    def _is_needless(self, n: int, times: list[Span]) -> bool:
        tree = self.tree
        relation, own = tree.relation(n), tree.words[n].head == self.word
        if relation in _NEVER:
            return True
        if relation == "punct":
            return tree.forms[n] in _QUOTES
        if own and n < self.begin:
            if relation in ("mark", "cc", "advcl"):
                return True
            if relation in _OBLIQUE and tree.size(n) > _SHORT:
                return True
        if own and relation == "advmod" and tree.lower[n] in LEADING_ADVERBS:
            return tree.size(n) == 1
        if relation in _MODIFIERS and self._is_within(n, times):
            return True
        return relation == "appos" and tree.size(n) <= 1 and tree.forms[n].isupper()

    def _is_within(self, n: int, times: list[Span]) -> bool:
        """Whether a branch says nothing but a time: "on Friday", "late on 3 May"."""
        tree = self.tree
        if not any(a <= tree.words[n].start < b for a, b in times):
            return False
        return all(
            any(a <= tree.words[m].start < b for a, b in times)
            or tree.relation(m) in ("case", "punct", "det", "advmod")
            for m in tree.subtree(n)
        )

    def shorten(self, most: int) -> None:
        """Leave out branches until at most `most` words are left.

        Those that carry least go first, but rather a part of a branch than one without which little
        is left.
        """
        while (left := self.length()) > most:
            best: tuple[float, int] | None = None
            for n in self.all - self.dropped:
                carried = self._carried(n) if n != self.word else None
                if carried is None:
                    continue
                rest = left - self._size(n)
                if rest < LEAST_WORDS or rest == left:
                    continue
                cost = carried + max(0, _ENOUGH - rest)
                best = min(best or (cost, -n), (cost, -n))
            if best is None:
                return
            self.drop(-best[1])

    def drop_bare(self) -> None:
        """Leave out each clause whose verb has lost all its complements: "letting"."""
        for n in sorted(self.all - self.dropped, reverse=True):
            if n == self.word or n in self.dropped or not self.tree.is_verb(n):
                continue
            needed = self.tree.with_relation(n, *_COMPLEMENTS)
            if needed and all(m in self.dropped for m in needed):
                self.drop(n)

    def _size(self, branch: int) -> int:
        """The number of words of a branch that are still left, without punctuation marks."""
        return sum(
            1
            for n in self.tree.subtree(branch)
            if n not in self.dropped and self.tree.relation(n) != "punct"
        )

    def _carried(self, n: int) -> float | None:
        """How much a branch carries, None if the line needs it."""
        tree = self.tree
        relation, head = tree.relation(n), tree.words[n].head
        behind = n > self.word
        aside = self._is_aside(n)
        if relation == "appos" or (relation == "acl:relcl" and aside):
            return 0
        if relation == "acl" and aside:
            return 0.5
        if relation == "advcl" and head == self.word and behind:
            return 1
        if relation == "conj" and behind and tree.is_verb(n):
            return 2
        if relation in _OBLIQUE and head == self.word and behind:
            complements = tree.with_relation(self.word, *_COMPLEMENTS)
            first = min(m for m in tree.with_relation(self.word, *_OBLIQUE) if m > self.word)
            if n == first:
                return 5 if complements else None
            return 3
        if relation in _OBLIQUE and behind:
            return 3.5
        if relation in ("acl:relcl", "advcl") and (behind or relation == "acl:relcl"):
            return 4
        light = tree.lower[head] in LIGHT_NOUNS
        if relation == "acl" and behind and not light:
            return 5
        if relation == "nmod" and not light:
            return 6 if behind else 6.5
        return 7 if relation == "conj" else None

    def _is_aside(self, n: int) -> bool:
        before = self.tree.first(n) - 1
        return before >= 0 and self.tree.forms[before] in (",", "(", "–", "—", "-", "--")


def _units(tree: Tree, whole: Iterable[Span]) -> Iterator[tuple[int, set[int]]]:
    """Words that belong together, each with that on top: names, times, and what is written without
    a blank between."""
    for begin, end in whole:
        inside = {n for n, w in enumerate(tree.words) if begin <= w.start and w.end <= end}
        tops = [n for n in inside if tree.words[n].head not in inside]
        if len(inside) > 1 and tops:
            yield tops[0], inside
    for n, word in enumerate(tree.words):
        if (
            tree.forms[n] in ("-", "–")
            and tree.relation(n) == "punct"
            and 0 < n < len(tree.words) - 1
        ):
            around = {n - 1, n, n + 1}
            glued = tree.words[n - 1].end == word.start and tree.words[n + 1].start == word.end
            tops = [m for m in around if tree.words[m].head not in around]
            if glued and tops:
                yield tops[0], around


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
    while words and words[-1].lower().strip(",;:") in WEAK_ENDS:
        words.pop()
    while words and words[0].lower().strip(",") in _NEVER_FIRST:
        words.pop(0)
    if len(words) < LEAST_WORDS:
        return ""
    rendered = " ".join(words).strip(" ,;:.–—-")
    return rendered[:1].upper() + rendered[1:]
