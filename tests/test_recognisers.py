"""Who marks names: the encoder, the rules where it is missing, or a pipeline of spaCy."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from building import OpenLibrary, write
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.app.page.meta_line import meta_line
from tui.entities.recognition import recognisers
from tui.entities.recognition.candidates import Candidate
from tui.entities.recognition.recognisers import load
from tui.entities.recognition.reconcile import reconcile
from tui.nlp.document import Document, Mention
from tui.nlp.encoder.labels import LABELS, spans, viterbi
from tui.nlp.encoder.nameable import nameable
from tui.nlp.encoder.word_features import SHAPES, WORD, list_features, shapes
from tui.nlp.gazetteer import gazetteer
from tui.nlp.language_identification import identify_language, is_english
from tui.nlp.sentences import split_sentences
from tui.nlp.tokens import tokenize


def marked(text: str, name: str = recognisers.DEFAULT) -> list[Mention]:
    document = identify_language(tokenize(split_sentences(Document(text))))
    return load(name).recognise(document)


_PIECES = st.sampled_from(
    ["Joe Biden", "U.S.", "the ", "’s", "Rafah", "WHO", "\n\n", ". ", " ", "🙂", "<b>", "东京",
     "Ministry of Finance", "said", "É", "ǅ", "İstanbul", "&nbsp;", "-", "x" * 300, "A" * 40, "0"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.lists(_PIECES, max_size=60).map("".join), st.text(max_size=300)))
def test_every_mention_is_the_text_at_its_offsets(text: str) -> None:
    mentions = marked(text)
    assert all(m.text == text[m.start : m.end] and m.text.strip() for m in mentions)
    assert all(one.end <= other.start for one, other in pairwise(mentions))


def test_the_encoder_is_there_and_no_word_of_a_text_stops_it() -> None:
    assert not load().missing
    plain = "Angela Merkel met Emmanuel Macron in Paris. "
    assert [m.text for m in marked(plain)] == ["Angela Merkel", "Emmanuel Macron", "Paris"]
    # One sentence of 20,000 words, and one word of 200,000 letters.
    endless = "Merkel and Macron went on to Paris with " * 2500
    assert {m.text for m in marked(endless)} >= {"Merkel", "Macron", "Paris"}
    assert marked("a" * 200_000) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Kremlin’s spokesman met Prime Minister Olaf Berg in Oslo.", ["Kremlin", "Olaf Berg", "Oslo"]),
        ("President Joe Biden’s call with Israel ended.", ["Joe Biden", "Israel"]),
        ("They said that he would go, and she stayed.", []),
    ],
)  # fmt: skip
def test_titles_possessives_and_determiners_stay_outside(text: str, names: list[str]) -> None:
    assert [m.text for m in marked(text)] == names


def test_only_words_that_may_be_names_are_asked_of() -> None:
    def asked(text: str) -> list[str]:
        words = WORD.findall(text)
        may = nameable(words, shapes(words), list_features(words, gazetteer()), gazetteer())
        return [word for word, kept in zip(words, may, strict=True) if kept]

    assert asked("The Bank of England fell in May.") == ["The", "Bank", "of", "England", "May"]
    assert asked("They saw Boeing 737 jets and said so.") == ["Boeing", "737"]
    assert asked("Talks of war went on.") == []
    assert asked("He has the eToro app and iPhones") == ["eToro", "iPhones"]
    assert asked("so he went to paris") == ["so", "he", "went", "to", "paris"]
    assert asked("Nobody saw Kim Jong-un there.") == ["Kim", "Jong", "-", "un"]
    assert asked("It was Biden's idea.") == ["Biden"]
    assert asked("He spoke with von der Leyen of al-Qaeda.") == [
        *("von", "der", "Leyen", "of", "al", "-", "Qaeda"),
    ]
    assert asked("They left the Yellow sea in the 9th District.") == [
        *("Yellow", "sea", "9th", "District"),
    ]
    assert asked("The Council on Foreign Relations met in the Lombardy region.") == [
        *("The", "Council", "on", "Foreign", "Relations", "Lombardy"),
    ]
    assert asked("Shares on Wall street rose.") == ["Wall", "street"]
    assert asked("He sued Cargill, Inc. and won.") == ["Cargill", ",", "Inc", "."]


def test_a_headline_in_capitals_is_looked_up_as_if_it_were_none() -> None:
    loud, plain = (
        list_features(text.split(), gazetteer())
        for text in (
            "FERRY TO ISLE OF MAN AND LA PAZ",
            "ferry to Isle of Man and La Paz",
        )
    )
    assert all(plain[2:5] + plain[-2:])
    assert loud == plain
    assert list_features("US AND UN END TALKS".split(), gazetteer())[:3] == [
        *list_features(["US"], gazetteer()),
        0,
        *list_features(["UN"], gazetteer()),
    ]


def test_a_people_that_the_lists_have_with_a_hyphen_is_one() -> None:
    text = (
        "Ann Berg met African-American voters and Polish-Canadian ones in Oslo. She spoke of the"
        " Arab-Israeli conflict and German-American trade talks, an officer of Anglo-American help."
    )
    assert [m.text for m in marked(text) if m.kind == "NORP"] == [
        *("African-American", "Polish", "Canadian", "Arab", "Israeli", "German", "American"),
        "Anglo-American",
    ]


def test_a_text_in_small_letters_is_asked_of_every_word() -> None:
    text = "merkel met macron in paris. they spoke of the budget. macron left for berlin."
    assert {"paris", "berlin"} <= {m.text for m in marked(text)}


def test_a_place_that_begins_an_organisation_is_none() -> None:
    text = "She works for the Connecticut Lottery and the American Physical Society. She left."
    assert {(m.text, m.kind) for m in marked(text)} == {
        ("Connecticut Lottery", "ORG"),
        ("American Physical Society", "ORG"),
    }


def test_a_storm_is_nobody_wherever_it_is_named() -> None:
    text = "Hurricane Rita reached Texas on Friday. Rita weakened on Sunday, said Ann Berg."
    assert [m.text for m in marked(text)] == ["Texas", "Ann Berg"]


def test_a_common_word_is_somebody_only_beside_a_full_name() -> None:
    fast = "Ramadan will begin on Monday, Ann Berg said. During Ramadan they will rest."
    assert [m.text for m in marked(fast)] == ["Ann Berg"]
    man = "Tariq Ramadan spoke in Oslo. He was asked why, and Mr Ramadan said that he would go."
    assert [m.text for m in marked(man)] == ["Tariq Ramadan", "Oslo", "Ramadan"]


def test_a_first_name_of_two_parts_is_whole() -> None:
    text = (
        "President Moon Jae-in met Ann Berg in Oslo. A Moon Jae-in-led group met Ann Berg-era men."
    )
    assert "Moon Jae-in" in {m.text for m in marked(text)}
    assert not any(m.text.endswith(("-led", "-era")) for m in marked(text))


def test_titles_of_many_are_nobody() -> None:
    text = "Senators met Ann Berg in Oslo. She said that Senators had asked for it."
    assert [m.text for m in marked(text)] == ["Ann Berg", "Oslo"]


def test_a_surname_takes_the_kind_of_the_full_name() -> None:
    text = "Lloyd Austin spoke in Washington. Austin said that the army was ready. Austin left."
    kinds = {(m.text, m.kind) for m in marked(text)}
    assert ("Austin", "PER") in kinds
    assert ("Austin", "LOC") not in kinds


def test_a_place_and_what_it_has_are_two_names() -> None:
    text = "Ann Berg spoke at London's Old Bailey and at St. Peter's Basilica."
    assert [m.text for m in marked(text)] == [
        "Ann Berg",
        "London",
        "Old Bailey",
        "St. Peter's Basilica",
    ]


@pytest.mark.parametrize(("hidden", "shown"), [(0.5, 3), (0.9, 2)])
def test_what_may_be_of_no_kind_is_what_the_article_has_it_to_be(hidden: float, shown: int) -> None:
    text = "Berg spoke. Berg left. The Berg administration went on."
    chances = [{"PER": 0.95}, {"PER": 0.9}, {"MISC": hidden, "PER": 0.95 - hidden}]
    found = [
        Candidate(match.start(), match.end(), max(chance, key=lambda kind: chance[kind]), chance)
        for match, chance in zip(re.finditer("Berg", text), chances, strict=True)
    ]
    assert len(reconcile(text, found)) == shown


def test_rules_alone_where_the_encoder_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognisers, "find_spec", lambda package: None)
    load.cache_clear()
    try:
        found = load()
        assert found.name == "rules"
        assert "onnxruntime" in found.missing
        assert recognisers.version().startswith("rules")
        assert "Joe Biden" in [m.text for m in marked("On Monday Joe Biden spoke.")]
    finally:
        load.cache_clear()


_GERMAN = """Der Bundeskanzler hat am Montag in Berlin erklärt, dass die Regierung den Haushalt für
das kommende Jahr beschlossen habe. Die Opposition kritisierte den Entwurf, weil er zu wenig für die
Schulen tue und die Steuern so hoch blieben, wie sie es seit Jahren sind. Joe Biden schwieg."""
_DUTCH = """De minister-president heeft maandag in Den Haag gezegd dat het kabinet over de begroting
een akkoord heeft bereikt. Of het plan door de Kamer komt is nog niet zeker, want de oppositie is er
niet over te spreken en wil meer geld voor de scholen en de zorg."""


def test_another_language_is_noticed_and_left_to_the_rules() -> None:
    assert not is_english(_GERMAN)
    assert not is_english(_DUTCH)
    assert not is_english(
        "官房長官は月曜日、政府が来年度の予算案を決定したと述べた。野党は批判した。" * 3
    )
    assert is_english("Ceasefire talks stall")
    assert is_english(
        "Oslo beat Bergen 2-1 on Sunday. Berg scored twice. Moss missed a penalty. Rain stopped play"
        " in Lima. Quispe lost to Soto. Ito won gold at Nagano. Results follow."
    )
    assert is_english("The minister said on Monday that the talks would go on. " * 5)
    assert is_english("OSLO TALKS STALL AS MINISTERS LEAVE, AND NOBODY SAYS WHY THEY DID. " * 8)
    assert not is_english(_GERMAN.upper())
    assert marked(_GERMAN) == marked(_GERMAN, "rules") != []


def test_a_table_of_names_is_in_no_other_language() -> None:
    table = "Goalkeepers: Berg (Oslo), Moss (Bergen). Defenders: Soto (Lima), Ito (Nagano). " * 12
    assert is_english(table)
    assert {m.kind for m in marked(table) if m.text == "Soto"} == {"PER"}


def test_the_page_says_that_a_text_is_in_another_language(
    tmp_path: Path, open_library: OpenLibrary
) -> None:
    folder = write(tmp_path / "two", de=f"Haushalt\n\n{_GERMAN}", en="Talks\n\nThey met in Rome.")
    library = open_library(folder)
    said = {
        page.article.source: "not in English" in meta_line(page)
        for row_id in library.articles.order()
        if (page := library.page(row_id))
    }
    assert said == {"de.txt": True, "en.txt": False}


def test_a_pipeline_of_spacy(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed")
    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "PERSON", "pattern": "President Zorg"},
            {"label": "GPE", "pattern": "the Netherlands"},
            {"label": "DATE", "pattern": "Monday"},
        ]
    )
    pipeline.to_disk(tmp_path / "pipe")
    found = marked("On Monday President Zorg left the Netherlands.", f"spacy:{tmp_path / 'pipe'}")
    assert [(m.text, m.kind) for m in found] == [("Zorg", "PER"), ("Netherlands", "LOC")]


def test_no_such_pipeline_is_told_and_rules_stand_in() -> None:
    found = load("spacy:no_such_pipeline")
    assert found.name == "rules"
    assert "no_such_pipeline" in found.missing


_ROWS = st.lists(
    st.lists(st.floats(-20, 0), min_size=len(LABELS), max_size=len(LABELS)), max_size=5
)


@given(_ROWS)
def test_the_best_path_is_one_that_may_be(rows: list[list[float]]) -> None:
    path = viterbi(rows)
    assert len(path) == len(rows)
    for before, label in pairwise([0, *path]):
        if label and label % 2 == 0:
            assert before in (label, label - 1)
    if all(not (n and n % 2 == 0) for n in (max(range(11), key=r.__getitem__) for r in rows)):
        assert sum(r[n] for r, n in zip(rows, path, strict=True)) == sum(max(r) for r in rows)
    assert all(start < end for start, end, _ in spans(path))


@given(st.text(max_size=80))
def test_every_word_has_a_shape(text: str) -> None:
    words = WORD.findall(text)
    assert all(0 <= shape < SHAPES for shape in shapes(words))
    assert "".join(words) == "".join(char for char in text if not char.isspace())
