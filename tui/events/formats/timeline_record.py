"""The records that timelines are written from: what `dateline timeline --format jsonl` prints."""

from __future__ import annotations

from typing import TypedDict

from tui.ids import ArticleHash
from tui.nlp.document import EventStatus


class AccountRecord(TypedDict):
    """The account that the line of an event comes from.

    `quote` is its sentence as it stands in the text, `outlet` is "" if it is not known, and `title`,
    `url`, `date` and `article` are those of the article, whose hash is `article`.
    """

    quote: str
    outlet: str
    title: str
    url: str
    date: str | None
    article: ArticleHash


class TimelineRecord(TypedDict):
    """One event of a timeline.

    `event` is its id in this cache, `when` its date as EDTF or None, `headline` its line, `articles`
    the hashes of the articles that tell of it, `weight` its weight among the events of the library,
    `status` whether it happened, is planned or claimed, and `voices` the number of its accounts that
    do not copy another one. `account` is None if its text is lost. `corrected` lists what the
    reader's corrections say of it: "merge", "split", "date", "line", "status".
    """

    event: str
    when: str | None
    headline: str
    articles: list[ArticleHash]
    weight: float
    status: EventStatus
    voices: int
    account: AccountRecord | None
    corrected: list[str]


def remarks(record: TimelineRecord) -> list[str]:
    """What is to be said beside the line of an event: its status and how many articles tell of it.

    It is empty for what has happened by one account.
    """
    status = [] if record["status"] == "happened" else [str(record["status"])]
    count = len(record["articles"])
    return [*status, f"{count} accounts"] if count > 1 else status
