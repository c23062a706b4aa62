"""Names: the score on the bundled and on real articles, and what holds for any text."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from building import SEEDS
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.articles.formats.registry import read_file
from tui.articles.model import Article
from tui.entities.resolution import resolve
from tui.indexing.pipeline import analyse
from tui.nlp.document import EventMention, Mention, TimeExpression

DATA = Path(__file__).parent / "data"

Span = tuple[str, int, int, str]


def truth(names: Path, prefix: str, text: str) -> set[Span]:
    """The names marked by hand in one article."""
    kinds: dict[str, str] = {}
    for line in names.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            file, kind, spellings = line.split("\t")
            if file == prefix:
                kinds.update(dict.fromkeys(spellings.split("|"), kind))
    longest_first = sorted(kinds, key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
    return {(prefix, m.start(), m.end(), kinds[m.group()]) for m in pattern.finditer(text)}


def score(names: Path, articles: Path, prefix_of: Callable[[Path], str]) -> float:
    """The F1 of the names in a folder, by exact span and kind (as CoNLL-2003 scores)."""
    wanted: set[Span] = set()
    found: set[Span] = set()
    for path in sorted(articles.glob("*.txt")):
        prefix = prefix_of(path)
        (article,) = [a for a in read_file(str(path), path.name) if isinstance(a, Article)]
        wanted |= truth(names, prefix, article.text)
        found |= {(prefix, m.start, m.end, m.kind) for m in analyse(article).mentions}
    f1 = 2 * len(wanted & found) / (len(wanted) + len(found))
    print(f"names, exact span and kind: F1 {f1:.3f} of {len(wanted)}", sorted(wanted ^ found))
    return f1


def test_names_of_the_bundled_articles() -> None:
    assert score(DATA / "bundled_names.tsv", SEEDS, lambda path: path.stem) >= 0.97


def test_names_of_the_five_real_articles(shared_seeds: Path) -> None:
    assert score(DATA / "seed_names.tsv", shared_seeds, lambda path: path.name[:3]) >= 0.97


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Prime Minister Anna Weber met Tom Okafor in Lagos.", ["Anna Weber", "Tom Okafor", "Lagos"]),
        ("The U.S.-Israel alliance is old.", ["U.S.", "Israel"]),
        ("Officials from the Ministry of Finance spoke.", ["Ministry of Finance"]),
        ("However, Yesterday was quiet.", []),
        ("Mr. O'Brien of Acme Corp said so.", ["O'Brien", "Acme Corp"]),
    ],
)  # fmt: skip
def test_names_in_a_sentence(text: str, names: list[str]) -> None:
    analysis = analyse(Article("x", "", text))
    assert [m.text for m in analysis.mentions] == names


def test_a_surname_and_an_acronym_are_the_fuller_name() -> None:
    text = "Angela Novak leads the Global Grain Organization (GGO). Novak said the GGO would meet in Paris."
    analysis = analyse(Article("x", "", text, date="2024-03-25"))
    entities = {m.text: m.entity for m in analysis.mentions}
    assert entities["Novak"] == entities["Angela Novak"] == "angela-novak"
    assert entities["GGO"] == entities["Global Grain Organization"]


@pytest.mark.parametrize(
    ("names", "entity"),
    [
        (["Transport Safety Council", "Council"], "transport-safety-council"),
        (["Council", "Safety Council", "Port\nSafety Council", "Council"], "port-safety-council"),
        (["Bank of Azania", "Bank"], "bank-of-azania"),
        (["Bank of Azania", "Azania"], "azania"),
        (["Safety Council", "Port Council", "Council"], "council"),
    ],
)
def test_one_word_stands_for_an_organisation_where_no_other_is_called_so(
    names: list[str], entity: str
) -> None:
    text = ". ".join(names)
    starts = [len(". ".join([*names[:n], ""])) for n in range(len(names))]
    mentions = [
        Mention(start, start + len(name), name, "ORG")
        for start, name in zip(starts, names, strict=True)
    ]
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert resolve(mentions)[0][-1].entity == entity


def test_two_people_of_one_surname_stay_two() -> None:
    text = "Joe Biden spoke. Jill Biden listened. Biden then left."
    analysis = analyse(Article("x", "", text))
    assert {m.entity for m in analysis.mentions} == {"joe-biden", "jill-biden"}


_PIECES = st.sampled_from(
    ["Israel", "the U.S.", "Mr. Smith", " ", "\n\n", ". ", ", ", "said", "on Monday", "25 March 2024",
     "attacked", "BREAKING", "日本語", "👩‍👩‍👧", "שלום", "e\u0301", "'s", "“", "”", "-", "(IDF)", "3", "[/x]"]
)  # fmt: skip


# The first text loads the models.
@settings(deadline=None)
@given(st.lists(_PIECES | st.text(max_size=8), max_size=60).map("".join))
def test_offsets_are_exact_in_any_text(text: str) -> None:
    analysis = analyse(Article("x", "", text, date="2024-03-25"))
    spans: list[Mention | TimeExpression | EventMention] = [
        *analysis.mentions,
        *analysis.times,
        *analysis.events,
    ]
    for span in spans:
        assert text[span.start : span.end] == span.text
        assert span.text
    for layer in (analysis.mentions, analysis.times):
        starts = [(s.start, s.end) for s in layer]
        assert starts == sorted(starts)
        assert all(a[1] <= b[0] for a, b in pairwise(starts))
    for event in analysis.events:
        assert all(event.start <= start < end <= event.end for start, end in event.triggers)
