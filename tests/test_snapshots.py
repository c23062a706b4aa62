"""A few whole screens as text, for a person to read when they change.

`DATELINE_SNAPSHOTS=write` writes them anew.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from building import SEEDS
from screens import running, shown, until

from tui.app.app import DatelineApp

FOLDER = Path(__file__).parent / "snapshots"


@pytest.mark.parametrize(
    ("name", "size", "keys", "marker"),
    [
        ("first-120x36", (120, 36), [], "5 articles"),
        ("page-80x24", (80, 24), ["enter", "right_square_bracket"], "Joe Biden"),
        ("timeline-80x24", (80, 24), ["t", "g"], "Mar 2024"),
        ("narrow-40x10", (40, 10), [], "Articles  5"),
        ("help-100x30", (100, 30), ["question_mark"], "Moving"),
    ],
)
async def test_a_screen(name: str, size: tuple[int, int], keys: list[str], marker: str) -> None:
    async with running(SEEDS, size=size) as pilot:
        app = pilot.app
        assert isinstance(app, DatelineApp)
        await pilot.press(*keys)
        await until(pilot, lambda: marker in shown(app))
        found = shown(app) + "\n"
    file = FOLDER / f"{name}.txt"
    if os.environ.get("DATELINE_SNAPSHOTS") == "write":
        file.write_text(found, encoding="utf-8")
    assert found == file.read_text(encoding="utf-8")
