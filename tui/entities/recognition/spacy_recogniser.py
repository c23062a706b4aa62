"""Recognises names by a spaCy pipeline that the reader has installed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tui.entities.recognition.trimming import trimmed
from tui.nlp.document import Document, EntityKind, Mention

# The entity kinds for the labels of OntoNotes 5 and WikiNER, which spaCy's pipelines use.
_KINDS: dict[str, EntityKind] = {
    "PERSON": "PER",
    "PER": "PER",
    "ORG": "ORG",
    "GPE": "LOC",
    "LOC": "LOC",
    "FAC": "LOC",
    "NORP": "NORP",
}
_MOST = 1_000_000


def load(name: str) -> Callable[[Document], list[Mention]]:
    """A recogniser that uses a spaCy pipeline (see `recognisers.Recognise`).

    Args:
        name: the name of the pipeline's package, or the path of its folder.

    Raises:
        ImportError: if spaCy is not installed.
        OSError: if there is no such pipeline.
    """
    import spacy

    pipeline: Any = spacy.load(name)

    def recognise(document: Document) -> list[Mention]:
        text, mentions = document.text, list[Mention]()
        for at in range(0, len(text), _MOST):
            piece = text[at : at + _MOST]
            for entity in pipeline(piece).ents:
                kind = _KINDS.get(entity.label_)
                if kind is None:
                    continue
                start, end = trimmed(text, at + entity.start_char, at + entity.end_char, kind)
                if start < end:
                    mentions.append(Mention(start, end, text[start:end], kind))
        return sorted(mentions, key=lambda mention: mention.start)

    return recognise
