"""What a test sees of the running app: its lines as text, and things to wait for."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from building import bring_up_to_date
from textual.pilot import Pilot

from tui.app.app import DatelineApp
from tui.app.reader.reader_screen import ReaderScreen
from tui.config.loading import load, path
from tui.library import Library


def lines(app: DatelineApp) -> list[str]:
    """The lines of the screen as a terminal would show them, without the blanks at their ends."""
    # Textual has no public door to what it draws, other than a picture.
    strips = app.screen._compositor.render_strips()
    return [strip.text.rstrip() for strip in strips]


def shown(app: DatelineApp) -> str:
    """The whole screen."""
    return "\n".join(lines(app))


def reader_screen(app: DatelineApp) -> ReaderScreen:
    """The reader's screen, whatever lies over it."""
    found = app.screen_stack[0]
    assert isinstance(found, ReaderScreen)
    return found


def library_of(pilot: Pilot[None]) -> Library:
    """The library that the app reads."""
    assert isinstance(pilot.app, DatelineApp)
    return reader_screen(pilot.app).library


async def until(pilot: Pilot[None], condition: Callable[[], bool], seconds: float = 10) -> None:
    """Let the app work until something is so."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, shown(pilot.app)  # type: ignore[arg-type]
        await pilot.pause()


@asynccontextmanager
async def running(
    *sources: Path,
    size: tuple[int, int] = (120, 36),
    index: bool = False,
    config: str = "",
    notifications: bool = False,
) -> AsyncIterator[Pilot[None]]:
    """The app over some sources, indexed before it starts unless it is to do so itself.

    `config` is what its config file says. Notifications are shown only where they are asked for,
    because they lie over the text.
    """
    if not index:
        bring_up_to_date(sources)
    library = Library(sources)
    settings = None
    if config:
        path().parent.mkdir(parents=True, exist_ok=True)
        path().write_text(config, encoding="utf-8")
        settings = load()
    app = DatelineApp(library, config=settings, index=index)
    try:
        async with app.run_test(size=size, notifications=notifications) as pilot:
            await pilot.pause()
            yield pilot
    finally:
        library.close()
