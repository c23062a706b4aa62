"""Teachers: large encoders whose predictions the shipped encoder is trained on."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import torch

from tui.nlp.encoder.wordpiece import WordPiece
from tui.training.corpora import Sentence
from tui.training.network import MPNET, Encoder
from tui.training.pretrained import mpnet, pretrained
from tui.training.train import Recipe, train


def teacher(
    layers: int,
    sentences: Sequence[Sentence],
    wordpiece: WordPiece,
    recipe: Recipe,
    keep: Path | None = None,
) -> Encoder:
    """A teacher: a `whole` encoder that is trained from an MPNet, or read from a file.

    Args:
        layers: the number of layers.
        sentences: the sentences that it is trained on.
        wordpiece: its vocabulary.
        recipe: how it is trained.
        keep: the folder in which its weights are stored, None if they are not. If there are weights
            for the same seed, layers and epochs, they are read; the sentences are not compared.
    """
    name = f"teacher-{recipe.seed}-{layers}-{recipe.epochs:g}.pt"
    kept = keep / name if keep is not None else None
    if kept is not None and kept.exists():
        found = Encoder(layers, whole=True, configuration=MPNET)
        found.load_state_dict(torch.load(kept, weights_only=True))
        return found
    torch.manual_seed(recipe.seed)
    with tempfile.TemporaryDirectory() as scratch:
        begun = pretrained(mpnet(Path(scratch)), layers, wordpiece)
    train(begun, sentences, wordpiece, [recipe])
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        torch.save(begun.state_dict(), kept.with_suffix(".part"))
        kept.with_suffix(".part").replace(kept)
    return begun
