"""Reads the corpora that the syntax encoder is trained on and scored with.

Only corpora whose licences permit shipping a model that was trained on them are read. Treebanks are
in CoNLL-U; event triggers are those of ECB+ (topics 1 to 35 only), LitBank and GENEVA.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tui.nlp.document import Span
from tui.nlp.syntax.words import words as split

Part = Literal["train", "dev", "test"]
# The genres of GUM that are under CC BY or in the public domain according to its LICENSE.txt.
_GUM_GENRES = frozenset(
    "academic bio conversation court interview news speech textbook vlog voyage".split()
)
# Words that may begin an annotated trigger of several words and are not the trigger itself.
_LIGHT = frozenset(
    "a an the to be is was were been being are has had have no his her their".split()
)
# The topics of ECB+ that are kept for the final evaluation and are never read.
_KEPT_TOPICS = frozenset(str(number) for number in range(36, 46))
# Documents of GENEVA that have sentences of AQUAINT or TimeBank, which are for evaluation.
_GENEVA_LEFT_OUT = frozenset(("115_23019", "185_23573"))

EVENT, NO_EVENT, UNMARKED = 1, 0, -1


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a corpus.

    Attributes:
        corpus, document: the names of its corpus and of its document.
        text: the sentence as it is printed, "" if the corpus has words only.
        words: its words.
        spans: their spans in `text`, in code points; empty if there is no text.
        heads: for each word, the index of its head, -1 for the root; empty if it is not parsed.
        relations, tags: for each word, its relation and its part of speech; empty likewise.
        events: for each word, EVENT, NO_EVENT, or UNMARKED if that is not known; empty if triggers
            are not annotated.
        triggers: the spans of the annotated triggers in `text`.
    """

    corpus: str
    document: str
    text: str
    words: tuple[str, ...]
    spans: tuple[Span, ...] = ()
    heads: tuple[int, ...] = ()
    relations: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    events: tuple[int, ...] = ()
    triggers: tuple[Span, ...] = ()


def ewt(folder: Path, part: Part) -> Iterator[Sentence]:
    """The sentences of a part of UD English EWT (Silveira et al. 2014)."""
    if part != "train":
        yield from conllu(folder / f"en_ewt-ud-{part}.conllu", "ewt")
        return
    inner = folder / "not-to-release"
    for line in (inner / "file-lists" / "files.train").read_text().split():
        yield from conllu(inner / "sources" / line, "ewt")


def gum(folder: Path, part: Part) -> Iterator[Sentence]:
    """The sentences of a part of GUM (Zeldes 2017), of the genres whose licence permits it."""
    parts = _gum_parts(folder / "splits.md")
    for path in sorted((folder / "dep").glob("GUM_*.conllu")):
        if path.stem.split("_")[1] in _GUM_GENRES and parts.get(path.stem, "train") == part:
            yield from conllu(path, "gum")


def pud(folder: Path, part: Part) -> Iterator[Sentence]:
    """The sentences of UD English PUD (Zeman et al. 2017): news, and Wikipedia.

    PUD is not divided: here one in five of the sentences of English news is the test part.
    """
    for number, sentence in enumerate(conllu(folder / "en_pud-ud-test.conllu", "pud")):
        held = sentence.document.startswith("n01") and number % 5 == 0
        if part == ("test" if held else "train"):
            yield sentence


def _gum_parts(splits: Path) -> dict[str, str]:
    """The part of each document that is not in the training part."""
    part, found = "", {}
    for line in splits.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            part = line[3:].strip()
        elif line.strip().startswith("* "):
            found[line.strip()[2:]] = part
    return found


def conllu(path: Path, corpus: str) -> Iterator[Sentence]:
    """The sentences of a file in CoNLL-U."""
    text, document = "", path.stem
    rows: list[list[str]] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("# text ="):
            text = line[8:].strip()
        elif line.startswith("# newdoc id ="):
            document = line[13:].strip()
        elif line.startswith("# sent_id =") and corpus == "pud":
            document = line[11:].strip()
        elif not line and rows:
            yield _parsed(rows, text, corpus, document)
            rows = []
        elif line and line[0] != "#":
            cells = line.split("\t")
            if "." not in cells[0]:
                rows.append(cells)


