"""What the tests share: a home of their own, the seeds, and libraries that are indexed here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from building import SHARED_SEEDS, OpenLibrary, bring_up_to_date

from tui.library import Library


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Cache, data and config folders that are nobody's."""
    folder = tmp_path_factory.mktemp("home")
    for name in ("CACHE", "DATA", "CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
    monkeypatch.delenv("NO_COLOR", raising=False)
    return folder


@pytest.fixture
def shared_seeds() -> Path:
    """The five real articles beside the project."""
    if not SHARED_SEEDS.is_dir():
        pytest.skip("the five real articles are not beside the project")
    return SHARED_SEEDS


@pytest.fixture
def open_library() -> Iterator[OpenLibrary]:
    """Index some sources in this process and open them."""
    opened: list[Library] = []

    def open_(*sources: Path, analyse: bool = True) -> Library:
        bring_up_to_date(sources, analyse=analyse)
        library = Library(sources)
        opened.append(library)
        return library

    yield open_
    for library in opened:
        library.close()
