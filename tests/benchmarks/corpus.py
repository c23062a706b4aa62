"""A seeded library: varied articles of about 500 words in folders by year and month.

An article is made of its number and the seed alone, so a small library is a part of a large one.
Articles come in clusters of five within a few days which tell of the same happenings.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TypeVar

import words

SEED = 20241119

# Raised whenever the same seed would give other articles.
VERSION = 2

FIRST_DAY = date(2009, 1, 1)
DAYS = 15 * 365

# Articles of a cluster, and words of the special ones that stand at the head of the list.
CLUSTER = 5
HEADS = ("Firstmark", "Secondmark", "Thirdmark")
LONG, LONG_WORDS = 12, 5_000
HUGE_WORDS = 100_000

# A word that stands in about a third of the articles.
FREQUENT = "government"

# One content word in four is invented, its rank drawn evenly by its logarithm (Zipf's law): lists
# alone would give a full-text index far fewer words than the quarter of a million of real news.
_INVENTED = 0.25
_RANKS = 300_000
_SYLLABLES = [a + b for a in "bcdfglmnprstvz" for b in "aeiou"]
_ENDINGS = ("n", "r", "l", "s", "t", "m", "")

T = TypeVar("T")


def invented(rank: int) -> str:
    """The invented word of a rank below 70 ** 3."""
    high, low = divmod(rank, 70)
    higher, high = divmod(high, 70)
    return _SYLLABLES[low] + _SYLLABLES[high] + _SYLLABLES[higher] + _ENDINGS[rank % 7]


class Author:
    """Writes sentences from a random source; the people of a text recur in it."""

    def __init__(self, random: Random, cast: int = 4) -> None:
        self._draw = random.random
        self.people = [self._person() for _ in range(cast)]
        self.towns = [self._town() for _ in range(3)]

    def pick(self, choices: Sequence[T]) -> T:
        """One of some choices."""
        return choices[int(self._draw() * len(choices))]

    def word(self, choices: Sequence[str]) -> str:
        """A content word: one of some choices, or an invented one."""
        if self._draw() < _INVENTED:
            return invented(int(_RANKS ** self._draw()))
        return self.pick(choices)

    def chance(self, share: float) -> bool:
        """True in a share of cases."""
        return self._draw() < share

    def number(self, least: int, most: int) -> int:
        """A number from `least` to `most`."""
        return least + int(self._draw() * (most - least + 1))

    def _person(self) -> tuple[str, str]:
        surname = self.pick(words.SURNAME_HEADS) + self.pick(words.SURNAME_TAILS)
        return self.pick(words.FIRST_NAMES), surname

    def _town(self) -> str:
        return self.pick(words.TOWN_HEADS) + self.pick(words.TOWN_TAILS)

    def filled(self, template: str, day: date) -> str:
        """A template with its fields filled in."""
        first, last = self.pick(self.people)
        told = day - timedelta(self.number(1, 400))
        return template.format(
            adj=self.word(words.ADJECTIVES),
            adj2=self.word(words.ADJECTIVES),
            thing=self.word(words.THINGS),
            other=self.word(words.OTHERS),
            other2=self.word(words.OTHERS),
            plural=self.word(words.PLURALS),
            plural2=self.word(words.PLURALS),
            adv=self.pick(words.ADVERBS),
            open=self.pick(words.OPEN),
            group=self.pick(words.GROUPS),
            plan=self.pick(words.PLANS),
            later=self.pick(words.LATER),
            when="since " + self.pick(words.MONTHS),
            town=self.pick(self.towns),
            country=self.pick(words.COUNTRIES),
            person=f"{first} {last}",
            last=last,
            count=self.number(3, 900),
            date=f"{told.day} {words.MONTHS[told.month - 1]} {told.year}",
            month=words.MONTHS[told.month - 1],
        )

    def deed(self, day: date) -> str:
        """A happening without its time: who did what."""
        first, last = self.pick(self.people)
        role = self.pick(words.ROLES) + " " if self.chance(0.4) else ""
        who = f"The {self.pick(words.GROUPS)}" if self.chance(0.25) else f"{role}{first} {last}"
        return f"{who} {self.filled(self.pick(words.DEEDS), day)}"

    def told(self, deed: str, day: date) -> str:
        """A sentence that tells of a happening."""
        return f"{deed} {self.filled(self.pick(words.WHEN), day)}."

    def sentence(self, day: date) -> str:
        """Any sentence."""
        kind = self._draw()
        if kind < 0.28:
            return self.told(self.deed(day), day)
        pool = words.SAYINGS if kind < 0.45 else words.FILLERS
        return self.filled(self.pick(pool), day)


def body(author: Author, day: date, deeds: Sequence[str], length: int, headings: float) -> str:
    """Paragraphs of about `length` words; the deeds open the first ones."""
    paragraphs: list[str] = []
    about_government = author.chance(0.32)
    written = 0
    while written < length:
        sentences = (
            [author.told(deeds[len(paragraphs)], day)] if len(paragraphs) < len(deeds) else []
        )
        sentences += [author.sentence(day) for _ in range(author.number(2, 5))]
        if about_government and len(paragraphs) == 1:
            sentences.append(author.filled(author.pick(words.GOVERNMENT), day))
        paragraph = " ".join(sentences)
        written += paragraph.count(" ") + 1
        if paragraphs and author.chance(headings):
            paragraphs.append(author.filled(author.pick(words.HEADINGS), day))
        paragraphs.append(paragraph)
        if author.chance(0.06):
            paragraphs.append(author.pick(words.CLUTTER))
    return "\n\n".join(paragraphs)


def article(number: int, seed: int = SEED) -> tuple[str, str]:
    """Path below the library and raw text of an ordinary article."""
    cluster = Random(seed * 7_919 + number // CLUSTER)
    day = FIRST_DAY + timedelta(int(cluster.random() * DAYS))
    shared = Author(cluster)
    deeds = [shared.deed(day) for _ in range(3)]
    author = Author(Random(seed * 104_729 + number))
    # The people and towns of the cluster are those of its articles, with one of their own.
    author.people = [*shared.people, author.people[0]]
    author.towns = [*shared.towns, author.towns[0]]
    day += timedelta(author.number(0, 4))
    told = [deeds[(number + n) % 3] for n in range(2)]
    text = body(author, day, told, author.number(380, 620), 0.08)
    title = _title(told[0])
    folder = f"{day.year}/{day.month:02}"
    form = author.pick(range(1000))
    if form < 5:
        return f"{folder}/{number:06}.txt", f"{title}\n\n{text}\n"
    if form < 50:
        front = f'---\ntitle: "{title}"\ndate: {day.isoformat()}\n---\n\n'
        return f"{folder}/{number:06}.md", f"{front}{text}\n"
    if form < 450:
        return f"{folder}/{number:06}.txt", f" date {day.isoformat()} {text}\n"
    written = f"{day.day} {words.MONTHS[day.month - 1]} {day.year}"
    line = written if form < 700 else f"Published: {written}"
    return f"{folder}/{number:06}.txt", f"{title}\n\n{line}\n\n{text}\n"


def _title(deed: str) -> str:
    return deed if len(deed) < 90 else deed[: deed.rfind(" ", 0, 90)]


def specials(seed: int = SEED) -> list[tuple[str, str]]:
    """Paths and raw texts of the newest articles: three of known titles, long ones, a huge one.

    They are newer than all others by a day each, so the list begins with them in this order.
    """
    kinds = [(mark, 500, 4) for mark in HEADS]
    kinds += [(f"Longread{number:02}", LONG_WORDS, 8) for number in range(1, LONG + 1)]
    kinds.append(("Wholerecord", HUGE_WORDS, 8))
    made: list[tuple[str, str]] = []
    for number, (mark, length, cast) in enumerate(kinds):
        author = Author(Random(seed * 15_485_863 + number), cast)
        day = FIRST_DAY + timedelta(DAYS + 60 - number)
        text = body(author, day, [author.deed(day)], length, 0.05)
        title = f"{mark} of the {author.pick(words.ADJECTIVES)} {author.pick(words.THINGS)}"
        made.append((f"special/{number:02}.txt", f"{title}\n\n{day.isoformat()}\n\n{text}\n"))
    return made


def make(root: Path, count: int, say: Callable[[str], None], seed: int = SEED) -> Path:
    """The folder of a library of `count` articles below `root`, made unless it is there already."""
    folder = root / f"library-{count}-seed{seed}-v{VERSION}"
    done = root / f"{folder.name}.done"
    if done.exists():
        say(f"library of {count:,} articles, seed {seed}: as it lies in {folder}")
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    made: set[Path] = set()
    special = specials(seed)
    for number in range(count):
        place, text = special[number] if number < len(special) else article(number, seed)
        path = folder / place
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_text(text, encoding="utf-8")
    done.touch()
    say(f"library of {count:,} articles, seed {seed}: made in {folder}")
    return folder


def size_of(folder: Path) -> int:
    """Bytes of all texts of a library."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
