"""Screenshots as SVG, made without a terminal, such as those in the README."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from tui.app.app import DatelineApp
from tui.library import Library


def save(
    library: Library,
    path: str,
    size: tuple[int, int],
    theme: str | None = None,
    keys: Sequence[str] = (),
) -> None:
    """Write what the screen shows after some keys as an SVG file; `size` is columns and lines.

    Raises:
        OSError: if the file cannot be written.
    """
    Path(path).write_text(asyncio.run(_shot(library, size, theme, keys)), encoding="utf-8")


async def _shot(
    library: Library, size: tuple[int, int], theme: str | None, keys: Sequence[str]
) -> str:
    app = DatelineApp(library, theme_name=theme, index=False, remember=False)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.1)
        return app.export_screenshot(title="Dateline", simplify=True)
