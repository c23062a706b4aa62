"""One article's text with its annotation layers, as the stages of the pipeline hand it on.

Every offset is a code-point index into the text, counted from 0; spans are half open. A layer is
sorted by start and its spans do not overlap.
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
    """A clause that tells of an event.

    `trigger` is the span of the word that denotes the event and `lemma` that word's dictionary
    form; `when` is EDTF or None, and `when_origin` says where it was read (clause, sentence,
    carried, article, none); `participants` are entity ids in order of first mention; `event` is
    the row id of the event that the mention is linked to, None before linking.
    """

    start: int
    end: int
    text: str
    trigger: Span
    lemma: str
    status: EventStatus
    when: str | None
    when_origin: str
    headline: str
    participants: tuple[EntityId, ...] = ()
    event: RowId | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A text and what the pipeline has read out of it so far.

    `headings` are the offsets at which the paragraphs that are headings begin; `reference_date` is
    the EDTF date that relative time expressions are computed from (the article's), None if it is
    unknown; `english` is None until the language is identified.
    """

    text: str
    headings: frozenset[int] = frozenset()
    reference_date: str | None = None
    english: bool | None = None
    sentences: tuple[Span, ...] = ()
    tokens: tuple[Span, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    events: tuple[EventMention, ...] = ()
