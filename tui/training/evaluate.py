"""Scores a recogniser on the parts of the corpora that it was not trained on.

    python -m tui.training.evaluate CORPORA [--part dev|test] [--recogniser NAME]

The score is the micro-averaged F1 of exact span and kind, after all steps of the recogniser.
Nationalities and groups (NORP) are not scored on a corpus that does not annotate them; names of
other kinds (MISC) are never scored.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from tui.entities.recognition.recognisers import DEFAULT, Recognise, load
from tui.nlp.document import ENTITY_KINDS, Document
from tui.nlp.language_identification import identify_language
from tui.nlp.tokens import tokenize
from tui.training.corpora import Part, Sentence, gum_news, read

# UNER does not annotate nationalities and groups.
_WITHOUT_NORP = frozenset(("uner-ewt",))

Found = tuple[str, int, int, str]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of names.

    Attributes:
        right: the number of names that are found correctly.
        found: the number of names that are found.
        wanted: the number of annotated names.
    """

    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        """The share of the found names that are correct, 0 if none is found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of the annotated names that are found, 0 if there are none."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 if there are no names."""
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 0.0

    def __str__(self) -> str:
        return f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}  of {self.wanted}"


def score(found: set[Found], wanted: set[Found]) -> Score:
    """The score of some found names, which are correct if an annotated name equals them."""
    return Score(len(found & wanted), len(found), len(wanted))


@dataclass(frozen=True, slots=True)
class ScoredDocument:
    """A document of a corpus as text.

    Attributes:
        name: a unique name.
        text: the text.
        sentences: the spans of the sentences, in code points.
        wanted: the annotated names of the scored kinds.
        kinds: the scored kinds, which are those that the corpus annotates.
    """

    name: str
    text: str
    sentences: tuple[tuple[int, int], ...]
    wanted: frozenset[Found]
    kinds: frozenset[str]

    def prepared(self) -> Document:
        """The document that a recogniser requires, with sentences, tokens and language."""
        document = Document(self.text, sentences=self.sentences)
        return identify_language(tokenize(document))


def documents(sentences: Sequence[Sentence]) -> Iterator[ScoredDocument]:
    """The documents of some sentences, with blanks between words, line feeds between sentences."""
    for number, (document, group) in enumerate(groupby(sentences, key=lambda s: s.document)):
        text, spans = "", []
        wanted: set[Found] = set()
        name = f"{document} {number}"
        kinds = set(ENTITY_KINDS)
        for sentence in group:
            if sentence.corpus in _WITHOUT_NORP:
                kinds.discard("NORP")
            begin = len(text)
            offsets: list[tuple[int, int]] = []
            for word in sentence.words:
                offsets.append((len(text), len(text) + len(word)))
                text += f"{word} "
            spans.append((begin, len(text) - 1))
            text = f"{text[:-1]}\n"
            wanted.update(
                (name, offsets[a][0], offsets[b - 1][1], kind)
                for a, b, kind in sentence.spans
                if kind in kinds
            )
        yield ScoredDocument(name, text, tuple(spans), frozenset(wanted), frozenset(kinds))


def names(sentences: Sequence[Sentence], recognise: Recognise) -> tuple[set[Found], set[Found]]:
    """The found and the annotated names of some sentences as (document, start, end, kind)."""
    found: set[Found] = set()
    wanted: set[Found] = set()
    for document in documents(sentences):
        wanted |= document.wanted
        found.update(
            (document.name, m.start, m.end, m.kind)
            for m in recognise(document.prepared())
            if m.kind in document.kinds
        )
    return found, wanted


def sets(folder: Path, part: Part) -> Iterable[tuple[str, list[Sentence]]]:
    """The sets of sentences to score, with their names."""
    gum = read(folder, part, ["gum"])
    yield "GUM news", gum_news(gum)
    yield "GUM", gum
    yield "WikiGold", read(folder, part, ["wikigold"])
    yield "UNER-EWT", read(folder, part, ["uner-ewt"])


def table(folder: Path, part: Part, recognise: Recognise) -> dict[str, tuple[Score, str]]:
    """The score of each set by its name, with the F1 of each kind as text."""
    rows: dict[str, tuple[Score, str]] = {}
    for name, sentences in sets(folder, part):
        found, wanted = names(sentences, recognise)
        by_kind = "  ".join(
            f"{kind} {score({f for f in found if f[3] == kind}, own).f1:.2f}"
            for kind in ENTITY_KINDS
            if (own := {w for w in wanted if w[3] == kind})
        )
        rows[name] = score(found, wanted), by_kind
    return rows


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="evaluate", description=__doc__.split("\n")[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--part", choices=("dev", "test"), default="dev")
    parser.add_argument("--recogniser", default=DEFAULT)
    parser.add_argument("--errors", action="store_true", help="print what is wrong on dev")
    options = parser.parse_args()
    recogniser = load(options.recogniser)
    if recogniser.missing:
        raise SystemExit(recogniser.missing)
    for name, (total, by_kind) in table(
        options.corpora, options.part, recogniser.recognise
    ).items():
        print(f"{name:10} {total}  {by_kind}")
    if options.errors and options.part == "dev":
        _print_errors(options.corpora, recogniser.recognise)


def _print_errors(folder: Path, recognise: Recognise) -> None:
    for name, sentences in sets(folder, "dev"):
        text = {document.name: document.text for document in documents(sentences)}
        found, wanted = names(sentences, recognise)
        print(f"== {name}")
        kinds: Counter[str] = Counter()
        for at in sorted(found ^ wanted):
            mark = "+" if at in found else "-"
            kinds[f"{mark}{at[3]}"] += 1
            around = text[at[0]][max(0, at[1] - 40) : at[2] + 30].replace("\n", "|")
            print(mark, at[3], text[at[0]][at[1] : at[2]], "  …", around)
        print(dict(kinds))


if __name__ == "__main__":
    main()
