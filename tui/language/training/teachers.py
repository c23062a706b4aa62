"""The large encoders that teach the small one, each trained from an MPNet or read from a file."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer

from tui.language.training.bases import mpnet, pretrained
from tui.language.training.corpora import Sentence
from tui.language.training.network import MPNET, Encoder
from tui.language.training.train import Recipe, train


def teacher(
    layers: int,
    sentences: Sequence[Sentence],
    vocabulary: Tokenizer,
    recipe: Recipe,
    keep: Path | None = None,
) -> Encoder:
    """A teacher that read every word of the sentences in so many layers. In the folder `keep` its
    weights are looked for first, and left afterwards, by seed, layers and epochs: what sentences it
    read is not compared."""
    name = f"teacher-{recipe.seed}-{layers}-{recipe.epochs:g}.pt"
    kept = keep / name if keep is not None else None
    if kept is not None and kept.exists():
        found = Encoder(layers, whole=True, configuration=MPNET)
        found.load_state_dict(torch.load(kept, weights_only=True))
        return found
    torch.manual_seed(recipe.seed)
    with tempfile.TemporaryDirectory() as scratch:
        begun = pretrained(mpnet(Path(scratch)), layers, vocabulary)
    train(begun, sentences, vocabulary, [recipe])
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        torch.save(begun.state_dict(), kept.with_suffix(".part"))
        kept.with_suffix(".part").replace(kept)
    return begun
