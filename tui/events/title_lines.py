"""When the title of an article is the line of its event.

An editor has written it to be read alone. It is used if it is a clause with a subject and a verb,
and if a first sentence of the article tells the same.
"""

from __future__ import annotations

import re

from tui.events.lines import LEAST_WORDS, MOST_WORDS
from tui.events.telling_words import NEVER_SUBJECTS
from tui.events.terms import terms
from tui.nlp.syntax.tree import Tree

# The share of the title's terms that the sentence has, and their least number.
_SHARED, _LEAST_SHARED = 0.5, 2
_OUTLET = re.compile(r"\s+[-–—|»]\s+[^-–—|»]{2,30}$")
_LABEL = re.compile(
    r"^(?:[A-Z]{2,}|Updated?|Live|Video|Watch|Breaking|Exclusive)\s*[:|–-]\s+", re.I
)
_OPINION = re.compile(
    r"[?!]|^(?:how|why|what|where|when|who|opinion|analysis|comment|editorial|in pictures|q&a)\b",
    re.I,
)


def line_of(title: str) -> str:
    """The title without the name of the outlet and labels, "" if it cannot be a line."""
    words = _LABEL.sub("", _OUTLET.sub("", title.strip())).strip(" .")
    if _OPINION.search(words) or words[:1] in "\"“‘'":
        return ""
    return words if LEAST_WORDS <= len(words.split()) <= MOST_WORDS else ""


def is_clause(tree: Tree) -> bool:
    """Whether a parsed title says who does what: its root is a verb with a subject."""
    if tree.root is None or not tree.is_verb(tree.root):
        return False
    subject = tree.subject(tree.root)
    return subject is not None and tree.lower[subject] not in NEVER_SUBJECTS


def tells(title: str, passage: tuple[int, ...]) -> bool:
    """Whether a passage, given by its terms, tells what a title tells."""
    own = set(terms(title))
    shared = own & set(passage)
    return len(shared) >= _LEAST_SHARED and len(shared) >= _SHARED * len(own)
