"""Reads annotated corpora as sentences of words and spans, with one scheme of entity kinds.

Only corpora whose licences permit shipping a model that was trained on them are read. Their test
parts are read only by `evaluate`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from tui.nlp.encoder.word_features import WORD
from tui.nlp.gazetteer import countries, gazetteer, key
from tui.training.gum import UNKNOWN, Span, names_of_document, titles

Part = Literal["train", "dev", "test"]
# The genres of GUM that are under CC BY or in the public domain according to its LICENSE.txt.
_GUM_GENRES = frozenset(
    "academic bio conversation court interview news speech textbook vlog voyage".split()
)

# Corpora that annotate a country or capital that acts (its government) as an organisation.
_ACTING = frozenset(("uner-pud",))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a corpus.

    Attributes:
        words: its words, as the encoder splits them.
        spans: the names as (first word, word after the last, kind), counted in words from 0.
        corpus: the name of the corpus.
        document: the name of its document, or of its file if that is not divided into documents;
            "" if it stands alone.
        misc: whether the corpus annotates names of other kinds than PER, ORG, LOC and NORP. If it
            does not, an unmarked word may be part of one.
        labelled: whether the sentence is annotated. Unlabelled text needs a teacher.
    """

    words: tuple[str, ...]
    spans: tuple[Span, ...]
    corpus: str
    document: str = ""
    misc: bool = False
    labelled: bool = True


def _split(
    tokens: list[str], spans: Iterable[Span], corpus: str, document: str, misc: bool = False
) -> Sentence:
    """A sentence in the words of the encoder; `spans` are counted in `tokens` of the corpus."""
    words: list[str] = []
    first: list[int] = []
    for token in tokens:
        first.append(len(words))
        words.extend(WORD.findall(token) or ["_"])
    first.append(len(words))
    moved = [(first[a], first[b], kind) for a, b, kind in spans]
    return Sentence(tuple(words), tuple(_scheme(words, moved, corpus)), corpus, document, misc)


def _scheme(words: list[str], spans: Iterable[Span], corpus: str) -> Iterator[Span]:
    """The spans in the scheme of the package: without determiners, titles and possessives.

    Nationalities and groups that the gazetteer lists are NORP, even if they are unmarked, and
    countries are LOC.
    """
    lists = gazetteer()
    taken = [False] * len(words)
    acting = _countries() if corpus in _ACTING else frozenset()
    for start, end, kind in sorted(spans):
        while start < end and words[start].lower() in ("the", "a", "an", "“", '"', "'", "@", "#"):
            start += 1
        if kind == "PER":
            start = _after_title(words, start, end)
        if end - start > 1 and words[end - 1].lower() == "s" and words[end - 2] in "'’":
            end -= 2
        while start < end and words[end - 1] in ("'", "’", '"', "”", ","):
            end -= 1
        if start >= end or any(taken[start:end]):
            continue
        wider = lists.match(words, start - 1) if start and not taken[start - 1] else None
        # A corpus may mark only the end of a listed phrase: "Catholic" in "Roman Catholic".
        if wider is not None and wider[1].kind == "NORP" and wider[0] == end - start + 1:
            start -= 1
        known = lists.match(words, start)
        if known is not None and known[0] == end - start:
            if known[1].kind == "NORP" and kind in ("MISC", "LOC", "ORG", "PER", UNKNOWN):
                kind = "NORP"
            elif known[1].kind == "LOC" and kind == "NORP":
                kind = "LOC"
        if kind == "ORG" and tuple(words[start:end]) in acting:
            kind = "LOC"
        taken[start:end] = [True] * (end - start)
        yield start, end, kind
    for at, word in enumerate(words):
        if not taken[at] and word[0].isupper():
            known = lists.match(words, at)
            if known is not None and known[1].kind == "NORP" and not any(taken[at : at + known[0]]):
                taken[at : at + known[0]] = [True] * known[0]
                yield at, at + known[0], "NORP"


