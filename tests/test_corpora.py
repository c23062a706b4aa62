"""The proper names that are read out of a corpus of noun phrases."""

from __future__ import annotations

from pathlib import Path

from tui.language.training.gum import names_of_document

# Word, part of speech, tag, governor, relation, brackets: only what is read is filled in.
_SENTENCES = (
    """
Peruvian ADJ JJ 2 amod (1-person-new-s-cf1-2-coref
captain NOUN NN 5 nsubj _
Ana PROPN NNP 2 appos _
Quispe PROPN NNP 3 flat 1)
met VERB VBD 0 root _
US PROPN NNP 7 compound (2-person-new-s-cf2-1-coref-Joe_Doe(3-place-new-s-cf3-1-sgl-United_States)
President PROPN NNP 5 obj _
Joe PROPN NNP 7 flat _
Doe PROPN NNP 7 flat 2)
""",
    """
Lima PROPN NNP 3 nmod:poss (4-place-new-s-cf1-3-sgl(5-place-new-s-cf2-1-sgl-Lima
's PART POS 1 case 5)
Museum PROPN NNP 7 nsubj _
of ADP IN 5 case _
Art PROPN NNP 3 nmod 4)
was AUX VBD 7 aux _
shown VERB VBN 0 root _
to ADP IN 11 case _
the DET DT 11 det (6-organization-new-s-cf3-2-sgl
City PROPN NNP 11 compound _
Council NOUN NN 7 obl 6)
by ADP IN 13 case _
Quispe PROPN NNP 7 obl _
""",
    """
The DET DT 2 det (7-person-new-s-cf1-2-coref-Ann_Moss
Man PROPN NNP 5 nsubj 7)
of ADP IN 4 case _
May PROPN NNP 2 nmod (8-time-new-s-cf2-1-sgl)
waited VERB VBD 0 root _
""",
)


def _rows(sentence: str) -> str:
    lines = []
    for number, line in enumerate(sentence.strip().splitlines(), 1):
        form, upos, tag, head, relation, brackets = line.split(" ")
        entity = "_" if brackets == "_" else f"Entity={brackets}"
        lines.append(
            "\t".join([str(number), form, "_", upos, tag, "_", head, relation, "_", entity])
        )
    return "\n".join(lines)


def test_the_name_in_a_phrase_is_without_office_possessor_and_description(tmp_path: Path) -> None:
    path = tmp_path / "GUM_news_made.conllu"
    path.write_text("\n\n".join(map(_rows, _SENTENCES)) + "\n", encoding="utf-8")
    found = [
        {(" ".join(words[start:end]), kind) for start, end, kind in spans}
        for words, spans in names_of_document(path)
    ]
    assert found[0] == {("Ana Quispe", "PER"), ("US", "LOC"), ("Joe Doe", "PER")}
    assert found[1] == {
        ("Lima", "LOC"),
        ("Museum of Art", "LOC"),
        ("City Council", "ORG"),
        ("Quispe", "PER"),
    }
    assert not {kind for _, kind in found[2]} - {"?"}
