"""Entities in the cache: who is named where, and which of them form one cluster.

`same_as` of an entity is the row of the entity that stands for its cluster, NULL for that one.
`full_name` is the name that it is clustered by, `name` the canonical one, which is shown.
`spellings` has the number of mentions with each spelling. Each function costs by the article or the
block at hand.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from tui.entities.cluster_members import Member
from tui.entities.model import Likeness
from tui.ids import EntityId, RowId
from tui.nlp.document import Entity

# The number of articles of an entity in which co-occurring entities are counted.
_CONTEXT = 100


class ClusteredMember(NamedTuple):
    """A member of a block, the row id of the entity that stands for its cluster (None for itself),
    and its canonical name."""

    member: Member
    head: RowId | None
    name: str


def save(
    connection: sqlite3.Connection,
    article: RowId,
    named: Iterable[tuple[Entity, str, Mapping[str, int]]],
) -> None:
    """Store the entities of an article, each with its block and the counts of its spellings.

    The article has been unlinked before. The caller clusters the blocks again.
    """
    for entity, block, spellings in named:
        connection.execute(
            "INSERT INTO entities (id, name, full_name, kind, block) VALUES (?1, ?2, ?2, ?3, ?4)"
            " ON CONFLICT (id) DO UPDATE SET full_name = excluded.full_name",
            (entity.id, entity.name, entity.kind, block),
        )
        connection.execute(
            "REPLACE INTO appearances SELECT entity, ?, ?, ? FROM entities WHERE id = ?",
            (
                article,
                sum(spellings.values()),
                json.dumps(spellings, separators=(",", ":"), ensure_ascii=False),
                entity.id,
            ),
        )
        connection.executemany(
            "INSERT INTO spellings SELECT ?, entity, ? FROM entities WHERE id = ?"
            " ON CONFLICT DO UPDATE SET mentions = mentions + excluded.mentions",
            [(words, n, entity.id) for words, n in ({entity.name: 0} | dict(spellings)).items()],
        )


def unlink(connection: sqlite3.Connection, article: RowId) -> None:
    """Delete the appearances of entities in an article."""
    rows = connection.execute(
        "SELECT entity, spellings FROM appearances WHERE article = ?", (article,)
    ).fetchall()
    connection.executemany(
        "UPDATE spellings SET mentions = mentions - ? WHERE entity = ? AND spelling = ?",
        [(n, entity, words) for entity, own in rows for words, n in json.loads(own).items()],
    )
    connection.execute("DELETE FROM appearances WHERE article = ?", (article,))


def delete_all(connection: sqlite3.Connection) -> None:
    """Delete all entities, so that a newer version of the analysis finds them again."""
    for table in ("entities", "appearances", "spellings"):
        connection.execute(f"DELETE FROM {table}")


def members_of_block(connection: sqlite3.Connection, block: str) -> list[ClusteredMember]:
    """The entities of a block that articles name, as they are clustered now."""
    rows = connection.execute(
        "SELECT e.entity, full_name, kind, same_as, name, spelling, mentions FROM entities e"
        " LEFT JOIN spellings s ON s.entity = e.entity AND mentions > 0 WHERE block = ? AND EXISTS"
        " (SELECT 1 FROM appearances a WHERE a.entity = e.entity) ORDER BY id",
        (block,),
    )
    found: list[ClusteredMember] = []
    for row, own in groupby(rows, key=lambda row: row[:5]):
        spellings = {spelling: mentions for *_, spelling, mentions in own if spelling is not None}
        row_id, full_name, kind, head, name = row
        found.append(ClusteredMember(Member(row_id, full_name, kind, spellings), head, name))
    return found


def blocks_of(connection: sqlite3.Connection, article: RowId) -> list[str]:
    """The blocks of the entities that an article names."""
    rows = connection.execute(
        "SELECT DISTINCT block FROM appearances JOIN entities USING (entity) WHERE article = ?",
        (article,),
    )
    return [block for (block,) in rows]


def full_names(connection: sqlite3.Connection, entities: Sequence[EntityId]) -> dict[EntityId, str]:
    """The full names of those of some entities that are in the cache."""
    rows = connection.execute(
        "SELECT id, full_name FROM entities WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(entities),),
    )
    return dict(rows.fetchall())


def co_occurrence(connection: sqlite3.Connection, one: RowId, other: RowId) -> int:
    """How many people and organisations are named both in an article with one entity and in an
    article with the other; all locations and nations together count as one.

    0 if more than a quarter of the articles of either name both: then they are two entities.
    """
    ((count,),) = connection.execute(
        "WITH mine AS"
        " (SELECT article FROM appearances WHERE entity = ?1 ORDER BY article LIMIT ?3),"
        " theirs AS"
        " (SELECT article FROM appearances WHERE entity = ?2 ORDER BY article LIMIT ?3)"
        " SELECT coalesce(sum(kind IN ('PER', 'ORG')) + max(kind IN ('LOC', 'NORP')), 0) FROM ("
        " SELECT entity FROM appearances WHERE article IN (SELECT article FROM mine)"
        " INTERSECT SELECT entity FROM appearances WHERE article IN (SELECT article FROM theirs))"
        " JOIN entities USING (entity) WHERE entity NOT IN (?1, ?2)"
        " AND (SELECT count(*) FROM mine JOIN theirs USING (article)) * 4"
        " <= min((SELECT count(*) FROM mine), (SELECT count(*) FROM theirs))",
        (one, other, _CONTEXT),
    )
    return int(count)


def set_cluster(
    connection: sqlite3.Connection, entity: RowId, head: RowId | None, name: str
) -> None:
    """Put an entity into the cluster of another one, None for a cluster of its own, and set its
    canonical name."""
    connection.execute(
        "UPDATE entities SET same_as = ?, name = ? WHERE entity = ?", (head, name, entity)
    )


def members(connection: sqlite3.Connection, entity: EntityId) -> list[EntityId]:
    """The ids of the cluster that an entity stands for, its own first even if it is not in the
    cache."""
    rows = connection.execute(
        "SELECT a.id FROM entities a JOIN entities b ON a.same_as = b.entity WHERE b.id = ?"
        " ORDER BY a.id",
        (entity,),
    )
    return [entity, *(member for (member,) in rows)]


def clusters_in(connection: sqlite3.Connection, article: RowId) -> dict[EntityId, EntityId]:
    """The entities of an article that belong to the cluster of another one, with that one's id."""
    rows = connection.execute(
        "SELECT a.id, b.id FROM appearances JOIN entities a USING (entity)"
        " JOIN entities b ON b.entity = a.same_as WHERE article = ?",
        (article,),
    )
    return dict(rows.fetchall())


