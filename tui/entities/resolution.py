"""Resolves the mentions of one article to entities, by full name, last name and acronym."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from tui.entities.slug import SINGLE_NAME_SUFFIX, slug
from tui.ids import EntityId
from tui.nlp.document import Document, Entity, EntityKind, Mention
from tui.nlp.gazetteer import gazetteer, key
from tui.nlp.lexicon import CAPITAL_PARTICLES
from tui.nlp.tokens import TOKEN

_SMALL = frozenset("of the and for de la in on".split())
_OF = frozenset(("of", "for"))


def resolve_mentions(document: Document) -> Document:
    """The document with its entities, and each mention with the id of its entity."""
    mentions, entities = resolve(document.mentions)
    return replace(document, mentions=mentions, entities=entities)


def resolve(mentions: Sequence[Mention]) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """The mentions with the ids of their entities, and the entities in order of first mention."""
    people = _people([m.text for m in mentions if m.kind == "PER"])
    long_forms = _heads(mentions) | _acronyms(mentions)
    names: list[tuple[str, EntityKind]] = []
    for mention in mentions:
        if mention.kind == "PER":
            names.append((people[mention.text], "PER"))
        else:
            entry = gazetteer().phrases.get(key(mention.text))
            # The lists take precedence over the long forms in the article: US does not stand for
            # a University of Sydney.
            surface = mention.text
            if entry is None or entry.kind == "NONE":
                surface = long_forms.get((mention.text, mention.kind), surface)
                entry = gazetteer().phrases.get(key(surface))
            if entry is not None and entry.kind == mention.kind:
                names.append((entry.name, mention.kind))
            else:
                names.append((surface, mention.kind))
    ids = _ids(names)
    found: dict[EntityId, list[tuple[str, EntityKind]]] = {}
    spellings: dict[EntityId, Counter[str]] = {}
    for name, mention in zip(names, mentions, strict=True):
        found.setdefault(ids[name], []).append(name)
        spellings.setdefault(ids[name], Counter())[mention.text] += 1
    resolved = tuple(
        replace(mention, entity=ids[name]) for name, mention in zip(names, mentions, strict=True)
    )
    entities = tuple(
        Entity(
            entity,
            _well_formed([name for name, _ in own]),
            own[0][1],
            tuple(text for text, _ in spellings[entity].most_common()),
        )
        for entity, own in found.items()
    )
    return resolved, entities


def _well_formed(names: Sequence[str]) -> str:
    """The most frequent of the names of one entity, which differ in case, accents or punctuation.

    One that is all in capitals is taken only if there is no other.
    """
    counts = Counter(names)
    return max(counts, key=lambda name: (not name.isupper(), counts[name]))


def _ids(names: Iterable[tuple[str, EntityKind]]) -> dict[tuple[str, EntityKind], EntityId]:
    """An id for each name, the same for names of one kind that have the same slug.

    The kind is appended if a name of another kind came first. It is always appended to the single
    name of a person, so that the id of the country Jordan does not depend on the order of mentions.
    """
    taken: dict[EntityId, tuple[str, EntityKind]] = {}
    ids: dict[tuple[str, EntityKind], EntityId] = {}
    for name, kind in dict.fromkeys(names):
        plain = slug(name)
        entity_id = plain
        if kind == "PER" and len(_words(name)) == 1:
            entity_id += SINGLE_NAME_SUFFIX
        while taken.setdefault(entity_id, (plain, kind)) != (plain, kind):
            entity_id += f"-{kind.lower()}"
        ids[name, kind] = entity_id
    return ids


def _people(surfaces: Sequence[str]) -> dict[str, str]:
    """A mapping from each name of a person to the fullest name of that person in the article.

    A single name refers to the latest full name before its first mention that ends with it, else to
    the latest that begins with it, else to the next full name that ends with it, else to itself.
    """
    full: list[str] = []
    for surface in dict.fromkeys(surfaces):
        if len(_words(surface)) > 1:
            full.append(surface)
    by_last: defaultdict[str, list[str]] = defaultdict(list)
    for name in full:
        by_last[_words(name)[-1]].append(name)
    canonical = {name: _fullest(name, by_last[_words(name)[-1]]) for name in full}
    result = dict(canonical)
    seen: list[str] = []
    for surface in surfaces:
        words = _words(surface)
        if len(words) > 1:
            seen.append(surface)
        elif surface not in result and words:
            before = [n for n in reversed(seen) if _words(n)[-1] == words[0]]
            first = [n for n in reversed(seen) if _words(n)[0] == words[0]]
            after = [n for n in full if _words(n)[-1] == words[0]]
            found = (before or first or after or [surface])[0]
            result[surface] = canonical.get(found, found)
    return {surface: result.get(surface, surface) for surface in surfaces}


@lru_cache(maxsize=65536)
def _words(name: str) -> tuple[str, ...]:
    return tuple(token.casefold() for token in TOKEN.findall(name))


def _fullest(name: str, others: Sequence[str]) -> str:
    """The longest name with the same first name, or its initial, of those with the same last name.

    The middle names must be compatible.
    """
    words = _words(name)
    best = name
    for other in others:
        candidate = _words(other)
        same = _fits(words[0], candidate[0])
        if len(words) > 2:
            same = same and len(candidate) == len(words)
            same = same and all(map(_fits, words[1:-1], candidate[1:-1]))
        elif words[0] in CAPITAL_PARTICLES:
            same = candidate[-2:] == words
        if same and len(candidate) > len(_words(best)):
            best = other
    return best


def _fits(short: str, name: str) -> bool:
    """Whether `short` is equal to `name`, or its initial."""
    return short == name or (len(short.rstrip(".")) == 1 and name[0] == short[0])


def _heads(mentions: Sequence[Mention]) -> dict[tuple[str, EntityKind], str]:
    """A mapping from head words that stand alone to the full names of organisations in the article.

    For example, "Council" is mapped if the article names only one council. A head word of several
    organisations is left out.
    """
    full: dict[str, set[tuple[str, ...]]] = {}
    alone: set[str] = set()
    for mention in mentions:
        if mention.kind != "ORG":
            continue
        words = tuple(mention.text.split())
        if len(words) > 1:
            before = next((at for at, word in enumerate(words) if word in _OF and at), len(words))
            full.setdefault(words[before - 1], set()).add(words)
        elif not words[0].isupper():
            alone.add(words[0])
    names = {head: _fullest_of(full[head]) for head in alone & full.keys()}
    return {(head, "ORG"): " ".join(own[0]) for head, own in names.items() if len(own) == 1}


def _fullest_of(names: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The names that are not the end of another name."""
    backwards = sorted(name[::-1] for name in names)
    following = [*backwards[1:], ()]
    return [
        name[::-1]
        for name, after in zip(backwards, following, strict=True)
        if after[: len(name)] != name
    ]


def _acronyms(mentions: Sequence[Mention]) -> dict[tuple[str, EntityKind], str]:
    """A mapping from the acronyms in the article, with their kinds, to their long forms."""
    forms: dict[tuple[str, EntityKind], str] = {}
    for mention in mentions:
        if mention.kind == "PER" or " " not in mention.text:
            continue
        words = TOKEN.findall(mention.text)
        whole = "".join(word[0] for word in words).upper()
        large = "".join(word[0] for word in words if word not in _SMALL).upper()
        for initials in (whole, large):
            if len(initials) > 1:
                forms.setdefault((initials, mention.kind), mention.text)
    return {
        (m.text, m.kind): forms[plain, m.kind]
        for m in mentions
        if (plain := m.text.replace(".", "")).isupper() and (plain, m.kind) in forms
    }
