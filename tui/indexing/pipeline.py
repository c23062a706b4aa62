"""The analysis of one article: a document handed through named stages.

Each stage returns the document with one more layer of annotations, as the components of a spaCy
pipeline do.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from tui.articles.model import Article
from tui.entities.recognition import recognisers
from tui.entities.resolution import resolve_mentions
from tui.events.extraction import extract_events
from tui.nlp.document import Document
from tui.nlp.language_identification import identify_language
from tui.nlp.sentences import split_sentences
from tui.nlp.syntax import parsing
from tui.nlp.tokens import tokenize
from tui.times.edtf import is_uncertain
from tui.times.expressions import find_times

# To be incremented whenever the same text would be annotated differently: caches repeat the step.
VERSION = 10

Stage: TypeAlias = Callable[[Document], Document]


def stages(recogniser: str = recognisers.DEFAULT) -> tuple[Stage, ...]:
    """The stages in order, with a recogniser of names (see `recognisers.load`)."""
    return (
        split_sentences,
        tokenize,
        identify_language,
        recognisers.load(recogniser).annotate,
        resolve_mentions,
        find_times,
        partial(extract_events, parse=parsing.load()),
    )


def analyse(article: Article, recogniser: str = recognisers.DEFAULT) -> Document:
    """The text of an article with all annotations; event mentions are not linked yet."""
    # Nothing is counted from a date that may well be another one.
    known = article.date if article.date and not is_uncertain(article.date) else None
    document = Document(
        article.text,
        headings=frozenset(article.headings),
        reference_date=known,
        title="" if article.title_made else article.title,
    )
    for stage in stages(recogniser):
        document = stage(document)
    return document
