"""Which branches of a dependency tree a line keeps.

Of all ways to leave out branches until at most so many words are left, the one is chosen that
leaves out what carries least (sentence compression by dependency pruning, as in Filippova and
Strube 2008), by dynamic programming over the tree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui.events.branches import COMPLEMENTS, DASHES, OBLIQUE, OPENING, Branches
from tui.events.telling_words import LEADING_ADVERBS, TEXTS
from tui.nlp.document import Span
from tui.nlp.syntax.tree import Tree

# A phrase before the subject stays if it is short: "In Haiti, ...".
_SHORT = 4
# A line can be so many words longer, each of which costs so much.
_MORE, _EXCESS = 2, 2.5
_NEVER = frozenset(("discourse", "vocative", "parataxis", "dep", "reparandum", "list", "goeswith"))
_MODIFIERS = frozenset(("obl", "obl:npmod", "obl:tmod", "obl:unmarked", "nmod", "nmod:tmod",
                        "nmod:unmarked", "advmod", "obl:agent"))  # fmt: skip
_QUOTES = frozenset(
    ("'", "’", '"', "“", "”", "``", "''", "‘", "(", ")", "[", "]", "-LRB-", "-RRB-")
)
_CORE = frozenset(("nsubj", "nsubj:pass", "obj", "ccomp", "conj", "root", "aux", "cop"))
# An age tells something of whoever dies; elsewhere it is often that of somebody else.
_DYING = frozenset(("die", "dies", "died", "killed", "drowned"))
_CLOSING = frozenset((")", "]", "-RRB-"))


class Pruning:
    """The branches of a tree that a line leaves out.

    Args:
        tree: the sentence.
        word: the predicate of the line.
        units: sets of words that stay together.
        named: the spans of names and times.
        longer: how many words more each of some words takes, as a last name that is written out.
    """

    def __init__(
        self,
        tree: Tree,
        word: int,
        units: Sequence[set[int]],
        named: Sequence[Span],
        longer: Mapping[int, int],
    ) -> None:
        self._tree = tree = _with_units(tree, word, units)
        self._word = word
        self._dropped: set[int] = set()
        self._longer = longer
        starts = {begin for begin, _ in named}
        marked = frozenset(
            n
            for n, own in enumerate(tree.words)
            if own.start in starts or (own.tag == "CD" and tree.forms[n][:1].isdigit())
        )
        self._branches = Branches(tree, word, marked)
        self._unit: dict[int, set[int]] = {}
        for unit in units:
            if _hangs_together(tree, unit) and not any(n in self._unit for n in unit):
                self._unit.update(dict.fromkeys(unit, unit))
        subject = tree.subject(word)
        self._begin = self._branches.first(subject) if subject is not None else word

    def drop_needless(self, times: Sequence[Span], all_times: Sequence[Span]) -> None:
        """Leave out what a line never has: what leads over from another sentence, who says it, the
        day, and quotation marks.

        Args:
            times: the spans that give the day.
            all_times: those of all times.
        """
        self._times = all_times
        self._drop_parentheses()
        for n in sorted(self._tree.subtree(self._word)):
            if n != self._word and n not in self._dropped and self._is_needless(n, times):
                self._drop(n)

    def _drop_parentheses(self) -> None:
        opened: int | None = None
        for n, form in enumerate(self._tree.forms):
            if form in OPENING:
                opened = n if opened is None else opened
            elif form in _CLOSING and opened is not None:
                inside = set(range(opened, n + 1))
                if not inside & {self._word, self._begin}:
                    self._dropped |= inside
                opened = None

    def _drop(self, branch: int) -> None:
        """Leave out a branch and, with the only conjunct, the conjunction before it."""
        self._dropped.update(self._tree.subtree(branch))

    def _is_needless(self, n: int, times: Sequence[Span]) -> bool:
        tree = self._tree
        relation, own = tree.relation(n), tree.words[n].head == self._word
        if relation == "punct":
            return tree.forms[n] in _QUOTES
        if n in self._unit and not self._unit[n] <= set(tree.subtree(n)):
            return False
        if relation in _NEVER:
            return True
        first = self._branches.first(n)
        if first and tree.forms[first - 1] in OPENING:
            return True
        if relation not in _CORE and self._branches.is_aside(n) and tree.forms[first - 1] in DASHES:
            return True
        if own and n < self._begin:
            if relation in ("mark", "cc", "advcl"):
                return True
            if relation in OBLIQUE and (tree.size(n) > _SHORT or tree.lower[n] in TEXTS):
                return True
            if relation in _MODIFIERS and self._is_within(n, self._times):
                return True
        if tree.lower[n] == "aged" and tree.lower[self._word] not in _DYING:
            return True
        if own and tree.lower[n] in LEADING_ADVERBS and tree.size(n) == 1:
            return True
        if relation in _MODIFIERS and self._is_within(n, times):
            return True
        # An acronym or an age behind the name.
        return (
            relation in ("appos", "nummod", "nmod", "nmod:unmarked")
            and tree.size(n) <= 1
            and self._branches.is_aside(n)
            and (tree.forms[n].isupper() or tree.forms[n].isdigit())
        )

    def _is_within(self, n: int, times: Sequence[Span]) -> bool:
        """Whether a branch says nothing but a time: "on Friday", "late on 3 May"."""
        tree = self._tree
        if not any(a <= tree.words[n].start < b for a, b in times):
            return False
        return all(
            any(a <= tree.words[m].start < b for a, b in times)
            or tree.relation(m) in ("case", "punct", "det", "advmod")
            for m in tree.subtree(n)
        )

    def shortened(self, most: int) -> set[int]:
        """The words that are kept: as much of what carries most as `most` words allow, or a few
        more if much would be left out; an empty set if what the line needs is longer."""

        def cost(way: tuple[float, int, tuple[int, ...]]) -> tuple[float, int]:
            return way[0] + _EXCESS * max(0, way[1] - most), -way[1]

        best = min(self._kept(self._word, most + _MORE), key=cost, default=None)
        if best is None:
            return set()
        return self._with_conjunctions(self._without_rests(set(best[2])))

    def is_broken(self, kept: set[int]) -> bool:
        """Whether a clause that is left out follows without a mark, so that it was misread."""
        tree = self._tree
        return any(
            tree.relation(n) in ("parataxis", "dep")
            and tree.is_verb(n)
            and tree.words[n].head in kept
            and self._branches.first(n) > 0
            and tree.relation(self._branches.first(n) - 1) != "punct"
            for n in range(1, len(tree.words))
            if n not in kept
        )

    def _without_rests(self, kept: set[int]) -> set[int]:
        """The kept words without participles that follow what is left out ("announced by ..."), or
        are followed by it."""
        tree = self._tree
        rests = [
            n
            for n in kept
            if tree.relation(n) in ("advcl", "acl")
            and tree.tag(n) in ("VBN", "VBG")
            and not tree.with_relation(n, "mark")
            and n != self._word
            and self._branches.first(n) > 0
            and self._branches.first(n) - 1 not in kept
            and tree.relation(self._branches.first(n) - 1) != "punct"
        ]
        bare = [
            n
            for n in kept
            if tree.relation(n) in ("advcl", "acl")
            and tree.tag(n) == "VBG"
            and (below := tree.with_relation(n, *COMPLEMENTS, *OBLIQUE))
            and not kept & set(below)
        ]
        # "where it will be decided" without "whether ..."
        open_ended = [
            tree.words[n].head
            for n in range(len(tree.words))
            if n not in kept
            and tree.words[n].head in kept
            and tree.words[n].head != self._word
            and {tree.lower[m] for m in tree.with_relation(n, "mark")} & {"if", "whether"}
        ]
        return kept - {m for n in (*rests, *bare, *open_ended) for m in tree.subtree(n)}

    def _kept(self, top: int, most: int) -> list[tuple[float, int, tuple[int, ...]]]:
        """The ways to keep a word, or its unit, with a part of what depends on it.

        Returns:
            for each number of words the way in which what is left out carries least: what that
            carries, the number of words without punctuation marks, and the words.
        """
        tree = self._tree
        unit = self._unit.get(top, {top}) - self._dropped | {top}
        size = sum(self._size(n) for n in unit)
        if size > most:
            return []
        ways: dict[int, tuple[float, tuple[int, ...]]] = {size: (0.0, tuple(sorted(unit)))}
        seen: set[int] = set(unit)
        for kid in sorted(k for n in unit for k in tree.kids[n]):
            if kid in self._dropped or kid in seen:
                continue
            seen |= self._unit.get(kid, {kid})
            options = self._kept(kid, most - size)
            carried = self._branches.carried(kid)
            joined: dict[int, tuple[float, tuple[int, ...]]] = {}
            if carried is not None:
                joined = {n: (cost + carried, words) for n, (cost, words) in ways.items()}
            for n, (cost, words) in ways.items():
                for other, more, below in options:
                    total = n + more
                    if total > most:
                        continue
                    if total not in joined or cost + other < joined[total][0]:
                        joined[total] = (cost + other, (*words, *below))
            ways = joined
        return [(cost, n, words) for n, (cost, words) in ways.items()]

    def _size(self, n: int) -> int:
        """How many words a word counts for: those that are written without a blank are one."""
        words = self._tree.words
        if self._tree.relation(n) == "punct" or (n and words[n - 1].end == words[n].start):
            return self._longer.get(n, 0)
        return 1 + self._longer.get(n, 0)

    def _with_conjunctions(self, kept: set[int]) -> set[int]:
        """The kept words without each conjunction whose conjunct is left out."""
        tree = self._tree
        lone = {
            n
            for n in kept
            if tree.relation(n) in ("cc", "cc:preconj")
            and n not in self._unit
            and tree.words[n - 1].end < tree.words[n].start
            and not any(
                m in kept and tree.relation(m) == "conj" and m > n
                for m in (*tree.kids[tree.words[n].head], tree.words[n].head)
            )
        }
        return kept - lone


def _hangs_together(tree: Tree, unit: set[int]) -> bool:
    """Whether the words of a unit depend on one of them, or all on the same other word."""
    return len({tree.words[n].head for n in unit} - unit) == 1


def _with_units(tree: Tree, word: int, units: Sequence[set[int]]) -> Tree:
    """The tree with the words of each unit below that on top of it; a unit with the predicate
    is left as it is."""
    heads: dict[int, int] = {}
    for unit in units:
        if word in unit or _hangs_together(tree, unit) or any(n in heads for n in unit):
            continue
        top = min(unit, key=lambda n: (sum(1 for _ in tree.path(n)), n))
        heads.update({n: top for n in unit if n != top and tree.words[n].head not in unit})
    if not heads:
        return tree
    return Tree.of(
        tree,
        [
            own._replace(head=heads[n], relation="flat") if n in heads else own
            for n, own in enumerate(tree.words)
        ],
    )
