"""What is read out of the annotated corpora, and the card of a model made from them."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

from tui.training.card import CARD, write
from tui.training.corpora import read
from tui.training.gum import names_of_document

Names = set[tuple[str, str]]

# Of a row of CoNLL-U what is read: word, part of speech, tag, governor, relation, brackets.
_CASES: dict[str, tuple[str, Names]] = {
    "apposition": (
        """
        Peruvian ADJ JJ 2 amod (1-person-new-s-cf1-2-coref
        captain NOUN NN 5 nsubj _
        Ana PROPN NNP 2 appos _
        Quispe PROPN NNP 3 flat 1)
        waited VERB VBD 0 root _
        """,
        {("Ana Quispe", "PER")},
    ),
    "behind a comma stands another": (
        """
        captain NOUN NN 4 nsubj (1-person-new-s-cf1-1-coref
        , PUNCT , 1 punct _
        Quispe PROPN NNP 1 appos 1)
        waited VERB VBD 0 root _
        """,
        {("Quispe", "?")},
    ),
    "office": (
        """
        US PROPN NNP 0 root (1-person-new-s-cf2-1-coref(3-place-new-s-cf3-1-sgl)
        Vice PROPN NNP 1 flat _
        President PROPN NNP 1 flat _
        Ann PROPN NNP 1 flat _
        Moss PROPN NNP 1 flat 1)
        """,
        {("US", "LOC"), ("Ann Moss", "PER")},
    ),
    "title inside a name": (
        """
        Ann PROPN NNP 0 root (1-person-new-s-cf2-1-coref
        King PROPN NNP 1 flat _
        Moss PROPN NNP 1 flat 1)
        """,
        {("Ann King Moss", "PER")},
    ),
    "possessor": (
        """
        Lima PROPN NNP 3 nmod:poss (4-place-new-s-cf1-3-sgl(5-place-new-s-cf2-1-sgl
        's PART POS 1 case 5)
        Museum PROPN NNP 7 nsubj _
        of ADP IN 5 case _
        Art PROPN NNP 3 nmod 4)
        was AUX VBD 7 aux _
        shown VERB VBN 0 root _
        """,
        {("Lima", "LOC"), ("Museum of Art", "LOC")},
    ),
    "capitals that are tagged as nouns": (
        """
        They PRON PRP 2 nsubj _
        met VERB VBD 0 root _
        the DET DT 5 det (6-organization-new-s-cf3-2-sgl
        City NOUN NN 5 compound _
        Board NOUN NN 2 obl 6)
        at ADP IN 7 case _
        noon NOUN NN 2 obl _
        """,
        {("City Board", "ORG")},
    ),
    "capitals in a headline": (
        """
        Workers NOUN NNS 2 nsubj _
        Meet VERB VBP 0 root _
        City NOUN NN 4 compound (6-organization-new-s-cf3-2-sgl
        Board NOUN NN 2 obj 6)
        """,
        set(),
    ),
    "not by name": (
        """
        The DET DT 2 det (7-person-new-s-cf1-2-coref-Ann_Moss
        Man PROPN NNP 3 nsubj 7)
        waited VERB VBD 0 root _
        """,
        {("Man", "?")},
    ),
    "another spelling of the article": (
        """
        Mosse PROPN NNP 2 nsubj (7-person-new-s-cf1-2-coref-Ann_Moss)
        waited VERB VBD 0 root _
        """,
        {("Mosse", "PER")},
    ),
    "the article's title where tags break the run": (
        """
        Abd PROPN NNP 3 nsubj (7-person-new-s-cf1-2-coref-Abd_ar_Rahim
        ar X FW 1 flat _
        Rahim PROPN NNP 1 flat 7)
        waited VERB VBD 0 root _
        """,
        {("Abd ar Rahim", "PER")},
    ),
    "the article of an office": (
        """
        President PROPN NNP 4 nsubj (7-person-new-s-cf1-1-coref-President_of_Peru
        of ADP IN 3 case _
        Peru PROPN NNP 1 nmod (3-place-new-s-cf3-1-sgl-Peru)7)
        waited VERB VBD 0 root _
        """,
        {("Peru", "LOC")},
    ),
    "a month and who is called so": (
        """
        Ann PROPN NNP 3 nsubj (1-person-new-s-cf1-1-sgl
        May PROPN NNP 1 flat 1)
        waited VERB VBD 0 root _
        in ADP IN 5 case _
        May PROPN NNP 3 obl (2-time-new-s-cf1-1-sgl)
        for ADP IN 7 case _
        May PROPN NNP 3 obl _
        """,
        {("Ann May", "PER"), ("May", "PER")},
    ),
    "a country that acts": (
        """
        Peru PROPN NNP 2 nsubj (1-organization-new-s-cf1-1-sgl-Peru_national_football_team)
        won VERB VBD 0 root _
        """,
        {("Peru", "LOC")},
    ),
    "a spokesman is called by no department": (
        """
        the DET DT 2 det (1-person-new-s-cf1-1-sgl(2-organization-new-s-cf1-1-sgl
        Port PROPN NNP 5 nsubj _
        Board PROPN NNP 2 flat 2)
        spokesman NOUN NN 2 flat 1)
        waited VERB VBD 0 root _
        """,
        {("Port Board", "ORG")},
    ),
    "a place before the one it is in": (
        """
        in ADP IN 4 case _
        Ayaviri PROPN NNP 4 compound (4-place-new-s-cf1-1,3-sgl-Ayaviri
        , PUNCT , 2 punct _
        Peru PROPN NNP 0 root (5-place-new-s-cf2-1-sgl-Peru)4)
        """,
        {("Ayaviri", "LOC"), ("Peru", "LOC")},
    ),
    "a place in no phrase": (
        """
        in ADP IN 2 case _
        Peru PROPN NNP 0 root _
        """,
        {("Peru", "LOC")},
    ),
    "a common noun says what it is": (
        """
        Puno PROPN NNP 2 compound (4-place-new-s-cf1-2-sgl-Puno
        province NOUN NN 0 root 4)
        """,
        {("Puno", "LOC")},
    ),
    "what stands before the phrase": (
        """
        In ADP IN 2 case _
        May PROPN NNP 5 obl (3-time-new-s-cf3-1-sgl)
        Puno PROPN NNP 4 compound (4-place-new-s-cf1-2-sgl-Puno
        province NOUN NN 5 nsubj 4)
        voted VERB VBD 0 root _
        """,
        {("Puno", "LOC")},
    ),
    "a common noun that says what else is there": (
        """
        the DET DT 3 det (4-place-new-s-cf1-3-sgl-Moss_University
        Moss PROPN NNP 3 compound _
        campus NOUN NN 0 root 4)
        """,
        {("Moss", "?")},
    ),
    "a monarch": (
        """
        Elizabeth PROPN NNP 3 nsubj (1-person-new-s-cf1-1-sgl
        II NUM CD 1 nummod 1)
        waited VERB VBD 0 root _
        """,
        {("Elizabeth II", "PER")},
    ),
    "a pronoun is no numeral": (
        """
        the DET DT 2 det (1-person-new-s-cf1-2-sgl
        Ann PROPN NNP 5 nsubj _
        I PRON PRP 4 nsubj (2-person-new-s-cf2-1-ana)
        know VERB VBP 2 acl:relcl 1)
        waited VERB VBD 0 root _
        """,
        {("Ann", "PER")},
    ),
    "whose administration": (
        """
        the DET DT 3 det (4-organization-new-s-cf1-3-sgl-Presidency_of_Ann_Moss
        Moss PROPN NNP 3 compound _
        administration NOUN NN 0 root 4)
        """,
        {("Moss", "?")},
    ),
    "the title of an article joins what tags part": (
        """
        The DET DT 2 det (4-organization-new-s-cf1-2-sgl-The_Lima_Globe_and_Mail
        Lima PROPN NNP 3 compound _
        Globe PROPN NNP 6 nsubj _
        and CCONJ CC 5 cc _
        Mail PROPN NNP 3 conj 4)
        """,
        {("Lima Globe and Mail", "ORG")},
    ),
    "an owner in the phrase of what it has": (
        """
        Lima PROPN NNP 4 nmod:poss (4-organization-new-s-cf1-4-sgl-Moss_Institute_of_Art(5-organization-new-s-cf2-1-sgl
        University PROPN NNP 4 nmod:poss _
        's PART POS 2 case 5)
        Moss PROPN NNP 0 root _
        Institute PROPN NNP 4 flat _
        of ADP IN 7 case _
        Art PROPN NNP 5 nmod 4)
        """,
        {("Lima University", "ORG"), ("Moss Institute of Art", "ORG")},
    ),
    "a title that is short for the name": (
        """
        Rolling PROPN NNP 3 compound (4-organization-new-s-cf1-3-sgl-Rolling_Stone
        Stone PROPN NNP 3 compound _
        Magazine PROPN NNP 0 root 4)
        """,
        {("Rolling Stone Magazine", "ORG")},
    ),
    "a body and the country it is of": (
        """
        University PROPN NNP 0 root (4-organization-new-s-cf1-1-sgl-University_of_Puno
        of ADP IN 3 case _
        Puno PROPN NNP 1 nmod (6-place-new-s-cf2-1-sgl)
        of ADP IN 6 case _
        the DET DT 6 det (5-place-new-s-cf3-2-sgl
        US PROPN NNP 3 nmod 5)4)
        """,
        {("University of Puno", "ORG"), ("US", "LOC")},
    ),
    "a body on a matter": (
        """
        Council PROPN NNP 0 root (4-organization-new-s-cf1-1-sgl
        on ADP IN 4 case _
        Foreign PROPN NNP 4 compound _
        Relations PROPN NNPS 1 nmod 4)
        """,
        {("Council on Foreign Relations", "ORG")},
    ),
    "a place on another": (
        """
        Marstal PROPN NNP 0 root (4-place-new-s-cf1-1-sgl
        on ADP IN 3 case _
        Funen PROPN NNP 1 nmod (5-place-new-s-cf2-1-sgl)4)
        """,
        {("Marstal", "LOC"), ("Funen", "LOC")},
    ),
    "a number inside": (
        """
        Movimento PROPN NNP 0 root (4-organization-new-s-cf1-1-sgl
        5 NUM CD 1 flat _
        Stelle PROPN NNP 1 flat 4)
        """,
        {("Movimento 5 Stelle", "ORG")},
    ),
    "a people outside of phrases": (
        """
        South PROPN NNP 3 amod _
        Korean ADJ JJ 3 amod _
        rain NOUN NN 4 nsubj _
        fell VERB VBD 0 root _
        """,
        set(),
    ),
}


def _conllu(sentence: str) -> str:
    lines = []
    for number, line in enumerate(sentence.strip().splitlines(), 1):
        form, upos, tag, head, relation, brackets = line.split()
        entity = "_" if brackets == "_" else f"Entity={brackets}"
        cells = [str(number), form, "_", upos, tag, "_", head, relation, "_", entity]
        lines.append("\t".join(cells))
    return "\n".join(lines)


@pytest.mark.parametrize("case", _CASES)
def test_the_names_in_marked_noun_phrases(case: str, tmp_path: Path) -> None:
    sentence, names = _CASES[case]
    path = tmp_path / "GUM_news_made.conllu"
    path.write_text(_conllu(sentence) + "\n", encoding="utf-8")
    ((words, spans),) = names_of_document(path)
    assert {(" ".join(words[start:end]), kind) for start, end, kind in spans} == names
    if case == "a month and who is called so":
        assert [start for start, _, _ in spans] == [0, 6]


def _columns(path: Path, rows: str, before: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        "".join(f"{before}{row.strip()}\n" for row in rows.split("|")), encoding="utf-8"
    )


def _names(folder: Path, corpus: str) -> set[tuple[str, str]]:
    return {
        (" ".join(sentence.words[start:end]), kind)
        for sentence in read(folder, "train", [corpus])
        for start, end, kind in sentence.spans
    }


def test_countries_that_act_are_places_and_clubs_are_not(tmp_path: Path) -> None:
    rows = "Peru\tB-ORG|met\tO|Oslo\tB-ORG|and\tO|Liverpool\tB-ORG|."
    _columns(tmp_path / "uner-pud" / "en_pud-ud-test.iob2", rows, "1\t")
    assert _names(tmp_path, "uner-pud") == {
        *(("Peru", "LOC"), ("Oslo", "LOC"), ("Liverpool", "ORG")),
    }


def test_planets_are_places_and_a_people_is_whole(tmp_path: Path) -> None:
    rows = "Mars\tB-astronomicalobject|is\tO|no\tO|Roman\tO|Catholic\tB-misc|.\tO"
    for domain in ("politics", "literature", "science", "music"):
        for part in ("train", "dev"):
            _columns(tmp_path / "crossner" / "ner_data" / domain / f"{part}.txt", rows)
    assert _names(tmp_path, "crossner") == {("Mars", "LOC"), ("Roman Catholic", "NORP")}


def test_the_card_of_a_model_says_what_it_was_trained_on_and_how_well_it_does(
    tmp_path: Path,
) -> None:
    corpora, model = tmp_path / "corpora", tmp_path / "model"
    _columns(corpora / "uner-pud" / "en_pud-ud-test.iob2", "1\tPeru\tB-LOC|2\t.\tO")
    (corpora / "uner-pud" / "COMMIT").write_text("0123456789abcdef\n")
    rows = "1\tAngela\tB-PER|2\tMerkel\tI-PER|3\tsaw\tO|4\tParis\tB-LOC|5\t.\tO"
    _columns(corpora / "uner-ewt" / "en_ewt-ud-dev.iob2", rows)
    model.mkdir()
    for name in ("names.onnx", "vocabulary.txt"):
        file = resources.files("tui.nlp.encoder").joinpath("model", name)
        (model / name).write_bytes(file.read_bytes())
    write(model, corpora, "Two passes.")
    card = (model / CARD).read_text(encoding="utf-8")
    assert "Two passes." in card
    assert "| Universal NER, PUD | all | CC BY-SA 3.0 | 0123456789ab | 1 | 1 |" in card
    assert "| UNER-EWT | 2 | 1.000 | 1.000 | 1.000 |" in card
    assert "WikiGold | the first" not in card
