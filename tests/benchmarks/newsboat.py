"""A rival: newsboat with the same articles, imported once from RSS files of 1,000 items each."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

import clock
import corpus
from terminal import Terminal

_PER_FEED = 1000

# The name of the first feed and of the query feed that lists all articles.
_FEED, _ALL = "Feed000", "Everything"


@dataclass(frozen=True, slots=True)
class Newsboat:
    """A filled cache of newsboat and how to start it."""

    folder: Path
    env: dict[str, str]

    @property
    def _command(self) -> list[str]:
        return [
            "newsboat",
            *("-u", str(self.folder / "urls")),
            *("-c", str(self.folder / "cache.db")),
            *("-C", str(self.folder / "config")),
        ]

    def start(self) -> clock.Used:
        """Start up to the list of feeds, which is its first usable screen."""
        with Terminal(self._command, self.env, self.folder) as terminal:
            return terminal.wait_for(_ALL.encode(), 300)

    def memory(self) -> float:
        """Resident MB with the list of all articles open, its cursor at the end."""
        with Terminal(self._command, self.env, self.folder) as terminal:
            terminal.wait_for(_ALL.encode(), 300)
            terminal.settle()
            # The query feed is the first line; its list has items of the feeds.
            terminal.press(b"\r")
            terminal.settle(2.0)
            terminal.send(b"\x1b[F")
            return clock.rss_of(terminal.pid)


def prepare(library: Path, root: Path, env: dict[str, str]) -> Newsboat | None:
    """newsboat with the articles of a library in its cache, or None if it is not installed."""
    if shutil.which("newsboat") is None:
        return None
    folder = root / f"newsboat-{library.name}"
    found = Newsboat(folder, env)
    if (folder / "done").exists():
        return found
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "feeds").mkdir(parents=True)
    paths = sorted(path for path in library.rglob("*") if path.is_file())
    urls = [f'"query:{_ALL}:unread = \\"yes\\""']
    for at in range(0, len(paths), _PER_FEED):
        file = folder / "feeds" / f"{at // _PER_FEED:03}.xml"
        file.write_text(_feed(paths[at : at + _PER_FEED], at), encoding="utf-8")
        urls.append(file.as_uri())
    (folder / "urls").write_text("\n".join(urls) + "\n")
    (folder / "config").write_text("max-items 0\nauto-reload no\nreload-threads 1\n")
    clock.run([*found._command, "-x", "reload"], env, folder)
    (folder / "done").touch()
    return found


def _feed(paths: list[Path], first: int) -> str:
    items: list[str] = []
    for number, path in enumerate(paths, start=first):
        text = path.read_text(encoding="utf-8")
        title = text.strip().split("\n", 1)[0][:90]
        day = corpus.FIRST_DAY + timedelta(number * 7 % corpus.DAYS)
        items.append(
            f"<item><guid>{number}</guid><title>{escape(title)}</title>"
            f"<link>http://localhost/{number}</link><pubDate>{_rfc(day)}</pubDate>"
            f"<description>{escape(text)}</description></item>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>'
        f"<title>{_FEED[:-3]}{first // _PER_FEED:03}</title><link>http://localhost/</link>"
        f"<description>seeded</description>{''.join(items)}</channel></rss>\n"
    )


def _rfc(day: date) -> str:
    from datetime import datetime, timezone

    return format_datetime(datetime(day.year, day.month, day.day, tzinfo=timezone.utc))
