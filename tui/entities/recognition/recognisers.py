"""What a recogniser of names is, and which one is used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import metadata, resources
from importlib.util import find_spec
from typing import TypeAlias

from tui.nlp.document import Document, Mention

Recognise: TypeAlias = Callable[[Document], list[Mention]]
"""Returns the names in a document whose sentences, tokens and language are known.

The mentions do not overlap and are sorted by start. It never raises for what the text holds.
"""

DEFAULT = "encoder"
_ENCODER_NEEDS = ("numpy", "onnxruntime")
# To be incremented whenever the same model, or the rules, would find other names.
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Recogniser:
    """A recogniser that works; `missing` tells the reader why it is not the one asked for."""

    name: str
    recognise: Recognise
    missing: str = ""

    def annotate(self, document: Document) -> Document:
        """The document with its mentions; a stage of the pipeline."""
        return replace(document, mentions=tuple(self.recognise(document)))


def version(name: str = DEFAULT) -> str:
    """A string that differs whenever the recogniser would find other names in the same text.

    It loads nothing: a start with nothing to analyse asks no more than this.
    """
    if name == "encoder" and not missing_packages():
        file = resources.files("tui.nlp.encoder").joinpath("model", "names.sha256")
        return f"encoder {_VERSION} {file.read_text(encoding='ascii')[:12]}"
    if name.startswith("spacy:"):
        package = name.removeprefix("spacy:")
        try:
            return f"{name} {metadata.version(package)}"
        except metadata.PackageNotFoundError:
            return name
    return f"rules {_VERSION}"


def missing_packages() -> list[str]:
    """The packages that the encoder needs and that are not installed."""
    return [package for package in _ENCODER_NEEDS if find_spec(package) is None]


@lru_cache(maxsize=4)
def load(name: str = DEFAULT) -> Recogniser:
    """Load a recogniser: `encoder`, `rules` or `spacy:PIPELINE`.

    If it cannot be loaded, the rules are returned, with the reason in `missing`.
    """
    from tui.entities.recognition import rule_recogniser

    if name == "rules":
        return Recogniser("rules", rule_recogniser.recognise)
    try:
        if name.startswith("spacy:"):
            from tui.entities.recognition import spacy_recogniser

            return Recogniser(name, spacy_recogniser.load(name.removeprefix("spacy:")))
        if missing_packages():
            raise ImportError(f"not installed: {', '.join(missing_packages())}")
        from tui.entities.recognition.encoder_recogniser import EncoderRecogniser
        from tui.nlp.encoder.inference import load_encoder

        return Recogniser("encoder", EncoderRecogniser(load_encoder()).recognise)
    except Exception as error:
        # A broken installation can raise anything; names by rules are better than none.
        why = f"names are found by rules alone, as {name} cannot be used: {error}"
        return Recogniser("rules", rule_recogniser.recognise, why)
