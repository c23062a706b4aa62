"""Trains the syntax encoder of the package again: `python -m tui.training.syntax CORPORA`.

The measured part of the model card is written beside the model.
"""

from __future__ import annotations

import argparse
from pathlib import Path

_MODEL = Path(__file__).parents[2] / "nlp" / "syntax" / "model"


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="syntax", description=__doc__.split("\n")[0])
    parser.add_argument("corpora", type=Path, help="a folder with a folder for each corpus")
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--pieces", type=int, default=12_500, help="the size of the vocabulary")
    parser.add_argument("--epochs", type=float, default=9)
    parser.add_argument(
        "--rounded-epochs", type=float, default=0, help="more, with products rounded as shipped"
    )
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--bfloat16", action="store_true", help="faster where the processor multiplies in it"
    )
    parser.add_argument("--into", type=Path, default=_MODEL)
    options = parser.parse_args()

    import torch

    from tui.nlp.encoder.wordpiece import WordPiece
    from tui.training.pretrained import minilm
    from tui.training.syntax.initialisation import cut, initialised
    from tui.training.syntax.joint_training import Recipe, train
    from tui.training.syntax.syntax_card import CARD, write
    from tui.training.syntax.syntax_corpora import treebanks, triggers
    from tui.training.syntax.syntax_export import export

    torch.set_num_threads(options.threads)
    sentences = treebanks(options.corpora, "train") + triggers(options.corpora, "train")
    base = minilm()
    full = WordPiece.from_tokenizer((base / "tokenizer.json").read_text(encoding="utf-8"))
    own = cut(full, (word for s in sentences for word in s.words), options.pieces)
    torch.manual_seed(options.seed)
    encoder = initialised(base, options.layers, full, own)
    recipes = (
        Recipe(options.epochs, 2.5e-4, 1e-3, options.seed, options.bfloat16),
        Recipe(options.rounded_epochs, 4e-5, 1.6e-4, options.seed, options.bfloat16, rounded=True),
    )
    for recipe in recipes:
        if recipe.epochs:
            train(encoder, sentences, own, recipe)
    size = export(encoder, own, options.into)
    training = (
        f"{options.layers} layers, {options.epochs:g} passes and {options.rounded_epochs:g}"
        f" rounded, seed {options.seed}."
    )
    write(options.into, options.corpora, training, sentences)
    print(f"{options.into}: {size / 1e6:.2f} MB; its card is {CARD}")


if __name__ == "__main__":
    main()
