"""Questions to the dependency tree of one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.nlp.syntax.model import Word

_SUBJECTS = frozenset(("nsubj", "nsubj:pass", "csubj", "csubj:pass", "nsubj:outer"))
_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_AUXILIARIES = frozenset(("aux", "aux:pass", "cop"))


class Tree:
    """The words of a sentence with their dependents; all arguments and results are indexes of
    words.

    Args:
        text: the text of the article, which the offsets of the words refer to.
        words: the words of the sentence in order.
    """

    def __init__(self, text: str, words: Sequence[Word]) -> None:
        self.forms = [text[word.start : word.end] for word in words]
        self.lower = [form.lower() for form in self.forms]
        self._hang(_with_own_subjects(words))

    @classmethod
    def of(cls, other: Tree, words: Sequence[Word]) -> Tree:
        """A tree of the same words that has other heads and relations."""
        tree = cls.__new__(cls)
        tree.forms, tree.lower = other.forms, other.lower
        tree._hang(words)
        return tree

    def _hang(self, words: Sequence[Word]) -> None:
        self.words = words
        self.kids: list[list[int]] = [[] for _ in words]
        self.root: int | None = None
        self._below: dict[int, tuple[int, ...]] = {}
        for number, word in enumerate(words):
            if word.head >= 0:
                self.kids[word.head].append(number)
            elif self.root is None:
                self.root = number

    def relation(self, word: int) -> str:
        """The relation of a word to its head."""
        return self.words[word].relation

    def tag(self, word: int) -> str:
        """The part of speech of a word."""
        return self.words[word].tag

    def is_verb(self, word: int) -> bool:
        """Whether a word is a verb, auxiliaries included."""
        return self.words[word].tag[:2] == "VB" or self.words[word].tag == "MD"

    def subtree(self, word: int) -> tuple[int, ...]:
        """A word and all words that depend on it, in no particular order."""
        found = self._below.get(word)
        if found is None:
            numbers = [word]
            for number in numbers:
                numbers.extend(self.kids[number])
            found = self._below[word] = tuple(numbers)
        return found

    def size(self, word: int) -> int:
        """The number of words below and including a word, without punctuation marks."""
        return sum(1 for n in self.subtree(word) if self.words[n].relation != "punct")

    def first(self, word: int) -> int:
        """The leftmost word of a subtree."""
        return min(self.subtree(word))

    def with_relation(self, word: int, *relations: str) -> list[int]:
        """The dependents of a word that have one of some relations."""
        return [n for n in self.kids[word] if self.words[n].relation in relations]

    def auxiliaries(self, word: int) -> list[int]:
        """The auxiliaries and the copula of a word."""
        return [n for n in self.kids[word] if self.words[n].relation in _AUXILIARIES]

    def subject(self, word: int) -> int | None:
        """The subject of a predicate, None if it has none of its own."""
        return next((n for n in self.kids[word] if self.words[n].relation in _SUBJECTS), None)

    def is_finite(self, word: int) -> bool:
        """Whether a predicate is finite by itself or by one of its auxiliaries."""
        return self.words[word].tag in _FINITE or any(
            self.words[n].tag in _FINITE or self.words[n].tag == "MD"
            for n in self.auxiliaries(word)
        )

    def path(self, word: int) -> Iterator[int]:
        """A word, its head, the head of that, and so on up to the root."""
        while word >= 0:
            yield word
            word = self.words[word].head

    def word_at(self, offset: int) -> int | None:
        """The word that covers an offset of the text, or the next one; None after the last one."""
        return next((n for n, word in enumerate(self.words) if word.end > offset), None)


def _with_own_subjects(words: Sequence[Word]) -> Sequence[Word]:
    """The words with each subject at its own verb.

    In "A quake killed 12 people, police said" a parser may take both nouns for subjects of "said".
    No verb has two: the first one then belongs to the clause between them that has none.
    """
    subjects: dict[int, list[int]] = {}
    for number, word in enumerate(words):
        if word.relation in _SUBJECTS and word.head >= 0:
            subjects.setdefault(word.head, []).append(number)
    changed = {
        own[0]: clause
        for head, own in subjects.items()
        if len(own) > 1
        for clause, word in enumerate(words)
        if word.head == head
        and word.relation in ("ccomp", "parataxis")
        and own[0] < clause < head
        and clause not in subjects
    }
    if not changed:
        return words
    return [
        word._replace(head=changed[number]) if number in changed else word
        for number, word in enumerate(words)
    ]