@lru_cache(maxsize=1)
def _countries() -> frozenset[tuple[str, ...]]:
    """The names of countries and their capitals, each as a tuple of tokens."""
    return frozenset(
        key(surface)
        for name, aliases, _, capitals in countries()
        for surface in f"{name}|{aliases}|{capitals}".replace("=", "|").split("|")
    )


def _after_title(words: list[str], start: int, end: int) -> int:
    for length in range(min(4, end - start - 1), 0, -1):
        if " ".join(words[start : start + length]).rstrip(".") in titles():
            start += length
            if words[start] == "." and start + 1 < end:
                start += 1
            return _after_title(words, start, end)
    return start


def _columns(
    path: Path,
    corpus: str,
    kinds: dict[str, str],
    word_at: int = 0,
    label_at: int = 1,
    misc: bool = False,
) -> Iterator[Sentence]:
    """The sentences of a file with a word and its label (BIO or IO) on each line.

    `word_at` and `label_at` are the indexes of their columns.
    """
    tokens: list[str] = []
    labels: list[str] = []
    document = f"{path.name}:0"
    documents = 0
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith(("# newdoc", "-DOCSTART-")):
            documents += 1
            document = f"{path.name}:{documents}"
        if not line.strip():
            if tokens:
                yield _split(tokens, _spans(labels, kinds), corpus, document, misc)
            tokens, labels = [], []
            continue
        if line.startswith("# ") and len(line.split("\t")) < 3:
            continue
        cells = re.split(r"[\t ]", line.strip())
        if len(cells) > max(word_at, label_at):
            if cells[word_at] == "-DOCSTART-":
                continue
            tokens.append(cells[word_at])
            labels.append(cells[label_at])


def _spans(labels: list[str], kinds: dict[str, str]) -> Iterator[Span]:
    start = -1
    for at, label in enumerate([*labels, "O"]):
        before = labels[at - 1] if at else "O"
        same = label[2:] == before[2:] and label.startswith("I") and before != "O"
        if start >= 0 and not same:
            kind = kinds.get(before[2:].lower())
            if kind:
                yield start, at, kind
            start = -1
        if label != "O" and start < 0:
            start = at


_PLAIN = {"per": "PER", "org": "ORG", "loc": "LOC", "oth": UNKNOWN}


def _wikigold(folder: Path, part: Part) -> Iterator[Sentence]:
    kinds = {**_PLAIN, "misc": "MISC"}
    path = next(folder.rglob("wikigold.conll.txt"))
    found = list(_columns(path, "wikigold", kinds, misc=True))
    shares = {"train": (0.0, 0.7), "dev": (0.7, 0.8), "test": (0.8, 1.0)}
    first, last = (round(len(found) * share) for share in shares[part])
    yield from found[first:last]


def _uner_ewt(folder: Path, part: Part) -> Iterator[Sentence]:
    path = folder / f"en_ewt-ud-{part}.iob2"
    if path.exists():
        yield from _columns(path, "uner-ewt", _PLAIN, 1, 2)


def _uner_pud(folder: Path, part: Part) -> Iterator[Sentence]:
    if part == "train":
        yield from _columns(folder / "en_pud-ud-test.iob2", "uner-pud", _PLAIN, 1, 2)


def _wnut17(folder: Path, part: Part) -> Iterator[Sentence]:
    kinds = {
        "person": "PER",
        "location": "LOC",
        "corporation": "ORG",
        "group": "ORG",
        "product": "MISC",
        "creative-work": "MISC",
    }
    if part == "train":
        yield from _columns(folder / "wnut17train.conll", "wnut17", kinds, misc=True)


def _btc(folder: Path, part: Part) -> Iterator[Sentence]:
    if part == "train":
        yield from _columns(folder / "train_dev_test_conll" / "btc.train", "btc", _PLAIN)


