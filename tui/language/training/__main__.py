"""Makes the model again: `python -m tui.language.training CORPORA`.

An MPNet learns the corpora; then a small encoder learns them and the MPNet's answers, on their text
and on more that nobody marked.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="training", description=__doc__.split("\n")[0])
    parser.add_argument("corpora", type=Path, help="a folder with a folder for each corpus")
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--epochs", type=float, default=12)
    parser.add_argument("--teacher-layers", type=int, default=9)
    parser.add_argument("--teacher-epochs", type=float, default=2.5)
    parser.add_argument("--teacher", type=Path, help="its weights: read where the file is there")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument(
        "--bfloat16", action="store_true", help="faster where the processor multiplies in it"
    )
    parser.add_argument("--into", type=Path, default=Path(__file__).parents[1] / "model")
    options = parser.parse_args()

    import torch
    from tokenizers import Tokenizer

    from tui.language.training.bases import minilm, mpnet, pretrained
    from tui.language.training.corpora import read
    from tui.language.training.export import export
    from tui.language.training.network import MPNET, Encoder
    from tui.language.training.train import Recipe, train

    sentences = read(options.corpora, "train")
    if not any(sentence.labelled for sentence in sentences):
        raise SystemExit(f"no corpus in {options.corpora}")
    base = minilm()
    vocabulary = Tokenizer.from_file(str(base / "tokenizer.json"))
    vocabulary.no_padding()
    vocabulary.no_truncation()
    torch.manual_seed(options.seed)
    if options.teacher and options.teacher.exists():
        teacher = Encoder(options.teacher_layers, whole=True, configuration=MPNET)
        teacher.load_state_dict(torch.load(options.teacher, weights_only=True))
    else:
        with tempfile.TemporaryDirectory() as scratch:
            teacher = pretrained(mpnet(Path(scratch)), options.teacher_layers, vocabulary)
        recipe = Recipe(options.teacher_epochs, 6e-5, 1e-3, options.seed, options.bfloat16)
        train(teacher, sentences, vocabulary, recipe)
        if options.teacher:
            options.teacher.parent.mkdir(parents=True, exist_ok=True)
            torch.save(teacher.state_dict(), options.teacher)
    # Whether the teacher was read or trained, the pupil begins the same.
    torch.manual_seed(options.seed)
    encoder = Encoder(options.layers)
    begin = pretrained(base, options.layers, vocabulary)
    unknown = encoder.load_state_dict(begin.state_dict(), strict=False).unexpected_keys
    assert not unknown, unknown
    recipe = Recipe(options.epochs, 2.5e-4, 4e-4, options.seed, options.bfloat16)
    train(encoder, sentences, vocabulary, recipe, teacher)
    size = export(encoder, base / "tokenizer.json", options.into)
    print(f"{options.into}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
