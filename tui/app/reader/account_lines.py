"""The list of accounts of an event: by day, with near-copies folded under the first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.app.dialogs.choice import Line
from tui.app.widgets.timeline_pane import MARKS
from tui.articles.outlets import outlet
from tui.events.model import Account
from tui.times.date_labels import short


def account_lines(accounts: Sequence[Account]) -> Iterator[Line]:
    """Two lines for each account: day, outlet and title, and what it says.

    An account with the words of an earlier one has its first line only. One that was joined by its
    likeness has "?" beside its words.
    """
    for number, account in enumerate(accounts):
        who = outlet(account.url, "")
        title = f"{who}: {account.title}" if who else account.title
        if account.copy:
            yield Line(short(account.date), f"= {title}", value=number)
            continue
        yield Line(short(account.date), title, value=number)
        mark = MARKS[account.status] + ("?" if account.likely else "")
        yield Line(mark, f"“{account.text}”", value=number)
