"""Who acts in a sentence whose subject is a pronoun: the name that it stands for.

Only the plain case is decided (as by the precise sieves of Lee et al. 2013): "he" or "she" stands
for the person whom the previous sentences of the paragraph or the sentence itself name last as a
subject, if no other person comes between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tui.nlp.document import Mention
from tui.nlp.syntax.tree import Tree

_PERSONAL = frozenset(("he", "she"))
# A person who was named more sentences ago than this is not the one that is meant.
_REACH = 2


@dataclass(slots=True)
class Subjects:
    """The person that the sentences of an article were about so far."""

    person: Mention | None = None
    sentence: int = -1
    plain: bool = False

    def named_by(self, tree: Tree, subject: int, sentence: int) -> Mention | None:
        """The name that a subject stands for, None if it is no pronoun or the name is not plain."""
        if tree.lower[subject] not in _PERSONAL or self.person is None or not self.plain:
            return None
        return self.person if sentence - self.sentence <= _REACH else None

    def read(
        self, tree: Tree | None, subject: int | None, named: Sequence[Mention], at: int
    ) -> None:
        """Take note of the people in the sentence with the number `at`."""
        people = [m for m in named if m.kind == "PER"]
        if not people:
            return
        entities = {m.entity for m in people}
        chosen = people[0]
        plain = len(entities) == 1
        if tree is not None and subject is not None:
            span = [tree.words[n] for n in tree.subtree(subject)]
            begin, end = min(w.start for w in span), max(w.end for w in span)
            acting = [m for m in people if begin <= m.start < end]
            if acting:
                chosen, plain = acting[0], len({m.entity for m in acting}) == 1
        self.person, self.sentence, self.plain = chosen, at, plain
