"""Trains the encoder of the package again: `python -m tui.training CORPORA`.

First, MPNets (the teachers) are trained on the corpora. Then a small encoder (the student) is
trained on the corpora and on the mean of the teachers' predictions, for the text of the corpora and
for unlabelled text. The measured part of the model card is written beside the model.
"""

from __future__ import annotations

import argparse
from pathlib import Path

_MODEL = Path(__file__).parents[1] / "nlp" / "encoder" / "model"


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="training", description=__doc__.split("\n")[0])
    parser.add_argument("corpora", type=Path, help="a folder with a folder for each corpus")
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--epochs", type=float, default=12)
    parser.add_argument(
        "--rounded-epochs", type=float, default=0.75, help="more, with products rounded as shipped"
    )
    parser.add_argument("--teachers", type=int, default=2, help="how many, each of its own seed")
    parser.add_argument("--teacher-layers", type=int, default=9)
    parser.add_argument("--teacher-epochs", type=float, default=2.5)
    parser.add_argument(
        "--keep",
        type=Path,
        help="a folder to read teachers of these settings from, or to leave them in",
    )
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument(
        "--bfloat16", action="store_true", help="faster where the processor multiplies in it"
    )
    parser.add_argument("--into", type=Path, default=_MODEL)
    options = parser.parse_args()

    import torch

    from tui.nlp.encoder.wordpiece import WordPiece
    from tui.training.card import CARD, write
    from tui.training.corpora import read
    from tui.training.network import Encoder
    from tui.training.onnx_export import export
    from tui.training.pretrained import minilm, pretrained
    from tui.training.teachers import teacher
    from tui.training.train import Recipe, train

    sentences = read(options.corpora, "train")
    if not any(sentence.labelled for sentence in sentences):
        raise SystemExit(f"no corpus in {options.corpora}")
    base = minilm()
    wordpiece = WordPiece.from_tokenizer((base / "tokenizer.json").read_text(encoding="utf-8"))
    teachers = []
    for seed in range(options.seed, options.seed + options.teachers):
        recipe = Recipe(options.teacher_epochs, 6e-5, 1e-3, seed, options.bfloat16)
        teachers.append(teacher(options.teacher_layers, sentences, wordpiece, recipe, options.keep))
    # Seeded again so that the student is initialised alike if the teachers were read from files.
    torch.manual_seed(options.seed)
    encoder = Encoder(options.layers)
    begin = pretrained(base, options.layers, wordpiece)
    unknown = encoder.load_state_dict(begin.state_dict(), strict=False).unexpected_keys
    assert not unknown, unknown
    recipes = (
        Recipe(options.epochs, 2.5e-4, 4e-4, options.seed, options.bfloat16),
        Recipe(options.rounded_epochs, 4e-5, 4e-5, options.seed, options.bfloat16, rounded=True),
    )
    train(encoder, sentences, wordpiece, recipes, teachers)
    size = export(encoder, wordpiece, options.into)
    write(
        options.into,
        options.corpora,
        f"{options.layers} layers, {options.epochs:g} passes and {options.rounded_epochs:g}"
        f" rounded, seed {options.seed}; {options.teachers} teachers of"
        f" {options.teacher_layers} layers and {options.teacher_epochs:g} passes.",
    )
    print(f"{options.into}: {size / 1e6:.1f} MB; its card is {CARD}")


if __name__ == "__main__":
    main()