def _parsed(rows: list[list[str]], text: str, corpus: str, document: str) -> Sentence:
    spans: list[Span] = []
    at = 0
    whole = (0, 0)
    for row in rows:
        found = text.find(row[1], at)
        if "-" in row[0]:
            # A token of several words: they may be written otherwise in it.
            whole = (found, found + len(row[1]))
            continue
        if found < 0 or text[at:found].strip():
            spans.append(whole)
            continue
        at = found + len(row[1])
        spans.append((found, at))
    kept = [row for row in rows if "-" not in row[0]]
    return Sentence(
        corpus,
        document,
        text,
        tuple(row[1] for row in kept),
        tuple(spans),
        tuple(int(row[6]) - 1 for row in kept),
        tuple(row[7] for row in kept),
        tuple(row[4] for row in kept),
    )


def ecb(path: Path, part: Part) -> Iterator[Sentence]:
    """The annotated sentences of ECB+ (Cybulska and Vossen 2014) in the JSON lines of the kit."""
    for line in path.read_text(encoding="utf-8").splitlines():
        topic = json.loads(line)
        if topic["topic"] in _KEPT_TOPICS:
            raise ValueError("a topic of the test part of ECB+")
        if topic["split"] != part:
            continue
        marked: dict[tuple[str, int], list[Span]] = {}
        for cluster in topic["clusters"]:
            for document, number, start, end, _ in cluster:
                marked.setdefault((document, number), []).append((start, end))
        for document in topic["docs"]:
            for number in document["selected"]:
                spans = marked.get((document["doc_id"], number), [])
                yield _triggered(document["sentences"][number], spans, document["doc_id"])


def _triggered(text: str, triggers: Iterable[Span], document: str) -> Sentence:
    spans = split(text, 0, len(text))
    own = [text[start:end] for start, end in spans]
    events = [NO_EVENT] * len(own)
    kept = sorted(set(triggers))
    for start, end in kept:
        inside = [n for n, (a, b) in enumerate(spans) if a < end and start < b]
        for n in inside:
            if events[n] != EVENT:
                events[n] = UNMARKED
        while len(inside) > 1 and own[inside[0]].lower() in _LIGHT:
            inside.pop(0)
        if inside:
            events[inside[0]] = EVENT
    return Sentence(
        "ecb", document, text, tuple(own), tuple(spans), events=tuple(events), triggers=tuple(kept)
    )


def litbank(folder: Path) -> Iterator[Sentence]:
    """The sentences of LitBank's events (Sims et al. 2019)."""
    for path in sorted((folder / "events" / "tsv").glob("*.tsv")):
        words: list[str] = []
        events: list[int] = []
        for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
            cells = line.split("\t")
            if len(cells) > 1 and cells[0].strip():
                words.append(cells[0].strip())
                events.append(EVENT if cells[1] == "EVENT" else NO_EVENT)
            elif words:
                yield Sentence("litbank", path.stem, "", tuple(words), events=tuple(events))
                words, events = [], []


def geneva(folder: Path) -> Iterator[Sentence]:
    """The sentences of two parts of GENEVA (Parekh et al. 2023); its training part is not at hand.

    Only triggers of its 115 types of events are marked.
    """
    found: dict[tuple[str, tuple[str, ...]], set[Span]] = {}
    for name in ("val", "test"):
        for line in (folder / "data" / f"{name}.json").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["doc_id"] in _GENEVA_LEFT_OUT:
                continue
            spans = found.setdefault((row["doc_id"], tuple(row["tokens"])), set())
            for event in row["event_mentions"]:
                spans.add((event["trigger"]["start"], event["trigger"]["end"]))
    for (document, words), spans in found.items():
        events = [NO_EVENT] * len(words)
        for start, end in spans:
            events[start:end] = [EVENT] + [UNMARKED] * (end - start - 1)
        yield Sentence("geneva", document, "", words, events=tuple(events))


def treebanks(folder: Path, part: Part) -> list[Sentence]:
    """The parsed sentences of a part, from the folders `ewt`, `gum` and `pud`."""
    return [*ewt(folder / "ewt", part), *gum(folder / "gum", part), *pud(folder / "pud", part)]


def triggers(folder: Path, part: Part) -> list[Sentence]:
    """The sentences with marked triggers of a part.

    They are read from `ecb.jsonl` and, for the training part, the folders `litbank` and `geneva`.
    """
    found = list(ecb(folder / "ecb.jsonl", part))
    if part == "train":
        found += [*litbank(folder / "litbank"), *geneva(folder / "geneva")]
    return found
