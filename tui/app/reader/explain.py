"""The evidence for a mark, a date, an event or a bookmark, as lines for the reader."""

from __future__ import annotations

from collections.abc import Iterator

from tui.app.dialogs.choice import Line
from tui.app.page.span_index import Mark
from tui.app.widgets.text_fit import counted
from tui.articles.model import Article
from tui.entities.model import KIND_NAMES
from tui.ids import RowId
from tui.library import Library
from tui.nlp.document import EventMention, Mention, TimeExpression
from tui.page_content import Page
from tui.passages.model import Passage
from tui.storage.notebook_access import NotRead
from tui.times.date_labels import label
from tui.times.edtf import plain

_ORIGINS = {
    "stated": "the text states it",
    "metadata": "its metadata, path or address states it",
    "inferred": "inferred",
    "corrected": "corrected by you",
    "unknown": "neither text nor metadata states one",
}
_WHEN = {
    "clause": "a time at its verb says so",
    "sentence": "a time in its sentence says so",
    "carried": "the day named in the sentence before",
    "article": "no time is named: the day of the article, at its beginning",
    "none": "no time is named",
}
_MOST_VOTES = 6
_MODIFIERS = {
    "APPROX": "about",
    "START": "the beginning of it",
    "MID": "the middle of it",
    "END": "the end of it",
    "LESS_THAN": "less than that",
    "MORE_THAN": "more than that",
    "EQUAL_OR_LESS": "at most that",
    "EQUAL_OR_MORE": "at least that",
}
_STATUS = {
    "happened": "told as something that happened",
    "planned": "told with a word of plan or possibility",
    "claimed": "told as what somebody says",
}


def evidence(
    library: Library,
    page: Page,
    mark: Mark | None,
    event: RowId | None = None,
    passage: Passage | None = None,
) -> Iterator[Line]:
    """Yield the evidence for what the reader is at, as lines.

    The lines explain the event of the timeline if given, else the mark; then the bookmark if given;
    and then the date of the article.
    """
    if event is not None:
        yield from _event_row(library, event)
    elif isinstance(mark, Mention):
        yield from _mention(library, page, mark)
    elif isinstance(mark, TimeExpression):
        yield from _time(mark)
    elif isinstance(mark, EventMention):
        yield from _event(library, page, mark)
    if passage is not None:
        yield from _passage(passage)
    article = page.article
    yield Line("", "This article", heading=True)
    yield Line("date", f"{label(article.date, weekday=True)}: {_ORIGINS[article.date_origin]}")
    yield from _date_evidence(article)
    if article.title_made:
        yield Line("title", "made from its first sentence; the text has none")


def _date_evidence(article: Article) -> Iterator[Line]:
    """What states the date or why it was inferred, and how sure that is."""
    if article.date_origin == "corrected":
        return
    for words in filter(None, article.date_evidence.split("; ")):
        yield Line("", words)
    if article.date_range and article.date_confidence is not None:
        first, _, last = plain(article.date_range).partition("/")
        between = label(first) if first == last else f"from {label(first)} to {label(last)}"
        sure = f"{article.date_confidence:.0%} sure of the week"
        yield Line("range", f"{between}; {sure}")
    if article.date is None:
        yield Line("", "D gives it a date")
    elif plain(article.date) != article.date:
        yield Line("", "D accepts, corrects or rejects it")


def _passage(passage: Passage) -> Iterator[Line]:
    b = passage.bookmark
    yield Line("", "Kept here", heading=True)
    yield Line("on", label(b.created[:10], weekday=True))
    if b.note:
        yield Line("note", b.note)
    if b.tags:
        yield Line("tags", " ".join(f"#{tag}" for tag in b.tags))
    if passage.anchor.state == "near":
        score = f"{passage.anchor.score:.0%} alike"
        yield Line("check it", f"its words, or those around it, have changed since: {score}")
        yield Line("kept as", f"“{b.first_quote}”")


