"""Accepts, corrects or rejects the date of an article."""

from __future__ import annotations

from collections.abc import Callable

from tui.app.dialogs.choice import Line
from tui.app.reader.controller import Controller
from tui.app.reader.state import ReaderState
from tui.app.reader.typed_date import FORMS, edtf, fault
from tui.app.reader.view import ReaderView
from tui.articles.model import Article
from tui.library import Library
from tui.storage.notebook_access import NotRead
from tui.times.date_labels import label
from tui.times.edtf import plain


class CorrectDate(Controller):
    """Corrections of the dates of articles, each of which can be undone.

    Args:
        rescan: is called after each change; it brings the cache up to date, so that list and
            timeline follow.
        indexes: whether there is an index process that does so.
    """

    def __init__(
        self,
        state: ReaderState,
        view: ReaderView,
        library: Library,
        *,
        rescan: Callable[[], None],
        indexes: bool,
    ) -> None:
        super().__init__(state, view, library)
        self._indexes = indexes
        library.articles.dates_changed = rescan

    def correct(self) -> None:
        """Offer what can be said of the date of the article at hand."""
        article = self._current_article()
        if article is None:
            self.view.status.say("no article here")
            return
        choices = list(self._choices(article))
        lines = [Line(left, words, value=n) for n, (left, words, _) in enumerate(choices)]
        self.view.choose(
            f"{_dated(article)}: {article.title}",
            lines,
            lambda number: choices[number][2](),
        )

    def _current_article(self) -> Article | None:
        if self.state.pane == "articles":
            row_id = self.view.articles.article
            return self.library.articles.get(row_id) if row_id is not None else None
        page = self.view.page.page
        return page.article if page is not None else None

    def _choices(self, article: Article) -> list[tuple[str, str, Callable[[], None]]]:
        date = article.date
        choices: list[tuple[str, str, Callable[[], None]]] = []
        if date is not None and article.date_origin != "corrected" and plain(date) != date:
            exact = plain(date)
            words = f"{label(exact, weekday=True)} is right"
            choices.append(("accept", words, lambda: self._state(article, exact)))
        choices.append(("correct", "another date", lambda: self.view.soon(self._ask, article)))
        if date is not None:
            choices.append(("reject", "it has no date", lambda: self._state(article, None)))
        if article.date_origin == "corrected":
            words = "the date that Dateline found"
            choices.append(("withdraw", words, lambda: self._withdraw(article)))
        return choices

    async def _ask(self, article: Article) -> None:
        from tui.app.dialogs.prompt import Prompt

        def typed(words: str | int | None) -> None:
            if isinstance(words, str) and words and not fault(words):
                self._state(article, edtf(words))

        prompt = Prompt(
            f"Written: {article.title}",
            article.date or "",
            hint=FORMS,
            check=lambda words: fault(words.strip()),
        )
        await self.view.open_prompt(prompt, typed)

    def _state(self, article: Article, date: str | None) -> None:
        self._apply(lambda: self.library.articles.correct_date(article, date))

    def _withdraw(self, article: Article) -> None:
        self._apply(lambda: self.library.articles.withdraw_date(article))

    def _apply(self, change: Callable[[], None]) -> None:
        try:
            if not self.written(change, "the date is not stored"):
                return
        except NotRead as error:
            self.view.status.say(f"the notebook cannot be read: {error}")
            return
        then = "" if self._indexes else "; it holds at the next indexing"
        self.view.status.say(f"u undoes it: {self.library.undo.latest}{then}")


def _dated(article: Article) -> str:
    if article.date is None:
        return "Undated"
    return f"Dated {label(article.date, weekday=True)}"