_CROSSNER = {
    **dict.fromkeys("person politician writer scientist researcher musicalartist".split(), "PER"),
    **dict.fromkeys("organisation politicalparty university band".split(), "ORG"),
    # The other corpora annotate planets as locations.
    **dict.fromkeys("location country astronomicalobject".split(), "LOC"),
    **dict.fromkeys(
        "misc event election award book poem magazine literarygenre song album musicgenre"
        " musicalinstrument academicjournal theory discipline protein enzyme chemicalcompound"
        " chemicalelement conference field task algorithm product"
        " programlang metrics".split(),
        UNKNOWN,
    ),
}


def _crossner(folder: Path, part: Part) -> Iterator[Sentence]:
    if part == "train":
        for domain in ("politics", "literature", "science", "music"):
            for name in ("train", "dev"):
                path = folder / "ner_data" / domain / f"{name}.txt"
                yield from _columns(path, "crossner", _CROSSNER)


def _redocred(folder: Path, part: Part) -> Iterator[Sentence]:
    if part != "train":
        return
    for name in ("train_revised.json", "dev_revised.json"):
        path = folder / "data" / name
        if path.exists():
            for number, document in enumerate(json.loads(path.read_text(encoding="utf-8"))):
                yield from _redocred_document(document, f"{name}:{number}")


def _redocred_document(document: dict[str, object], name: str) -> Iterator[Sentence]:
    spans: dict[int, set[Span]] = {}
    kinds = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "MISC": UNKNOWN}
    for entity in document["vertexSet"]:  # type: ignore[attr-defined]
        for mention in entity:
            kind = kinds.get(mention["type"])
            if kind:
                start, end = mention["pos"]
                spans.setdefault(mention["sent_id"], set()).add((start, end, kind))
    for at, tokens in enumerate(document["sents"]):  # type: ignore[arg-type,var-annotated]
        yield _split(list(tokens), sorted(spans.get(at, ())), "re-docred", name)


def _gum(folder: Path, part: Part) -> Iterator[Sentence]:
    lists = folder / "not-to-release" / "file-lists"
    kept = {p: set((lists / f"files.{p}").read_text().split()) for p in ("dev", "test")}
    for path in sorted((folder / "not-to-release" / "sources").glob("*.conllu")):
        mine: Part = "train"
        for other in ("dev", "test"):
            if path.stem in kept[other]:
                mine = other  # type: ignore[assignment]
        if mine == part and path.stem.split("_")[1] in _GUM_GENRES:
            for tokens, spans in names_of_document(path):
                yield _split(tokens, spans, "gum", path.stem)


def gum_news(sentences: Iterable[Sentence]) -> list[Sentence]:
    """The sentences of GUM's news documents."""
    return [s for s in sentences if s.document.startswith("GUM_news")]


def _wikisplit(folder: Path, part: Part) -> Iterator[Sentence]:
    """Unlabelled sentences of three parts of WikiSplit (Botha et al. 2018), for training only."""
    if part != "train":
        return
    seen: set[str] = set()
    for name in ("tune", "validation", "test"):
        for line in (folder / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
            text = line.split("\t")[0].replace("''", '"')
            if text not in seen:
                seen.add(text)
                words = tuple(w for token in text.split() for w in WORD.findall(token) or ["_"])
                yield Sentence(words, (), "wiki-split", labelled=False)


READERS: dict[str, Callable[[Path, Part], Iterator[Sentence]]] = {
    "gum": _gum,
    "wikigold": _wikigold,
    "uner-ewt": _uner_ewt,
    "uner-pud": _uner_pud,
    "re-docred": _redocred,
    "wnut17": _wnut17,
    "btc": _btc,
    "crossner": _crossner,
    "wiki-split": _wikisplit,
}


def read(folder: Path, part: Part, corpora: Iterable[str] = READERS) -> list[Sentence]:
    """The sentences of a part of some corpora, each of which has its own folder in `folder`.

    A corpus without a folder there is skipped.
    """
    return [
        sentence
        for name in corpora
        if (folder / name).is_dir()
        for sentence in READERS[name](folder / name, part)
        if sentence.words
    ]
