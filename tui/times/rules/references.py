"""Times that are only known to be past, present or future."""

from __future__ import annotations

import re

from tui.times.reading import Context, Reading, reference
from tui.times.rule import rule


def _now(m: re.Match[str], _: Context) -> Reading | None:
    return reference("PRESENT_REF")


def _past(m: re.Match[str], _: Context) -> Reading | None:
    return reference("PAST_REF")


def _future(m: re.Match[str], _: Context) -> Reading | None:
    return reference("FUTURE_REF")


RULES = (
    rule(
        "present",
        ("reference",),
        r"(?:right )?now|currently|nowadays|presently|at present|at the moment|these days|current(?=[ -][a-z])",
        _now,
        ("They now live in the current flat.", "PRESENT_REF PRESENT_REF"),
    ),
    rule(
        "past",
        ("reference",),
        r"(?:more |most )?recently(?! as\b)|lately|at the time(?! of\b)|the (?:recent )?past(?! [a-z]+ (?:years|months|weeks|days))"
        r"|(?:long|some time|a while|not long) ago|(?:years|months|weeks|decades|centuries) ago|recent(?= [a-z])",
        _past,
        ("It was shut recently, and years ago in recent memory.", "PAST_REF PAST_REF PAST_REF"),
    ),
    rule(
        "future",
        ("reference",),
        r"(?<!as )(?:very )?soon(?!er\b)(?! as\b)|the (?:near |foreseeable |distant |not too distant )?future(?! of\b)|(?<=in )future",
        _future,
        ("It will soon open in the near future.", "FUTURE_REF FUTURE_REF"),
    ),
)
