"""Initialises the syntax encoder with the weights of a MiniLM and a part of its vocabulary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tui.nlp.encoder.wordpiece import CLS, SEP, UNKNOWN, WordPiece
from tui.training.network import Layer
from tui.training.pretrained import pretrained as whole
from tui.training.syntax.syntax_network import LONGEST, SyntaxEncoder

PADDING = "[PAD]"
# A piece that the corpora have as often is kept. The rest are the first ones of the vocabulary,
# which is in the order of frequency in a larger text.
_OFTEN = 3
# Characters of scripts other than Latin, Greek and Cyrillic are unknown to the shipped model.
_LAST_CHARACTER = 0x2200


def cut(full: WordPiece, words: Iterable[str], size: int) -> WordPiece:
    """The `size` pieces of a vocabulary that are worth most for `words`.

    Single characters stay, so that a word whose piece is not kept is cut into smaller ones.
    """
    counts: Counter[int] = Counter()
    for word, times in Counter(words).items():
        for piece in full.encode(word):
            counts[piece] += times
    kept = {full.id(piece) for piece in (PADDING, UNKNOWN, CLS, SEP)}
    for number, name in enumerate(full.vocabulary):
        bare = name.removeprefix("##")
        if len(bare) == 1 and ord(bare) < _LAST_CHARACTER:
            kept.add(number)
    often = [number for number, times in counts.most_common() if times >= _OFTEN]
    for number in (*often, *range(1996, len(full.vocabulary))):
        if len(kept) >= size:
            break
        kept.add(number)
    return WordPiece([full.vocabulary[number] for number in sorted(kept)])


def initialised(base: Path, layers: int, full: WordPiece, own: WordPiece) -> SyntaxEncoder:
    """An encoder with the first layers of the MiniLM in `base`; its new parts are random.

    Args:
        base: the folder of the MiniLM.
        layers: the number of layers.
        full: the vocabulary of the MiniLM.
        own: the vocabulary of the encoder, a part of `full`.
    """
    begin = whole(base, layers, full)
    encoder = SyntaxEncoder(layers, len(own.vocabulary))
    encoder.words.take(begin.words.weight.data[[full.id(piece) for piece in own.vocabulary]])
    encoder.positions.weight.data.copy_(begin.positions.weight.data[:LONGEST])
    encoder.shapes.weight.data.copy_(begin.shapes.weight.data)
    encoder.norm.load_state_dict(begin.norm.state_dict())
    for ours, theirs in zip(encoder.layers, begin.layers, strict=True):
        assert isinstance(ours, Layer)
        ours.load_state_dict(theirs.state_dict())
    return encoder
