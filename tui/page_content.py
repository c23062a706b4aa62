"""What a page shows of one article, read from both stores."""

from __future__ import annotations

from dataclasses import dataclass

from tui.articles.model import Article
from tui.nlp.document import Document
from tui.passages.model import Passage


@dataclass(frozen=True, slots=True)
class Page:
    """An article with its annotations and bookmarks.

    `pending` says that it is still to be analysed, `absent` that its file is gone. `names_by_rules`
    says that the encoder does not know its language, so that names were found by rules alone. If
    `raw` is not None, the page shows that text, as it stands in the file, and no annotations.
    """

    article: Article
    document: Document
    pending: bool = False
    absent: bool = False
    names_by_rules: bool = False
    passages: tuple[Passage, ...] = ()
    raw: str | None = None

    @property
    def text(self) -> str:
        """The text that is shown."""
        return self.article.text if self.raw is None else self.raw
