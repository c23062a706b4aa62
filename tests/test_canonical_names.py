"""The name that stands for somebody in a library, and names that are romanised in several ways."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from building import OpenLibrary, bring_up_to_date, write
from hypothesis import given
from hypothesis import strategies as st

from tui.cli.main import run
from tui.entities.cluster_members import Member
from tui.entities.clustering import cluster
from tui.entities.resolution import resolve
from tui.entities.spellings import canonical_name
from tui.library import Library
from tui.nlp.document import EntityKind, Mention


def articles(*sentences: str) -> dict[str, str]:
    """Articles of one sentence each, a day apart."""
    return {
        f"a{n:02}": f"Report {n}\n\n{n} March 2012\n\n{sentence}"
        for n, sentence in enumerate(sentences, 1)
    }


def names_like(library: Library, words: str) -> list[str]:
    return [row.name for row in library.entities.like(words)]


def test_the_most_frequent_full_name_is_shown(
    tmp_path: Path, open_library: OpenLibrary, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(
        tmp_path / "story",
        **articles(
            "Barack Obama spoke in Berlin. Obama left, and Obama thanked Berlin.",
            "Barack Obama flew to Paris. Obama slept, and Obama thanked Paris.",
            "Barack Hussein Obama took an oath in Washington.",
        ),
    )
    library = open_library(folder)
    assert names_like(library, "obama") == ["Barack Obama"]
    profile = library.entities.profile("barack-hussein-obama")
    assert profile is not None
    assert (profile.id, profile.name) == ("barack-obama", "Barack Obama")
    assert dict(profile.spellings)["Obama"] == 4
    paris = library.entities.profile("paris")
    assert paris is not None
    assert "Barack Obama" in [other.name for other in paris.companions]
    assert run(["entity", "Obama", str(folder)]) == 0
    assert capsys.readouterr().out.startswith("name\tBarack Obama\tPER\tbarack-obama\n")


def test_the_name_follows_the_articles_that_are_there(
    tmp_path: Path, open_library: OpenLibrary
) -> None:
    folder = write(
        tmp_path / "story",
        **articles(
            "Yoav Moshe Gallant met Angela Merkel.",
            "Yoav Gallant met Olaf Scholz.",
            "Yoav Gallant met Emmanuel Macron.",
        ),
    )
    library = open_library(folder)
    assert names_like(library, "gallant") == ["Yoav Gallant"]
    write(folder, a02="Other\n\nRome slept.", a03="Another\n\nParis slept.")
    bring_up_to_date(library.sources)
    library.refresh()
    assert names_like(library, "gallant") == ["Yoav Moshe Gallant"]


def test_capitals_of_a_heading_are_not_the_name(tmp_path: Path, open_library: OpenLibrary) -> None:
    library = open_library(
        write(
            tmp_path / "story",
            **articles(
                "HAITI, 3 March - Aid reached HAITI, and more is on the way to HAITI.",
                "Aid reached Haiti by ship.",
            ),
        )
    )
    assert names_like(library, "haiti") == ["Haiti"]


COMPANY = "met Angela Merkel, Emmanuel Macron, Olaf Scholz and Nicolas Sarkozy in Tripoli"


def test_spellings_of_one_leader_join_and_his_son_does_not(
    tmp_path: Path, open_library: OpenLibrary
) -> None:
    texts = articles(
        *(f"Leader {name} {COMPANY}." for name in ("Muammar Gaddafi", "Moammar Gadhafi")),
        *(f"Leader {name} {COMPANY}." for name in ("Muammar Qaddafi", "Mouammar Kadhafi")),
        f"Muammar Gaddafi {COMPANY}.",
        f"Saif Gaddafi {COMPANY}.",
    )
    library = open_library(write(tmp_path / "story", **texts))
    leader = library.entities.profile("moammar-gadhafi")
    assert leader is not None
    assert (leader.name, len(leader.articles)) == ("Muammar Gaddafi", 5)
    son = library.entities.profile("saif-gaddafi")
    assert son is not None
    assert (son.name, len(son.articles)) == ("Saif Gaddafi", 1)
    # The same name in other company is somebody else.
    strangers = articles(
        "Leader Muammar Gaddafi spoke in Tripoli.", "Moammar Gadhafi sang in Rome."
    )
    apart = open_library(write(tmp_path / "strangers", **strangers))
    assert len(names_like(apart, "ga")) == 2


def test_a_capital_has_one_page_whatever_its_spelling(
    tmp_path: Path, open_library: OpenLibrary
) -> None:
    folder = write(
        tmp_path / "story",
        **articles("Snow fell in Kiev.", "Snow fell in Kiev and Peking.", "Snow fell in Kyiv."),
    )
    library = open_library(folder)
    assert names_like(library, "kyiv") == names_like(library, "Kiev") == ["Kiev"]
    assert names_like(library, "Peking") == ["Peking"]
    profile = library.entities.profile("kyiv")
    assert profile is not None
    assert len(profile.articles) == 3


@pytest.mark.parametrize(
    ("kind", "spellings", "name"),
    [
        ("PER", {"Obama": 129, "Barack Obama": 72, "Barack": 1}, "Barack Obama"),
        ("PER", {"Barack Obama": 200, "Barrack Hussein Obama": 1}, "Barack Obama"),
        ("PER", {"Merkel": 29, "Angela Merkel": 1}, "Angela Merkel"),
        ("PER", {"Propofol": 60, "Jackson Propofol": 2}, "Propofol"),
        # The only full name is a typo.
        ("PER", {"Merkel": 90, "Angela Merkle": 1}, "Merkel"),
        ("PER", {"MERKEL": 9, "Merkel": 1}, "Merkel"),
        ("PER", {"ANGELA MERKEL": 9, "Merkel": 1}, "Merkel"),
        ("PER", {"ANGELA MERKEL": 2}, "ANGELA MERKEL"),
        ("PER", {"Angela Merkel's": 5, "Merkel": 9}, "Angela Merkel"),
        ("PER", {"Angela Merkel’s": 5}, "Angela Merkel"),
        ("PER", {"J. Biden": 9, "Joe Biden": 2}, "Joe Biden"),
        ("PER", {"J. K. Rowling": 9, "Joanne Rowling": 2}, "J. K. Rowling"),
        ("PER", {"Governor Ortega": 9, "Luis Ortega": 2}, "Luis Ortega"),
        ("PER", {"Zoe Lund": 2, "Zoë Lund": 1}, "Zoe Lund"),
        ("ORG", {"Oxfam": 46, "OXFAM": 1}, "Oxfam"),
        ("ORG", {"NATO": 5, "Nato": 2}, "NATO"),
        ("ORG", {"GGB": 50, "Global Grain Board": 2}, "Global Grain Board"),
        ("ORG", {"GGB": 50, "GLOBAL GRAIN BOARD": 2}, "GGB"),
        ("ORG", {"Acme Steel": 9, "Acme Steel Ltd": 2}, "Acme Steel"),
        ("ORG", {"McDonald's": 2}, "McDonald's"),
        ("LOC", {"Port-au-Prince": 9, "Port Au Prince": 2}, "Port-au-Prince"),
        ("LOC", {"US": 9, "United States": 2}, "United States"),
        ("LOC", {"SPAIN": 9, "Spain": 1}, "Spain"),
        ("LOC", {"Phillipines": 2, "Philippines": 22}, "Philippines"),
    ],
)  # fmt: skip
def test_which_spelling_is_the_name(kind: EntityKind, spellings: dict[str, int], name: str) -> None:
    assert canonical_name(kind, set(spellings), spellings) == name


_SPELLINGS = st.dictionaries(
    st.sampled_from(
        ["Obama", "Barack Obama", "OBAMA", "Barack Hussein Obama", "B. Obama", "Barak Obama",
         "Obama's", "BARACK OBAMA", "Barack obama", "obama", "Barack Obama’s"]
    ),
    st.integers(0, 300),
    min_size=1,
)  # fmt: skip


@given(_SPELLINGS, st.randoms())
def test_a_name_is_neither_shouted_nor_possessive_nor_a_matter_of_order(
    spellings: dict[str, int], rng: random.Random
) -> None:
    shuffled = list(spellings)
    rng.shuffle(shuffled)
    name = canonical_name("PER", list(spellings), spellings)
    assert name == canonical_name("PER", shuffled, {s: spellings[s] for s in shuffled})
    assert not name.endswith(("'s", "’s"))
    mixed = [s for s in spellings if not (s.isupper() or s.islower())]
    assert not mixed or not (name.isupper() or name.islower())


def resolved(names: Sequence[tuple[str, EntityKind]]) -> list[tuple[str, str]]:
    mentions = [Mention(n, n + 1, name, kind) for n, (name, kind) in enumerate(names)]
    found, entities = resolve(mentions)
    assert len({e.id for e in entities}) == len(entities)
    by_id = {e.id: e.name for e in entities}
    return [(m.entity, by_id[m.entity]) for m in found]


def test_names_of_one_slug_are_one_entity_of_each_kind() -> None:
    assert (
        resolved([("JOE BIDEN", "PER"), ("Joe Biden", "PER"), ("Joe-Biden", "PER")])
        == [("joe-biden", "Joe Biden")] * 3
    )
    loc, org, again, third = resolved(
        [("Zarko", "LOC"), ("Zarko", "ORG"), ("ZARKO", "ORG"), ("Zárko", "LOC")]
    )
    assert loc == third == ("zarko", "Zarko")
    assert org == again == ("zarko-org", "Zarko")


def test_a_last_name_in_another_spelling_is_the_one_whose_company_it_keeps() -> None:
    leaders = [
        Member(1, "Muammar Gaddafi", "PER"),
        Member(2, "Saif Gaddafi", "PER"),
        Member(3, "Gadhafi", "PER"),
        Member(4, "Gaddafi", "PER"),
    ]
    both = {1: 9, 2: 2}
    assert cluster(leaders, lambda one, other: both.get(other, 0)) == {3: 1, 4: 1}
    assert cluster(leaders, lambda one, other: 9) == {}
    assert cluster([leaders[0], leaders[2]], lambda one, other: 3) == {}
