"""Numbers as they are written in news: `62`, `1,200`, `2 1/2`, `sixty-two`, `half a`, `a dozen`."""

from __future__ import annotations

import re
from fractions import Fraction

from tui.nlp.lexicon import NUMBERS

_SMALL = "|".join(
    word for word, value in NUMBERS.items() if 0 < value < 20 and word not in ("a", "an", "couple")
    and word != "dozen"
)  # fmt: skip
_TENS = "|".join(word for word, value in NUMBERS.items() if value in range(20, 100, 10))
_BELOW_HUNDRED = rf"(?:(?:{_TENS})(?:[- ](?:{_SMALL}))?|{_SMALL})"
CARDINAL = (
    rf"(?:(?:(?:{_BELOW_HUNDRED}|an?)[- ])?(?:hundred[- ])?(?:hundred|thousand|million|billion)(?: (?:and )?{_BELOW_HUNDRED})?"
    rf"|{_BELOW_HUNDRED})"
)
"""A regular expression for a number that is written out."""

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d{1,4}(?:\.\d{1,2})?)"
_FRACTION = r"(?:[- ]1/2|[- ]?½|[- ]and[- ]a[- ]half| (?:million|billion)|-odd)"
_VAGUE = r"(?:several|a few|few|some|many|dozens of|hundreds of|a number of|a handful of)"
AMOUNT = (
    rf"(?:{_DIGITS}{_FRACTION}?|a quarter(?:[- ]of an?)?|(?:a )?half(?:[- ](?:an?|of an?))?|a couple(?: of)?|couple of"
    rf"|(?:(?:a|two|three|half a) )?dozen|{CARDINAL}{_FRACTION}?|{_VAGUE}|an?)"
)
"""A regular expression for the number before a unit, vague ones and articles included."""

_IS_VAGUE = re.compile(r"\b(?:several|few|some|many|dozens of|hundreds of|number|handful)\b")
_IS_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")


def number(words: str) -> Fraction | None:
    """The number that some words denote, None if it is vague, as in "several".

    Args:
        words: words in lower case that `AMOUNT` or `CARDINAL` matches.
    """
    if _IS_VAGUE.search(words):
        return None
    for word, size in (("million", 10**6), ("billion", 10**9)):
        if word in words:
            found = number(words.replace(word, "").strip())
            return found * size if found is not None else None
    half = Fraction(1, 2) if re.search(r"1/2|½|\band[- ]a[- ]half\b", words) else Fraction(0)
    words = re.sub(r"[- ]1/2|½|[- ]and[- ]a[- ]half|-odd", "", words)
    if digits := _IS_DIGITS.search(words):
        return Fraction(digits.group().replace(",", "")) + half
    if "quarter" in words:
        return Fraction(1, 4)
    if re.match(r"(?:a )?half\b", words):
        return Fraction(12 if "dozen" in words else 1, 2)
    total = current = 0
    for word in re.findall(r"[a-z]+", words):
        value = NUMBERS.get(word)
        if value is None:
            continue
        if value in (12, 100, 1000) and word in ("dozen", "hundred", "thousand"):
            current = max(current, 1) * value
            if value == 1000:
                total, current = total + current, 0
        elif word in ("a", "an") and current:
            continue
        elif word == "couple":
            current = 2
        else:
            current += value
    return Fraction(total + current) + half if total + current else None
