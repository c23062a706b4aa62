"""Makes the model again: `python -m tui.language.training CORPORA`.

MPNets learn the corpora; then a small encoder learns them and the mean of the MPNets' answers, on
their text and on more that nobody marked. What can be measured of it is written beside it.
"""

from __future__ import annotations

import argparse
from pathlib import Path


def main() -> None:
    """The command."""
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
        help="a folder where teachers of these settings are read, or left; corpora are not compared",
    )
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument(
        "--bfloat16", action="store_true", help="faster where the processor multiplies in it"
    )
    parser.add_argument("--into", type=Path, default=Path(__file__).parents[1] / "model")
    options = parser.parse_args()

    import torch
    from tokenizers import Tokenizer

    from tui.language.training.bases import minilm, pretrained
    from tui.language.training.card import CARD, write
    from tui.language.training.corpora import read
    from tui.language.training.export import export
    from tui.language.training.network import Encoder
    from tui.language.training.teachers import teacher
    from tui.language.training.train import Recipe, train

    sentences = read(options.corpora, "train")
    if not any(sentence.labelled for sentence in sentences):
        raise SystemExit(f"no corpus in {options.corpora}")
    base = minilm()
    vocabulary = Tokenizer.from_file(str(base / "tokenizer.json"))
    vocabulary.no_padding()
    vocabulary.no_truncation()
    teachers = []
    for seed in range(options.seed, options.seed + options.teachers):
        recipe = Recipe(options.teacher_epochs, 6e-5, 1e-3, seed, options.bfloat16)
        teachers.append(
            teacher(options.teacher_layers, sentences, vocabulary, recipe, options.keep)
        )
    # Whether teachers were read or trained, the pupil begins the same.
    torch.manual_seed(options.seed)
    encoder = Encoder(options.layers)
    begin = pretrained(base, options.layers, vocabulary)
    unknown = encoder.load_state_dict(begin.state_dict(), strict=False).unexpected_keys
    assert not unknown, unknown
    recipes = (
        Recipe(options.epochs, 2.5e-4, 4e-4, options.seed, options.bfloat16),
        Recipe(options.rounded_epochs, 4e-5, 4e-5, options.seed, options.bfloat16, rounded=True),
    )
    train(encoder, sentences, vocabulary, recipes, teachers)
    size = export(encoder, base / "tokenizer.json", options.into)
    write(
        options.into,
        options.corpora,
        f"{options.layers} layers, {options.epochs:g} passes and {options.rounded_epochs:g} rounded,"
        f" seed {options.seed}; {options.teachers} teachers of {options.teacher_layers} layers and"
        f" {options.teacher_epochs:g} passes.",
    )
    print(f"{options.into}: {size / 1e6:.1f} MB; its card is {CARD}")


if __name__ == "__main__":
    main()
