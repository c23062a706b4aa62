"""Step 2, analysis: an article's text to its mentions, times and event mentions."""

from __future__ import annotations

from tui.language import entities, events, times
from tui.language.recognition.recogniser import Recognise, choose
from tui.language.sentences import paragraphs, sentences
from tui.model import Analysis, Article

# Raised whenever the same text would be read differently: caches redo the step.
VERSION = 5


def analyse(article: Article, recognise: Recognise | None = None) -> Analysis:
    """Read an article, its names by the recogniser given or the default one. Offsets index its text; never raises for what the text holds."""
    text = article.text
    recognise = recognise or choose().recognise
    headings = frozenset(article.headings)
    spans = [span for start, end in paragraphs(text) for span in sentences(text, start, end)]
    mentions, people = entities.resolve(recognise(text, spans, headings))
    dates = times.find(text, spans, article.date)
    happenings = events.find(text, spans, mentions, dates, article.date, headings)
    return Analysis(mentions, tuple(dates), tuple(happenings), people)
