"""Names by a pipeline of spaCy that the reader has installed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tui.language.recognition.recogniser import Recognise
from tui.language.recognition.trimming import trimmed
from tui.language.sentences import Span
from tui.model import EntityKind, Mention

# OntoNotes 5 and the scheme of WikiNER, which spaCy's pipelines use, to ours.
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


def load(name: str) -> Recognise:
    """The recogniser that a pipeline is: a package's name or a folder.

    Raises:
        ImportError: if spaCy is not installed.
        OSError: if there is no such pipeline.
    """
    import spacy

    pipeline: Any = spacy.load(name)

    def recognise(text: str, spans: Sequence[Span], headings: frozenset[int]) -> list[Mention]:
        mentions: list[Mention] = []
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
