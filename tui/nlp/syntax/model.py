"""The value that the parser returns for a word."""

from __future__ import annotations

from typing import NamedTuple


class Word(NamedTuple):
    """A word of a parsed sentence.

    Attributes:
        start, end: the span in code points, in the coordinates of the text that was given.
        tag: the part of speech of the Penn Treebank, as "VBD".
        head: the index of its head among the words of the sentence, -1 for the root.
        relation: the relation of Universal Dependencies to the head, as "nsubj:pass".
        event: the probability (0 to 1) that the word is an event trigger: a word, verb or noun,
            that denotes something that happens.
    """

    start: int
    end: int
    tag: str
    head: int
    relation: str
    event: float
