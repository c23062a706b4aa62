"""Names by the trained encoder, reconciled within the article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from tui.entities.recognition import rule_recogniser
from tui.entities.recognition.candidates import Candidate
from tui.entities.recognition.reconcile import reconcile
from tui.entities.recognition.trimming import trimmed
from tui.nlp.document import ENTITY_KINDS, Document, Mention, Span
from tui.nlp.encoder.inference import Encoder
from tui.nlp.encoder.labels import KINDS, spans, viterbi


class EncoderRecogniser:
    """Recognises names with an encoder; a text in a language other than English is left to the
    rules, because the encoder has learnt English alone."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def recognise(self, document: Document) -> list[Mention]:
        """The names in a text (see `recognisers.Recognise`)."""
        if document.english is False:
            return rule_recogniser.recognise(document)
        found = [
            candidate
            for words, rows in self._encoder.classify(document)
            for candidate in _candidates(document.text, words, rows)
        ]
        return reconcile(document.text, found)


def _candidates(text: str, words: tuple[Span, ...], rows: Any) -> Iterator[Candidate]:
    """The names in the most probable valid label sequence, with the mean probability of each
    kind."""
    labels = rows.argmax(-1).tolist()
    if any(
        label and label % 2 == 0 and (not at or labels[at - 1] not in (label, label - 1))
        for at, label in enumerate(labels)
    ):
        labels = viterbi(rows.tolist())
    probabilities = np.exp(rows)
    by_kind = probabilities[:, 1::2] + probabilities[:, 2::2]
    for first, last, kind in spans(labels):
        start, end = words[first][0], words[last - 1][1]
        weight = dict(zip(KINDS, by_kind[first:last].mean(0).tolist(), strict=True))
        entity_kind = next((known for known in ENTITY_KINDS if known == kind), None)
        if entity_kind is None:
            yield Candidate(start, end, kind, weight)
            continue
        start, end = trimmed(text, start, end, entity_kind)
        if start < end:
            yield Candidate(start, end, entity_kind, weight)
