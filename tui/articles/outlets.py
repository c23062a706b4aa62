"""The outlets of articles: who published them, as far as their address or source says."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit


def outlet(url: str, source: str) -> str:
    """The outlet of an article: `bbc.co.uk`, or the name of the first folder of its source.

    Args:
        url: the web address of the article, "" if it has none.
        source: the path of its file, relative to the library.

    Returns:
        The host of the address without `www.`, without an address the first folder, and "" if
        there is neither.
    """
    return _host(url) or _first_folder(Path(source))


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        # Such as a bracket that is not closed.
        return ""


def _first_folder(source: Path) -> str:
    return source.parts[0] if len(source.parts) > 1 and not source.is_absolute() else ""
