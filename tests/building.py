"""Libraries for tests: written, indexed in this process, and asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from tui.indexing.run import index
from tui.library import Library
from tui.locations import absolute, cache_of

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
SHARED_SEEDS = ROOT.parent / "shared" / "seeds"

OpenLibrary = Callable[..., Library]


def bring_up_to_date(sources: Sequence[Path], *, analyse: bool = True) -> list[str]:
    """Index here; the steps that it went through."""
    steps: list[str] = []
    index(
        absolute(sources),
        cache_of(absolute(sources)),
        report=lambda progress: steps.append(progress.step),
        analyse=analyse,
    )
    return steps


def write(folder: Path, **files: str) -> Path:
    """Write text files (`name` becomes `name.txt`) and give back the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def keys_by_source(library: Library) -> dict[str, int]:
    """The keys of a library's articles by the path that each was read from."""
    found: dict[str, int] = {}
    for key in library.order():
        article = library.article(key)
        assert article is not None
        found[article.source] = key
    return found
