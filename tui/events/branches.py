"""How much a branch of a dependency tree carries for a line that tells of one predicate."""

from __future__ import annotations

from tui.events.telling_words import LIGHT_NOUNS, PLANNING
from tui.nlp.syntax.tree import Tree

# What a name, or a number, adds to what a branch carries.
_NAMED = 1.0
_MOST_NAMED = 2

OBLIQUE = frozenset(("obl", "obl:npmod", "obl:tmod", "obl:unmarked", "obl:agent"))
COMPLEMENTS = frozenset(("obj", "iobj", "xcomp", "ccomp"))
DASHES = frozenset(("-", "–", "—", "--"))
OPENING = frozenset(("(", "[", "-LRB-"))
# Prepositions of circumstances that a line does well without.
_CIRCUMSTANCES = frozenset(("despite", "amid", "amidst", "notwithstanding"))
# Objects that make one expression with their verb, which needs the phrase behind: "take part in".
_SUPPORTED = frozenset("part place aim advantage control action charge care hold note".split())
_CONJUNCTIONS = frozenset("as while when after before because although though if since".split())


class Branches:
    """The branches of a tree around a predicate.

    Args:
        tree: the sentence.
        word: the predicate.
        named: the first words of names and times, and the numbers.
    """

    def __init__(self, tree: Tree, word: int, named: frozenset[int]) -> None:
        self._tree = tree
        self._word = word
        self._named = named

    def carried(self, n: int) -> float | None:
        """How much a branch carries, None if the line needs it."""
        tree = self._tree
        relation, head = tree.relation(n), tree.words[n].head
        behind = n > self._word
        aside = self.is_aside(n)
        if relation == "punct":
            return 0.01
        if relation in ("appos", "acl:relcl") and aside:
            return 0.3
        if relation == "conj" and self._is_in_subject(head):
            # The verb agrees with all of its subjects.
            return 6 if len(tree.with_relation(head, "conj")) > 1 else 9
        if relation == "acl" and aside:
            return 0.5
        base = self._base(n, relation, head, behind)
        if base is None:
            return None
        words = self._named.intersection(tree.subtree(n))
        return base + _NAMED * min(_MOST_NAMED, len(words))

    def _base(self, n: int, relation: str, head: int, behind: bool) -> float | None:
        tree = self._tree
        if relation in ("advcl", "obl") and head == self._word and self._is_complement(n):
            return None
        marks = {tree.lower[m] for m in tree.with_relation(n, "mark", "case")}
        if marks & {"if", "whether"} and behind:
            return 6
        if relation == "advcl" and "to" in marks and tree.lower[head] in PLANNING:
            return None
        if marks & _CIRCUMSTANCES:
            return 1
        if relation == "advcl" and head == self._word and behind:
            return 1 if self.is_aside(n) or tree.with_relation(n, "mark") else 4
        if relation == "conj" and behind and tree.is_verb(n):
            shared = not tree.with_relation(head, *COMPLEMENTS) and not self.is_aside(n)
            # The two may share an object: "hosted and helped to organise the show".
            return 6 if shared and tree.with_relation(n, *COMPLEMENTS) else 2
        if relation in OBLIQUE and head == self._word and behind:
            complements = tree.with_relation(self._word, *COMPLEMENTS)
            first = min(m for m in tree.with_relation(self._word, *OBLIQUE) if m > self._word)
            supported = any(tree.lower[m] in _SUPPORTED for m in complements)
            if n == first:
                return 5 if complements and not supported else None
            return 3
        if relation in OBLIQUE and behind:
            # "found guilty of manslaughter"
            if tree.relation(head) == "xcomp" and not tree.is_verb(head):
                return 7.5 if n == min(tree.with_relation(head, *OBLIQUE)) else 5
            if tree.relation(head) == "advmod":
                return None
            nearest = tree.is_verb(head) and self.first(n) == head + 1
            return 4.5 if nearest else 3.5
        if relation in ("acl:relcl", "advcl") and (behind or relation == "acl:relcl"):
            if any(tree.lower[m] == "only" for m in tree.kids[head]):
                return 9
            return 5 if self._is_pointed(head) else 4
        if relation == "advmod":
            own = tree.size(n) == 1 and not behind and tree.is_verb(head)
            return 1.5 if own else None
        light = tree.lower[head] in LIGHT_NOUNS
        if relation == "acl" and behind and not light:
            return 7 if self._is_pointed(head) else 5
        if relation == "nmod" and not light:
            if any(m > n for m in tree.with_relation(head, "conj")):
                return 9
            # The deeper it stands, the less it says of who it is.
            deep = 1.5 if tree.relation(head) in ("nmod", "obl") else 0
            of = any(tree.lower[m] == "of" for m in tree.with_relation(n, "case"))
            needed = 2 if of or self._is_pointed(head) else 0
            return (6 if behind else 6.5) - deep + needed
        if relation == "appos":
            return 12 if tree.with_relation(n, "conj") else 7
        return 7 if relation == "conj" else None

    def _is_complement(self, n: int) -> bool:
        """Whether a predicate without an object is followed by what it cannot do without: "was
        charged with causing ..."."""
        tree = self._tree
        if tree.with_relation(self._word, *COMPLEMENTS):
            return False
        first = self.first(n)
        between = range(self._word + 1, first)
        return (
            first > self._word
            and all(tree.relation(m) in ("compound:prt", "advmod") for m in between)
            and tree.lower[first] not in _CONJUNCTIONS
        )

    def _is_in_subject(self, n: int) -> bool:
        """Whether a noun is a subject, or stands beside its name."""
        while self._tree.relation(n) in ("appos", "flat", "compound", "conj"):
            n = self._tree.words[n].head
        return self._tree.relation(n) in ("nsubj", "nsubj:pass")

    def _is_pointed(self, noun: int) -> bool:
        """Whether "the" before a noun points at what follows it: "the timing of the concert"."""
        tree = self._tree
        lone = not tree.with_relation(noun, "amod", "compound", "nmod:poss", "nummod")
        return lone and any(tree.lower[n] == "the" for n in tree.with_relation(noun, "det"))

    def is_aside(self, n: int) -> bool:
        """Whether a mark and a blank precede a branch."""
        first = self.first(n)
        words = self._tree.words
        return (
            first > 0
            and self._tree.forms[first - 1] in {",", *OPENING, *DASHES}
            and words[first - 1].end < words[first].start
        )

    def first(self, n: int) -> int:
        """The leftmost word of a branch that is no punctuation mark."""
        return min(
            (m for m in self._tree.subtree(n) if self._tree.relation(m) != "punct"), default=n
        )