def _mention(library: Library, page: Page, mention: Mention) -> Iterator[Line]:
    yield Line("", f"“{mention.text}”", heading=True)
    yield Line(
        "is", f"{library.entities.name(mention.entity)}, {_article(KIND_NAMES[mention.kind])}"
    )
    spellings = sorted({m.text for m in page.document.mentions if m.entity == mention.entity})
    yield Line("named here", ", ".join(spellings))
    yield Line("known by", library.entities.explain_recognition())
    yield Line("belongs", library.entities.explain_membership(mention))
    yield from _corrected(library, mention)
    yield Line("articles", f"{len(library.entities.articles(mention.entity)):,}")


def _corrected(library: Library, mention: Mention) -> Iterator[Line]:
    ids = {part.id for part in library.entities.corrections.parts(mention.entity)} | {
        mention.entity
    }
    said = {
        "merge": "said by you to be the same as {value}",
        "split": "“{spelling}” was split off by you",
        "rename": "called so by you",
        "kind": "of this kind as you said",
        "no name": "“{spelling}” is no name, as you said",
    }
    for c in library.entities.standing():
        if c.entity in ids:
            name = library.entities.name(c.value) if c.action == "merge" else c.value
            words = said[c.action].format(value=name, spelling=c.spelling)
            yield Line("corrected", f"{words} ({label(c.modified[:10])})")


def _time(time: TimeExpression) -> Iterator[Line]:
    yield Line("", f"“{time.text}”", heading=True)
    yield Line("means", label(time.edtf, weekday=True) if time.edtf else time.value)
    yield Line("TIMEX3", f"{time.type} {time.value}")
    if time.mod:
        yield Line("modifier", _MODIFIERS[time.mod])
    if time.anchor:
        yield Line("counted from", f"{label(time.anchor)}, the date of the article")


def _event(library: Library, page: Page, event: EventMention) -> Iterator[Line]:
    yield Line("", event.line or event.text, heading=True)
    words = (f"“{page.text[start:end]}”" for start, end in event.triggers)
    yield Line("told by", ", ".join(words))
    yield Line("when", f"{label(event.when, weekday=True)}: {_WHEN[event.when_origin]}")
    yield Line("status", f"{event.status}: {_STATUS[event.status]}")
    yield Line("who", ", ".join(library.entities.name(who) for who in event.participants))
    if event.event is not None:
        yield from _said_of_event(library, event.event)


def _event_row(library: Library, event: RowId) -> Iterator[Line]:
    row = library.timeline.row(event)
    if row is None:
        return
    accounts = library.timeline.accounts(event)
    yield Line("", row.headline, heading=True)
    by_reader = ": you say so" if "date" in row.said else ""
    yield Line("when", f"{label(row.when, weekday=True)}{by_reader}")
    for vote in library.timeline.date_votes(event)[:_MOST_VOTES]:
        told = f"{label(vote.when)}: {_WHEN[vote.basis]}" if vote.when else _WHEN[vote.basis]
        yield Line("", f"{told} ({counted(vote.articles, 'article')})")
    told_as = "you say so" if "status" in row.said else _STATUS[row.status]
    yield Line("status", f"{row.status}: {told_as}")
    likely = sum(account.likely for account in accounts)
    doubt = f", {likely} of them joined by likeness alone" if likely else ""
    why = "joined by you" if "merge" in row.said else "joined as they share day, names and words"
    joined = f", {why}{doubt}" if len(accounts) > 1 else ""
    yield Line("accounts", f"{len(accounts)}{joined}")
    copies = sum(account.copy for account in accounts)
    if copies:
        yield Line("", f"{copies} of them in the words of another")
    yield from _said_of_event(library, event)


def _said_of_event(library: Library, event: RowId) -> Iterator[Line]:
    """What the reader says of an event."""
    try:
        standing = library.events.standing_of(event)
    except NotRead:
        return
    for c in standing:
        yield Line("corrected", f"by you: {library.events.describe(c)} ({label(c.modified[:10])})")


def _article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
