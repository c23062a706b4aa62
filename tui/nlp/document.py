"""One article's text with its annotation layers, as the stages of the pipeline hand it on.

Every offset is a code-point index into the text, counted from 0; spans are half open. A layer is
sorted by start and its spans do not overlap, but an event mention can lie within another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from tui.ids import EntityId, RowId

Span: TypeAlias = tuple[int, int]

EntityKind = Literal["PER", "ORG", "LOC", "NORP"]
ENTITY_KINDS: tuple[EntityKind, ...] = get_args(EntityKind)
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
EventStatus = Literal["happened", "planned", "claimed"]
Modality = Literal["asserted", "planned", "claimed", "denied", "hypothetical"]
# From this value of `EventMention.telling` on a mention is marked.
MARKED = 0.3
DateBasis = Literal["clause", "sentence", "carried", "article", "none"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names an entity; `entity` is "" until the mention is resolved."""

    start: int
    end: int
    text: str
    kind: EntityKind
    entity: EntityId = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity within one article: canonical name, kind, and the spellings used there."""

    id: EntityId
    name: str
    kind: EntityKind
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A span that says when, as TimeML's TIMEX3 (ISO 24617-1).

    `value` is the TIMEX3 value (ISO 8601 with its X, W and P forms); `edtf` is the same as EDTF,
    None for a set, a reference and most durations; `anchor` is the EDTF reference date that a
    relative value was computed from, else ""; `mod` is the TIMEX3 modifier (START, APPROX,
    MORE_THAN), "" if there is none.
    """

    start: int
    end: int
    text: str
    type: TimexType
    value: str
    edtf: str | None = None
    anchor: str = ""
    mod: str = ""


@dataclass(frozen=True, slots=True)
class EventMention:
    """A sentence or heading that tells of an event.

    Attributes:
        start: where it begins, without the dateline or caption before it.
        end: where it ends.
        text: the text of the span.
        triggers: the spans of the words that denote events (TimeML), the predicate of the sentence
            first, the others in order of the text.
        status: the modality as the export has it.
        modality: whether the event is asserted, planned, claimed, denied or hypothetical.
        when: its date as EDTF, None if it is unknown.
        when_origin: what the date is based on.
        line: the sentence as a line that can stand alone, "" if it cannot.
        telling: from 0 to 1, how much it tells a happening rather than a state or an opinion.
        merit: how well the line reads; of two lines on one event, the one with more is shown.
        position: the number of the sentence in its article, from 0.
        terms: the hashes of the stems of its content words.
        participants: entity ids in order of first mention.
        part: whether it is what a sentence mentions beside the event that it tells.
        event: the row id of the event that it is linked to, None before linking.
    """

    start: int
    end: int
    text: str
    triggers: tuple[Span, ...]
    status: EventStatus
    modality: Modality
    when: str | None
    when_origin: DateBasis
    line: str
    telling: float
    merit: float = 0.0
    position: int = 0
    terms: tuple[int, ...] = ()
    participants: tuple[EntityId, ...] = ()
    part: bool = False
    event: RowId | None = None

    @property
    def is_telling(self) -> bool:
        """Whether it tells of a happening clearly enough to be marked on the page."""
        return self.telling >= MARKED


@dataclass(frozen=True, slots=True)
class Document:
    """A text and what the pipeline has read out of it so far.

    `headings` are the offsets at which the paragraphs that are headings begin; `reference_date` is
    the EDTF date that relative time expressions are computed from (the article's), None if it is
    unknown; `title` is the title that the article states, "" if it states none; `english` is None
    until the language is identified.
    """

    text: str
    headings: frozenset[int] = frozenset()
    reference_date: str | None = None
    title: str = ""
    english: bool | None = None
    sentences: tuple[Span, ...] = ()
    tokens: tuple[Span, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    events: tuple[EventMention, ...] = ()
