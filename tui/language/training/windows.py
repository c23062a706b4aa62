"""Sentences packed into windows of word pieces: what follows in a document is read together."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from tokenizers import Tokenizer
from torch import Tensor

from tui.language.gazetteer import gazetteer
from tui.language.labels import LABELS
from tui.language.nameable import nameable
from tui.language.training.corpora import Sentence
from tui.language.training.gum import UNKNOWN
from tui.language.words import SMALL, listed, shapes

LONGEST = 128
# Labels above LABELS: "O or of another kind", what nobody marked, and what no word begins with.
O_OR_MISC = len(LABELS)
UNLABELLED = O_OR_MISC + 1
IGNORED = -100


@dataclass(frozen=True, slots=True)
class Pieces:
    """A sentence in word pieces; `labels` stand on the first piece of each word.

    `asked` are the pieces of words that may be named; `taught` has what the teacher answers, a row of
    probabilities over LABELS for each word.
    """

    pieces: tuple[int, ...]
    shapes: tuple[int, ...]
    lists: tuple[int, ...]
    labels: tuple[int, ...]
    asked: tuple[bool, ...]
    taught: Tensor | None = None


def pieces(sentence: Sentence, tokenizer: Tokenizer, whole: bool = False) -> Pieces:
    """A sentence as the network takes it, without the marks at both ends; asked for the words that
    may be named, or as a `whole`."""
    words = list(sentence.words)
    plain = UNLABELLED if not sentence.labelled else O_OR_MISC if not sentence.misc else 0
    gold = [plain] * len(words)
    for start, end, kind in sentence.spans:
        if kind == UNKNOWN:
            gold[start:end] = [O_OR_MISC] * (end - start)
        else:
            begin = LABELS.index(f"B-{kind}")
            gold[start:end] = [begin] + [begin + 1] * (end - start - 1)
    encoding = tokenizer.encode(words, is_pretokenized=True, add_special_tokens=False)
    word_shapes, bits = shapes(words), listed(words, gazetteer())
    may = [True] * len(words) if whole else nameable(words, word_shapes, bits, gazetteer())
    ids, kinds, lists, labels, asked = [], [], [], [], []
    last = -1
    for piece, word in zip(encoding.ids, encoding.word_ids, strict=True):
        assert word is not None
        ids.append(piece)
        kinds.append(word_shapes[word])
        lists.append(bits[word])
        labels.append(gold[word] if word != last else IGNORED)
        asked.append(may[word])
        last = word
    return Pieces(tuple(ids), tuple(kinds), tuple(lists), tuple(labels), tuple(asked))


def disguised(sentence: Sentence, how: str) -> Sentence:
    """A copy in another case: `title` as a headline, `upper`, `lower`."""
    change = {
        "title": lambda w: w if w in SMALL else w[:1].upper() + w[1:],
        "upper": str.upper,
        "lower": str.lower,
    }[how]
    words = tuple(change(word) for word in sentence.words)
    # A people is found by its capital; what a change of letters lengthens is left alone.
    if any(len(a) != len(b) for a, b in zip(words, sentence.words, strict=True)):
        return sentence
    return replace(sentence, words=words)


def windows(
    sentences: Sequence[tuple[str, Pieces]], rng: random.Random | None
) -> Iterator[list[Pieces]]:
    """Runs of sentences of one document that fit together; of random length with `rng`."""
    for document, group in groupby(sentences, key=lambda pair: pair[0]):
        window: list[Pieces] = []
        size = 0
        most = _most(rng, document)
        for _, sentence in group:
            length = min(len(sentence.pieces), LONGEST - 2)
            if window and size + length > most:
                yield window
                window, size, most = [], 0, _most(rng, document)
            window.append(sentence)
            size += length
        if window:
            yield window


def _most(rng: random.Random | None, document: str) -> int:
    if not document:
        return 1
    return LONGEST - 2 if rng is None else rng.choice((1, 48, LONGEST - 2))
