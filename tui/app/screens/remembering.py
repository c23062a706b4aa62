"""How the reader left a library, and how it is found again: place, filter, order, sizes, theme."""

from __future__ import annotations

from typing import Any

from tui.app.screens.choice import Choice, Line
from tui.app.screens.narrowing import Narrowing
from tui.app.screens.panes import TWO
from tui.config import LEAST_MEASURE, MOST_MEASURE
from tui.filters import SORTS, Filter
from tui.model import Place

# As many places of the jump list are kept.
_JUMPS = 100


class Remembering(Narrowing):
    """What is remembered of a library, and of all of them."""

    _new: bool = False
    _saved: tuple[Any, ...] = ()
    _open_at: tuple[str, str, str] | None = None

    # Taking up

    def restore(self) -> None:
        """Take up how the library was left."""
        state, general = self._library.session()
        self._new = not state
        self._restore_type(general)
        self._restore_list(state)
        self._restore_jumps(state)
        self._open_at = (
            str(state.get("article") or ""),
            str(state.get("listed") or ""),
            str(state.get("pane") or ""),
        )

    def _restore_type(self, general: dict[str, Any]) -> None:
        """What was chosen holds until the config says something else."""
        config = self._config
        measure, spacing, justify = config.measure, config.spacing, config.justify
        if general.get("type_set") == [measure, spacing, justify]:
            chosen = general.get("type")
            if isinstance(chosen, list) and len(chosen) == 3:
                try:
                    measure = max(LEAST_MEASURE, min(int(chosen[0]), MOST_MEASURE))
                    spacing = max(1, min(int(chosen[1]), 3))
                    justify = bool(chosen[2])
                except (TypeError, ValueError):
                    pass
        self.reader.set_type(measure, spacing, justify)

    def _restore_list(self, state: dict[str, Any]) -> None:
        self._filter = Filter.from_json(state.get("filter"))
        parts = state.get("filter_order")
        self._set = tuple(map(str, parts)) if isinstance(parts, list) else ()
        self._zen = state.get("zen") is True and self.size.width >= TWO
        sort = state.get("sort")
        self._sort = next((known for known in SORTS if known == sort), "newest")
        columns = state.get("columns")
        for name, pair in (columns if isinstance(columns, dict) else {}).items():
            if isinstance(pair, list) and len(pair) == 2 and all(isinstance(n, int) for n in pair):
                self._columns[str(name)] = (pair[0], pair[1])
        self.show_chips()

    def _restore_jumps(self, state: dict[str, Any]) -> None:
        jumps = state.get("jumps")
        places: list[Place] = []
        at = state.get("jump")
        at = at if isinstance(at, int) else -1
        for number, jump in enumerate(jumps if isinstance(jumps, list) else []):
            key = None
            if isinstance(jump, list) and len(jump) == 2 and isinstance(jump[1], int):
                key = self._library.key_of(str(jump[0]))
            if key is not None:
                places.append(Place(key, jump[1]))
            elif number <= at:
                at -= 1
        self._history.load(places, at)

    def open_where_left(self) -> None:
        """Open the article that was open last, else the first one."""
        article, listed, pane = self._open_at or ("", "", "")
        key = self._library.key_of(article) if article else None
        if key is None or not self.show_article(key):
            self._open_first()
            return
        row = self._library.key_of(listed) if listed else None
        if row is not None:
            self.articles.go_to_key(row)
        if pane in ("reader", "timeline"):
            self.call_after_refresh(self.go_to_pane, pane)

    def known_again(self) -> None:
        """Take over the past of a library whose folder has moved."""
        self.restore()
        self.show_list()
        self.show_timeline()
        self.open_where_left()
        self.status.say("known from another folder: taken up from there")

    # Noting

    def remember(self) -> None:
        """Write down how the library is left, if anything of it changed."""
        if not (self._remember and self.is_mounted) or (
            self._new and self._index and not self._looked
        ):
            # What a library without a past was before is not known until it has been read.
            return
        self._leave_page()
        if self._key is None and not self._left:
            return
        page = self.reader.page
        listed = self._library.ids([self.articles.key]) if self.articles.key is not None else []
        places, at = self._history.saved(_JUMPS)
        keys = [place.article for place in places]
        known = self._library.idents_by_key(keys)
        state = {
            "article": page.article.id if page is not None else "",
            "listed": listed[0] if listed else "",
            "pane": self.pane,
            "zen": self._zen,
            "filter": self._filter.to_json(),
            "filter_order": list(self._set),
            "sort": self._sort,
            "columns": {name: list(pair) for name, pair in self._columns.items()},
            "jumps": [[known[p.article], p.offset] for p in places if p.article in known],
            "jump": at,
        }
        config, reader = self._config, self.reader
        general = {
            **self._library.session()[1],
            "type": [reader.measure, reader.spacing, reader.justified],
            "type_set": [config.measure, config.spacing, config.justify],
        }
        if self._chosen_theme:
            general |= {"theme": self._chosen_theme, "theme_set": config.theme}
        now = (state, general, dict(self._left))
        if now == self._saved:
            return
        if self._library.save_session(state, general, [(a, *p) for a, p in self._left.items()]):
            self._left.clear()
            self._leave_page()
            self._saved = (state, general, dict(self._left))

    # Type and theme

    _chosen_theme: str = ""

    def action_measure(self, by: int) -> None:
        """Longer or shorter lines."""
        reader = self.reader
        room = max(LEAST_MEASURE, reader.size.width - 5)
        if by > 0 and reader.measure >= room:
            self.status.say("the pane has no room for longer lines")
            return
        measure = max(LEAST_MEASURE, min(min(reader.measure, room) + by, MOST_MEASURE))
        reader.set_type(measure, reader.spacing, reader.justified)
        self.status.say(f"lines of {measure} cells")

    def action_spacing(self) -> None:
        """Blank rows between the lines, one, two or none."""
        reader = self.reader
        spacing = reader.spacing % 3 + 1
        reader.set_type(reader.measure, spacing, reader.justified)
        self.status.say(("single", "double", "triple")[spacing - 1] + " spacing")

    def action_justify(self) -> None:
        """Lines of one length, and back."""
        reader = self.reader
        reader.set_type(reader.measure, reader.spacing, not reader.justified)
        self.status.say("lines of one length" if reader.justified else "lines as they fall")

    def action_themes(self) -> None:
        """Choose a theme; the reader shows each while one looks through them."""
        from tui.app.theming import names

        before = self.app.theme
        every = names()
        ours = [name for name in every if name.startswith("dateline")]
        listed = [*ours, *(name for name in every if name not in ours)]
        lines = [
            Line("•" if name == before else "", name, value=number)
            for number, name in enumerate(listed)
        ]

        def preview(number: int) -> None:
            self.app.theme = listed[number]

        def chosen(number: int | None) -> None:
            if number is None or number < 0:
                self.app.theme = before
                return
            self.app.theme = self._chosen_theme = listed[number]
            self.status.say(f"theme: {listed[number]}")

        at = listed.index(before) if before in listed else 0
        box = Choice("Themes", lines, searchable=True, at=at, preview=preview)
        self.app.push_screen(box, chosen)
