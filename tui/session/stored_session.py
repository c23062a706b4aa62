"""The session of a library: where the reader was, and how the library was left."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tui.folders import library_id
from tui.ids import ArticleHash
from tui.session import store
from tui.storage.notebook_access import Notebook, NotWritten
from tui.undo import UndoStack


class Session:
    """The part of the notebook that restores a library as it was left.

    Args:
        notebook: where it is kept.
        undo: where naming a place is pushed.
        sources: the files and folders of the library, absolute.
    """

    def __init__(self, notebook: Notebook, undo: UndoStack, sources: Sequence[Path]) -> None:
        self._notebook = notebook
        self._undo = undo
        self._library = library_id(sources)

    @property
    def lasting(self) -> bool:
        """Whether what is written to the notebook lasts longer than the program runs."""
        return self._notebook.lasting

    def note_opened(self) -> None:
        """Note that the library was opened now, and make today's backup of the notebook.

        Raises:
            NotWritten: if the notebook or its backup cannot be written.
        """
        self._notebook.write(lambda c: store.note_opened(c, self._library))
        self._notebook.back_up()

    def load(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The state in which this library was left, and the state that holds for all libraries."""
        return (
            self._notebook.read(lambda c: store.load(c, self._library), dict[str, Any]),
            self._notebook.read(lambda c: store.load(c, ""), dict[str, Any]),
        )

    def save(
        self,
        state: dict[str, Any],
        general: dict[str, Any],
        positions: Sequence[tuple[ArticleHash, int, int]],
    ) -> bool:
        """Store both states and the positions in some articles; returns whether they are stored.

        It neither waits for another process nor reports an error: it is called again soon, and no
        more than a position is lost.
        """

        def change(connection: sqlite3.Connection) -> None:
            store.save(connection, self._library, state)
            store.save(connection, "", general)
            store.save_positions(connection, positions)

        try:
            self._notebook.write(change, wait=False)
        except NotWritten:
            return False
        return True

    def position(self, article: ArticleHash) -> tuple[int, int] | None:
        """The point and the first offset shown when an article was left, None if it never was."""
        return self._notebook.read(lambda c: store.position(c, article), lambda: None)

    def named_places(self) -> dict[str, tuple[ArticleHash, int]]:
        """The named places: article and offset by letter."""
        return self._notebook.read(
            lambda c: store.named_places(c, self._library), dict[str, tuple[ArticleHash, int]]
        )

    def name_place(self, letter: str, article: ArticleHash, offset: int) -> None:
        """Name a position by a letter, in place of what the letter named before.

        Raises:
            NotWritten: if the notebook cannot be written.
        """
        before = self._notebook.read_strictly(lambda c: store.named_places(c, self._library)).get(
            letter
        )

        def name(position: tuple[ArticleHash, int] | None) -> None:
            self._notebook.write(lambda c: store.name_place(c, self._library, letter, position))

        name((article, offset))
        self._undo.push(f"place {letter} named", lambda: name(before))
