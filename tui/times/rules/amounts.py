"""Durations: two weeks, a five-year plan, the past three months."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from tui.nlp.lexicon import UNIT_SIZES, UNITS
from tui.times.number_words import number
from tui.times.reading import Context, Reading, shifted
from tui.times.rule import rule
from tui.times.rules.parts import amount_modifier, group
from tui.times.vocabulary import ABOUT, AMOUNT, PLURAL, UNIT, unit_name

_KIND = r"(?:more|full|long|short|consecutive|straight|trading|business|whole|additional|further|extra|calendar|working|solid)"
# "An hour" is a duration only where something takes it: elsewhere it is a rate, or any hour.
_TAKES = re.compile(
    r"\b(?:for|in|after|within|than|over|about|nearly|almost|least|most|under|lasts?|lasted|takes?|took"
    r"|taken|spent|spends?|spending|around|roughly|every|wait|waited|of|only|just|another|to|by|half)"
    r" (?:(?:about|nearly|almost|over|more than|less than) )?$",
    re.IGNORECASE,
)
_AGED = re.compile(r"\b(?:aged?|turned) $", re.IGNORECASE)
_RATE = re.compile(r" (?:a|an|per|each|every) (?:hour|day|night|week|month|year)\b")
_OF_AN = re.compile(r" of an? ")
_FIGURES = re.compile(r"[$£€]\d|%|percent|per cent|million|billion|trillion")
_AGE = re.compile(r"[- ]old\b|[- ]olds\b", re.IGNORECASE)


def period(count: Fraction | None, unit: str) -> str:
    """The TIMEX3 value of a duration; a vague count (None) is X."""
    letter = UNITS[unit]
    clock = "T" if unit in ("second", "minute", "hour") else ""
    if count is None:
        return f"P{clock}X{letter}"
    if unit == "weekend":
        return f"P{_plain(count)}WE"
    count *= UNIT_SIZES.get(unit, 1)
    if count.denominator != 1:
        if unit in ("year", "decade") and (count * 12).denominator == 1:
            years, months = divmod(int(count * 12), 12)
            return f"P{f'{years}Y' if years else ''}{months}M"
        if unit == "hour" and (count * 60).denominator == 1:
            hours, minutes = divmod(int(count * 60), 60)
            return f"PT{f'{hours}H' if hours else ''}{minutes}M"
        if unit == "minute" and (count * 60).denominator == 1:
            minutes, seconds = divmod(int(count * 60), 60)
            return f"PT{f'{minutes}M' if minutes else ''}{seconds}S"
    return f"P{clock}{_plain(count)}{letter}"


def _plain(count: Fraction) -> str:
    return str(count.numerator) if count.denominator == 1 else str(float(count))


def _duration(m: re.Match[str], _: Context) -> Reading | None:
    words, unit = m["amount"].lower(), unit_name(m["unit"])
    if _is_no_amount(m, words, unit):
        return None
    count = number(m["amount"].lower())
    if m["half"] and count is not None:
        count += Fraction(1, 2)
    if group(m, "amount2"):
        # From two to three weeks is neither.
        count = None
    reading = Reading("DURATION", period(count, unit)).modified(amount_modifier(m["about"]))
    return _without_article(m, reading, unit)


def _is_no_amount(m: re.Match[str], words: str, unit: str) -> bool:
    """Whether a match is an age, a rate, a single unit that nothing takes, or another number."""
    text, singular = m.string, m["unit"].lower() == unit
    if _AGE.match(text, m.end()) or _AGED.search(text, max(0, m.start() - 8), m.start()):
        return True
    if _RATE.match(text, m.end()):
        return True
    taken = _TAKES.search(text, max(0, m.start() - 30), m.start()) is not None
    if words in ("one", "some") and unit in ("day", "night") and singular:
        # "One day he left", but "a one-day strike".
        return not taken and "-" not in m.group()
    if words in ("a", "an"):
        if not (m["half"] or m["about"] or taken):
            return True
        if not singular or unit in ("second", "minute", "night", "day", "weekend", "quarter"):
            return True
    if unit == "second" and singular:
        return True
    if unit == "quarter" and ("-" in m.group() or _OF_AN.match(text, m.end())):
        return True
    # "The 1990 quarter" is no amount.
    return words.isdigit() and len(words) == 4 and 1900 <= int(words) <= 2100


def _without_article(m: re.Match[str], reading: Reading, unit: str) -> Reading:
    """An article belongs to the noun that an adjective like "five-year" stands before.

    "Over" is a preposition before a vague amount, and after a sum: "$60 billion over five years".
    """
    start = m.start()
    if m["the"] and m["unit"].lower() == unit and not m["noun"]:
        start = m.end("the")
    over = (m["about"] or "").lower() == "over"
    figures = over and _FIGURES.search(m.string, max(0, m.start() - 30), m.start())
    if over and (m["the"] or "X" in reading.value or figures):
        start = m.start("the") if m["the"] else m.start("amount")
        reading = replace(reading, mod="")
    return reading.at(start, m.end())


def _over(m: re.Match[str], at: Context) -> Reading | None:
    """A duration that ends or begins at the reference date: the past two weeks."""
    unit = unit_name(m["unit"])
    amount = group(m, "amount").lower()
    which = m["which"].lower()
    if not amount and m["unit"].lower() == unit:
        return None
    count = number(amount) if amount else None
    value = period(count, unit)
    mod = amount_modifier(m["about"])
    edtf = None
    of_something = m.string.startswith(" of ", m.end())
    if not of_something and count is not None and count.denominator == 1 and at.day is not None and unit not in (
        "second", "minute", "hour",
    ):  # fmt: skip
        past = which in ("past", "last", "previous", "preceding")
        if past or which in ("next", "coming", "following"):
            other = shifted(at, int(-count if past else count), unit)
            if other is not None and other.edtf is not None and "X" not in other.edtf:
                ends = other.edtf.split("/")
                today = at.day.isoformat()
                edtf = f"{ends[0]}/{today}" if past else f"{today}/{ends[-1]}"
    reading = Reading("DURATION", value, edtf, relative=edtf is not None)
    if (m["about"] or "").lower() == "over":
        return reading.at(m.start("the") if m["the"] else m.start("which"), m.end())
    return reading.modified(mod)


def _vague(m: re.Match[str], _: Context) -> Reading:
    """A plural without a number, or "year-long", where the singular is one unit."""
    word = group(m, "unit", "unit2", "unit3", "unit4", "unit5")
    unit = unit_name(word)
    one = bool(group(m, "unit2")) and not group(m, "plural")
    return Reading("DURATION", period(Fraction(1) if one else None, unit))


RULES = (
    rule(
        "duration",
        ("unit",),
        rf"(?:(?P<about>{ABOUT}) )?(?P<the>the |another |a |an )?(?P<amount>{AMOUNT})"
        rf"(?:(?: to | or |-to-|[-–])(?P<amount2>{AMOUNT}))?[ -](?:{_KIND} )?(?P<unit>{UNIT})"
        r"(?P<half> and a half)?(?P<noun>[ -](?:period|term|span|stretch))?(?![’']s? time)",
        _duration,
        ("The five-year plan took nearly two years and ten days.", "P5Y P2Y P10D"),
        ("It took sixty-two years, half an hour, 2 1/2 years.", "P62Y PT30M P2Y6M"),
        ("It lasted for several weeks.", "PXW"),
        ("The boy, a five-year-old, earned $3 an hour, 1.76 a year.", ""),
        ("It took two decades, or a century and a half.", "P20Y P150Y"),
    ),
    rule(
        "duration that ends or begins now",
        ("unit",),
        rf"(?:(?P<about>{ABOUT}) )?(?P<the>the |these |its |his |her |their )?(?P<which>past|last|next|coming|previous|preceding|following|first|final"
        rf"|latest)(?: (?P<amount>{AMOUNT}))?(?: or so)? (?:{_KIND} )?(?P<unit>{UNIT})(?: or so)?",
        _over,
        ("It rose over the past two weeks.", "P2W"),
        ("Sales of the first nine months fell.", "P9M"),
        ("It will rise in the next few days.", "PXD"),
    ),
    rule(
        "vague duration",
        ("unit",),
        rf"(?:recent|coming|the (?:coming|last|past)) (?P<unit>{PLURAL})"
        rf"|(?P<unit2>day|week|month|year|decade|hour|century)(?P<plural>s)?-long"
        rf"|(?:(?<=for )|(?<=within )|(?<=matter of ))(?P<unit3>{PLURAL})|(?<=in )(?P<unit4>weeks|months|years|decades)(?! (?:of|to|past))"
        rf"|(?P<unit5>{PLURAL})(?: (?:later|earlier)|(?= (?:before|after) (?:the|his|her|their|its|an?|[A-Z])\b))",
        _vague,
        ("Days later, he quit, hours after the vote.", "PXD PTXH"),
        ("It rose in recent months after a year-long ban.", "PXM P1Y"),
        ("They waited for weeks.", "PXW"),
    ),
)
