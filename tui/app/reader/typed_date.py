"""Dates as the reader types them."""

from __future__ import annotations

from tui.times.date_labels import label
from tui.times.edtf import is_uncertain, plain, valid

FORMS = "10 May 2024, May 2024, 2024~, 2024-05/2024-06"


def fault(words: str) -> str:
    """Why what was typed is not accepted, "" if it is."""
    found = edtf(words)
    if found is None:
        return "not understood as a date"
    if is_uncertain(found) and not valid(words):
        return f"is the day or the month first? {plain(found)} is {label(plain(found))}"
    return ""


def edtf(words: str) -> str | None:
    """What was typed as EDTF, None if it is no date."""
    if valid(words):
        return words
    # Imported here because few readers ever type a date.
    from tui.times.written_dates import NoSuchDate, stated

    try:
        found = stated(words, whole=True)
    except NoSuchDate:
        return None
    return found if found and valid(found) else None
