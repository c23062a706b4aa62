"""Counts in how many sentences of general English each stem occurs.

`python -m tui.training.stem_frequencies CORPORA` writes the list that `tui.events.terms` reads.
CORPORA is a folder that contains `.conllu` files of Universal Dependencies and the `.csv` files of
the Causal News Corpus, at any depth. Only counts enter the list.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tui.events.terms import words

_TARGET = Path(__file__).parents[1] / "nlp" / "data" / "stem_frequencies.tsv"
_LEAST = 3
_TEXT = "# text = "


def sentences(corpora: Path) -> Iterator[str]:
    """The sentences of all files in a folder, each once."""
    seen: set[str] = set()
    for path in sorted(corpora.rglob("*")):
        for sentence in _of_file(path):
            if sentence not in seen:
                seen.add(sentence)
                yield sentence


def _of_file(path: Path) -> Iterator[str]:
    if path.suffix == ".conllu":
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith(_TEXT):
                yield line.removeprefix(_TEXT)
    elif path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row.get("text"):
                    yield row["text"]


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("corpora", type=Path)
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    number = 0
    for sentence in sentences(options.corpora):
        counts.update(set(words(sentence)))
        number += 1
    kept = sorted((word for word, count in counts.items() if count >= _LEAST))
    lines = [f"# Stems per million sentences, from {number} sentences; see SOURCES.md."]
    lines += [f"{word}\t{counts[word] * 1_000_000 / number:.0f}" for word in kept]
    _TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{_TARGET.name}: {len(kept)} stems of {number} sentences")


if __name__ == "__main__":
    main()
