"""Writes the measured part of the model card: data, scores, size and speed."""

from __future__ import annotations

import hashlib
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from tui.entities.recognition.encoder_recogniser import EncoderRecogniser
from tui.entities.recognition.recognisers import Recognise
from tui.nlp.encoder.inference import open_encoder
from tui.training.corpora import read
from tui.training.evaluate import documents, table
from tui.training.gum import UNKNOWN

CARD = "card.md"
# For the folder of each corpus: its name, the part that is trained on, and its licence.
_SOURCES = {
    "gum": ("GUM", "training documents under CC BY or in the public domain", "CC BY"),
    "wikigold": ("WikiGold", "the first seven tenths", "CC BY 4.0"),
    "uner-ewt": ("Universal NER, EWT", "training part", "CC BY-SA 4.0"),
    "uner-pud": ("Universal NER, PUD", "all", "CC BY-SA 3.0"),
    "re-docred": ("Re-DocRED", "training and dev parts, where they are at hand", "MIT"),
    "wnut17": ("WNUT-17", "training part, half in each pass", "CC BY 4.0"),
    "btc": ("Broad Twitter Corpus", "training part, a third in each pass", "CC BY 4.0"),
    "crossner": (
        "CrossNER",
        "politics, literature, science, music: training and dev parts",
        "MIT",
    ),
    "wiki-split": ("WikiSplit", "text alone, which nobody marked", "CC BY-SA 4.0"),
}
_WORDS = 500


def write(folder: Path, corpora: Path, training: str) -> None:
    """Write the card of a model into its folder.

    Args:
        folder: the folder of the model and its vocabulary.
        corpora: the folder of the corpora. The commit of a corpus is read from its file COMMIT or
            else from its Git repository.
        training: how the model was trained.
    """
    model = (folder / "names.onnx").read_bytes()
    encoder = open_encoder(model, (folder / "vocabulary.txt").read_bytes())
    recognise = EncoderRecogniser(encoder).recognise
    parts = (
        "# What was measured of names.onnx",
        "Written by `python -m tui.training`; what the model is stands in README.md.",
        f"## Training\n\n{training}",
        "## Data\n\n" + "\n".join(_data(corpora)),
        "## Scores on the dev parts\n\n"
        "Exact span and kind, after reconciliation within the article.\n\n"
        + "\n".join(_scores(corpora, recognise)),
        f"## Size and speed\n\n{len(model) / 1e6:.1f} MB,"
        f" sha256 {hashlib.sha256(model).hexdigest()}."
        f"\nGUM's dev documents with one thread where this was written:"
        f" {_pace(corpora, recognise):.0f} articles of {_WORDS} words a second.",
    )
    (folder / CARD).write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _data(corpora: Path) -> Iterator[str]:
    yield "| corpus | part | licence | commit | sentences | names |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for folder, (name, part, licence) in _SOURCES.items():
        sentences = read(corpora, "train", [folder])
        if sentences:
            names = sum(kind != UNKNOWN for s in sentences for _, _, kind in s.spans)
            counts = f"{len(sentences):,} | {names:,}"
            yield f"| {name} | {part} | {licence} | {_commit(corpora / folder)} | {counts} |"


def _commit(folder: Path) -> str:
    noted = folder / "COMMIT"
    if noted.exists():
        return noted.read_text(encoding="utf-8").strip()[:12]
    if not (folder / ".git").exists():
        return "unknown"
    found = ["git", "-C", str(folder), "rev-parse", "--short=12", "HEAD"]
    return subprocess.run(found, capture_output=True, text=True, check=True).stdout.strip()


def _scores(corpora: Path, recognise: Recognise) -> Iterator[str]:
    yield "| set | names | P | R | F1 | F1 by kind |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for name, (total, by_kind) in table(corpora, "dev", recognise).items():
        figures = f"{total.precision:.3f} | {total.recall:.3f} | {total.f1:.3f}"
        if total.wanted:
            yield f"| {name} | {total.wanted:,} | {figures} | {by_kind} |"


def _pace(corpora: Path, recognise: Recognise) -> float:
    texts = list(documents(read(corpora, "dev", ["gum"])))
    begin = time.process_time()
    for document in texts:
        recognise(document.prepared())
    spent = time.process_time() - begin
    return sum(len(d.text.split()) for d in texts) / _WORDS / spent if spent else 0.0
