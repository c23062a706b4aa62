"""Lists of names that are recognised without context.

They contain countries, locations, organisations, peoples, titles, first names and common words
that are not names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from tui.nlp.document import EntityKind
from tui.nlp.tokens import TOKEN


@dataclass(frozen=True, slots=True)
class Entry:
    """The canonical name and the kind of a phrase in the lists.

    `kind` is an entity kind, TITLE for a rank before a name, or NONE for a capitalised word or
    phrase that is not a name.
    """

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The lists, with phrases as tuples of tokens.

    `phrases` maps each phrase to its entry; `longest` maps each first token to the number of tokens
    in the longest phrase that begins with it; `lower_case_words` holds the single
    words of `not_names` in lower case.
    """

    phrases: dict[tuple[str, ...], Entry]
    longest: dict[str, int]
    titles: frozenset[tuple[str, ...]]
    first_names: frozenset[str]
    not_names: frozenset[str]
    lower_case_words: frozenset[str]

    def match(self, tokens: list[str], at: int) -> tuple[int, Entry] | None:
        """The longest phrase that begins at index `at` of `tokens`.

        Returns its number of tokens and its entry, None if no phrase begins there.
        """
        most = self.longest.get(tokens[at], 0)
        for length in range(min(most, len(tokens) - at), 0, -1):
            entry = self.phrases.get(tuple(tokens[at : at + length]))
            if entry is not None:
                return length, entry
        return None


def lines(name: str) -> Iterator[str]:
    """The lines of a data file of `tui.nlp`, without empty lines and comments."""
    text = resources.files("tui.nlp").joinpath("data", name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


def countries() -> Iterator[list[str]]:
    """The four fields of each country: name, aliases, demonyms and capitals.

    Alternatives within a field are separated by `|`, spellings of one capital by `=`; a missing
    field is "".
    """
    return ((line + "\t\t\t").split("\t")[:4] for line in lines("countries.tsv"))


def key(phrase: str) -> tuple[str, ...]:
    """The tokens of a phrase, which are its key in `Gazetteer.phrases`."""
    return tuple(TOKEN.findall(phrase))


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """All lists; they are read once per process."""
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
            spellings = capital.split("=")
            add("|".join(spellings), spellings[0], "LOC")
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
