"""What the measurements share: the libraries, the homes with their caches, the number of rounds."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import clock
import corpus
import newsboat
import timelines
from dateline import Home
from newsboat import Newsboat


@dataclass
class Bench:
    """One size of library. What is dear to make is made when it is asked for first.

    `root` is kept from run to run (texts, newsboat's cache), `work` is this run's own.
    """

    count: int
    rounds: int
    root: Path
    work: Path
    say: Callable[[str], None]
    catalogued: list[clock.Used] = field(default_factory=list)

    @cached_property
    def library(self) -> Path:
        """The folder of articles."""
        return corpus.make(self.root, self.count, self.say)

    @cached_property
    def texts(self) -> int:
        """Bytes of the texts."""
        return corpus.size_of(self.library)

    def home(self, name: str) -> Home:
        """An empty home of this size."""
        folder = self.work / f"{name}-{self.count}"
        shutil.rmtree(folder, ignore_errors=True)
        return Home(folder)

    @cached_property
    def plain(self) -> Home:
        """A home whose cache is catalogued and not analysed."""
        home = self.home("catalogued")
        self.say(f"cataloguing {self.count:,} articles")
        self.catalogue(home)
        return home

    def catalogue(self, home: Home) -> clock.Used:
        """Fill an empty home's cache with the library, without the analysis."""
        return home.run("index", "--catalogue-only", "--quiet", str(self.library))

    @cached_property
    def full(self) -> Home:
        """A home whose cache has a timeline of five event mentions an article, nothing waiting."""
        home = self.plain.copy(self.work / f"full-{self.count}")
        mentions = timelines.fill(home.cache, corpus.SEED)
        self.say(
            f"timeline of {mentions:,} event mentions seeded into the cache in place of analysing"
            f" {self.count:,} articles"
        )
        home.run("index", "--quiet", str(self.library))
        return home

    @cached_property
    def newsboat(self) -> Newsboat | None:
        """newsboat with the same articles, None if it is not installed."""
        home = Home(self.work / "newsboat")
        self.say(f"newsboat with {self.count:,} articles (imported once)")
        found = newsboat.prepare(self.library, self.root, home.env)
        if found is None:
            self.say("newsboat is not installed: its rows are left out")
        return found