def name(connection: sqlite3.Connection, entity: EntityId) -> str:
    """The canonical name of an entity, its id if it is not in the cache."""
    row = connection.execute("SELECT name FROM entities WHERE id = ?", (entity,)).fetchone()
    return str(row[0]) if row else entity


def articles_naming(connection: sqlite3.Connection, entity: EntityId) -> list[RowId]:
    """The articles that name an entity, newest first and undated last."""
    rows = connection.execute(
        "SELECT DISTINCT key, day FROM entities JOIN appearances USING (entity)"
        " JOIN articles ON key = article"
        " WHERE entity IN (SELECT entity FROM entities WHERE id = ?1 UNION"
        "  SELECT a.entity FROM entities a JOIN entities b ON a.same_as = b.entity WHERE b.id = ?1)"
        " ORDER BY day DESC, key",
        (entity,),
    )
    return [article for article, _ in rows]


def like(connection: sqlite3.Connection, words: str, limit: int) -> list[Likeness]:
    """The entities with a spelling that contains `words`: whole spellings first, then those with a
    word that begins so; the most named first. Case and dots are ignored."""
    plain = words.replace(".", "").replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    rows = connection.execute(
        "WITH near AS (SELECT coalesce(same_as, entity) AS entity,"
        " replace(spelling, '.', '') AS own FROM spellings JOIN entities USING (entity)),"
        " found AS (SELECT entity, min(CASE WHEN own LIKE ?1 ESCAPE '\\' THEN 0"
        " WHEN own LIKE ?1 || '%' ESCAPE '\\' OR own LIKE '% ' || ?1 || '%' ESCAPE '\\' THEN 1"
        " ELSE 2 END) AS rank FROM near"
        " WHERE own LIKE '%' || ?1 || '%' ESCAPE '\\' GROUP BY entity)"
        " SELECT id, name, (SELECT count(DISTINCT article) FROM appearances a WHERE a.entity IN"
        " (SELECT e.entity UNION SELECT s.entity FROM entities s WHERE s.same_as = e.entity)) AS n,"
        " rank FROM found JOIN entities e USING (entity) WHERE n > 0"
        " ORDER BY rank, n DESC, name LIMIT ?2",
        (plain, limit),
    )
    return [Likeness(*row) for row in rows]


def spellings(connection: sqlite3.Connection) -> list[str]:
    """All spellings of the entities that articles name, in order."""
    return [
        spelling
        for (spelling,) in connection.execute(
            "SELECT DISTINCT spelling FROM spellings"
            " WHERE entity IN (SELECT entity FROM appearances) ORDER BY spelling"
        )
    ]
