"""Lists of names that need no context: countries, places, organisations, peoples, titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from tui.model import EntityKind

TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase names; kind TITLE is a rank before a name, NONE a capitalised common word."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Phrases as tuples of tokens; `longest` has the most tokens of the phrases by first token;
    `small` are the single words of `not_names` in small letters."""

    phrases: dict[tuple[str, ...], Entry]
    longest: dict[str, int]
    titles: frozenset[tuple[str, ...]]
    first_names: frozenset[str]
    not_names: frozenset[str]
    small: frozenset[str]

    def match(self, tokens: list[str], at: int) -> tuple[int, Entry] | None:
        """The longest phrase that begins at a token: how many tokens, and what it is."""
        most = self.longest.get(tokens[at], 0)
        for length in range(min(most, len(tokens) - at), 0, -1):
            entry = self.phrases.get(tuple(tokens[at : at + length]))
            if entry is not None:
                return length, entry
        return None


def lines(name: str) -> Iterator[str]:
    """The lines of a data file of this package, without comments."""
    text = resources.files("tui.language").joinpath("data", name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


def countries() -> Iterator[list[str]]:
    """Of each country its name, other names, peoples and capitals, each with | between several."""
    return ((line + "\t\t\t").split("\t")[:4] for line in lines("countries.tsv"))


def key(phrase: str) -> tuple[str, ...]:
    """The tokens of a phrase, by which it is looked up."""
    return tuple(TOKEN.findall(phrase))


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """All lists, read once a process."""
    phrases: dict[tuple[str, ...], Entry] = {}

    def add(surfaces: str, name: str, kind: EntityKind | str) -> None:
        for surface in surfaces.split("|"):
            if found := key(surface):
                phrases.setdefault(found, Entry(name, kind))

    not_names = frozenset(line.strip() for line in lines("not_names.txt"))
    titles = frozenset(key(line) for line in lines("titles.txt"))
    for name, aliases, demonyms, capitals in countries():
        add(f"{name}|{aliases}", name, "LOC")
        add(demonyms, demonyms.split("|")[0], "NORP")
        for capital in capitals.split("|"):
            add(capital, capital, "LOC")
    for file, kind in (
        ("organisations.tsv", "ORG"),
        ("places.tsv", "LOC"),
        ("peoples.tsv", "NORP"),
    ):
        for line in lines(file):
            name, _, aliases = line.partition("\t")
            add(f"{name}|{aliases}", name, kind)
    for title in titles:
        if title and title[0][:1].isupper():
            phrases.setdefault(title, Entry(" ".join(title), "TITLE"))
    for phrase in not_names:
        if found := key(phrase):
            phrases.setdefault(found, Entry(phrase, "NONE"))
    longest: dict[str, int] = {}
    for phrase_key in phrases:
        longest[phrase_key[0]] = max(longest.get(phrase_key[0], 0), len(phrase_key))
    return Gazetteer(
        phrases,
        longest,
        titles,
        frozenset(line.strip() for line in lines("first_names.txt")),
        not_names,
        frozenset(word.lower() for word in not_names if " " not in word),
    )
