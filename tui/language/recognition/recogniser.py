"""What a recogniser is, and which of them does the work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata, resources
from importlib.util import find_spec

from tui.language.sentences import Span
from tui.model import Mention

# The names in a text, not overlapping, by start. Given are the text, its sentences, and the offsets
# at which headings begin. Never raises for what the text holds.
Recognise = Callable[[str, Sequence[Span], frozenset[int]], list[Mention]]

DEFAULT = "encoder"
_ENCODER_NEEDS = ("numpy", "onnxruntime", "tokenizers")
# Raised whenever the same model's answers, or the rules, would come to other names.
_READING = 1


@dataclass(frozen=True, slots=True)
class Recogniser:
    """One that works; `missing` says, for the reader, why it is not the one that was asked for."""

    name: str
    recognise: Recognise
    missing: str = ""


def version(name: str = DEFAULT) -> str:
    """Changes whenever the recogniser of a name would mark the same text otherwise.

    Nothing is loaded for it: a start with nothing new to read asks no more than this.
    """
    if name == "encoder" and not lacking():
        file = resources.files("tui.language").joinpath("model", "names.sha256")
        return f"encoder {_READING} {file.read_text(encoding='ascii')[:12]}"
    if name.startswith("spacy:"):
        package = name.removeprefix("spacy:")
        try:
            return f"{name} {metadata.version(package)}"
        except metadata.PackageNotFoundError:
            return name
    return f"rules {_READING}"


def lacking() -> list[str]:
    """The packages that the encoder needs and that are not installed."""
    return [package for package in _ENCODER_NEEDS if find_spec(package) is None]


@lru_cache(maxsize=4)
def choose(name: str = DEFAULT) -> Recogniser:
    """The recogniser of a name: `encoder`, `rules` or `spacy:PIPELINE`.

    Where what it needs is not installed, it is the rules, with the reason.
    """
    from tui.language.recognition import rules

    if name == "rules":
        return Recogniser("rules", rules.recognise)
    try:
        if name.startswith("spacy:"):
            from tui.language.recognition import pipeline

            return Recogniser(name, pipeline.load(name.removeprefix("spacy:")))
        if lacking():
            raise ImportError(f"not installed: {', '.join(lacking())}")
        from tui.language.recognition import encoder

        return Recogniser("encoder", encoder.load().recognise)
    except Exception as error:
        # A broken installation can raise anything; names by rules are better than none.
        why = f"names are found by rules alone, as {name} cannot be used: {error}"
        return Recogniser("rules", rules.recognise, why)
