"""Moments as bookmarks and corrections store them: RFC 3339 in UTC with milliseconds."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

EARLIEST = "1970-01-01T00:00:00.000Z"

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?")
# Later years leave no room for arithmetic.
_LAST_YEAR = 9000


def now() -> str:
    """The current moment."""
    return _written(datetime.now(timezone.utc))


def after(moment: str) -> str:
    """The current moment, or one millisecond after `moment` if that is not in the past."""
    current = now()
    if current > moment:
        return current
    then = datetime.fromisoformat(moment.replace("Z", "+00:00"))
    try:
        return _written(then + timedelta(milliseconds=1))
    except OverflowError:
        return moment


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse(value: object) -> str:
    """A moment from outside in the form of this module, "" if `value` is not one."""
    if not isinstance(value, str) or not _MOMENT.fullmatch(value.strip()):
        return ""
    written = value.strip().replace("Z", "+00:00")
    head, dot, rest = written.partition(".")
    if dot:
        digits = re.match(r"\d+", rest)
        fraction = digits.group() if digits else "0"
        written = f"{head}.{fraction[:6]:<06}{rest[len(fraction) :]}"
    try:
        parsed = datetime.fromisoformat(written)
    except ValueError:
        return ""
    if parsed.tzinfo is None:
        parsed = parsed.replace(tzinfo=timezone.utc)
    if not 1 < parsed.year < _LAST_YEAR:
        return ""
    return _written(parsed.astimezone(timezone.utc))
