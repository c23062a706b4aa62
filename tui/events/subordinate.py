"""Events that a sentence mentions beside the one it tells.

"Israel cancelled the visit after the United States abstained in the vote" tells of a visit that was
cancelled, and mentions an abstention. What is mentioned is no line of its own, but leads to the
articles that tell of it.
"""

from __future__ import annotations

from tui.nlp.document import Span
from tui.nlp.syntax.tree import Tree

_MOST = 6
_LEAST_WORDS = 4
_LOOSE = frozenset(("punct", "cc", "mark", "parataxis", "discourse"))


def parts(tree: Tree, main: int, likely: list[int]) -> dict[int, list[int]]:
    """The parts of a sentence that mention another event: the words of each, by the word on top.

    A part has the words below its top but those of the parts within it.

    Args:
        tree: the sentence.
        main: the predicate of what the sentence tells.
        likely: the words that denote events.
    """
    above = set(tree.path(main))
    tops = [n for n in likely if n not in above and tree.size(n) >= _LEAST_WORDS][:_MOST]
    found: dict[int, list[int]] = {}
    for top in tops:
        own: list[int] = []
        stack = [top]
        while stack:
            word = stack.pop()
            own.append(word)
            stack += [
                n for n in tree.kids[word] if n not in tops and tree.relation(n) not in _LOOSE
            ]
        if len(own) >= _LEAST_WORDS:
            found[top] = sorted(own)
    return found


def span_of(tree: Tree, words: list[int]) -> Span:
    """The span from the first to the last of some words."""
    return tree.words[words[0]].start, tree.words[words[-1]].end
