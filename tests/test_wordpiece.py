"""WordPiece: the pieces of a published tokenizer, and what holds for any word."""

from __future__ import annotations

import json
import unicodedata
from functools import lru_cache
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.nlp.encoder.wordpiece import CLS, SEP, UNKNOWN, WordPiece

_SAMPLE = Path(__file__).parent / "data" / "wordpiece_sample.jsonl"


@lru_cache(maxsize=1)
def shipped() -> WordPiece:
    """WordPiece with the vocabulary of the model that the package ships."""
    file = resources.files("tui.nlp.encoder").joinpath("model", "vocabulary.txt")
    return WordPiece.from_lines(file.read_text(encoding="utf-8"))


def pieces(word: str) -> list[str]:
    return [shipped().vocabulary[number] for number in shipped().encode(word)]


def normalised(word: str) -> str:
    """What BERT reads of a word: no accents, no capitals, neither white space nor controls."""
    visible = [
        char
        for char in word
        if char != "\ufffd" and unicodedata.category(char) not in ("Cc", "Cf", "Co")
    ]
    return "".join(
        char.lower()
        for char in unicodedata.normalize("NFD", "".join(visible))
        if not char.isspace() and unicodedata.category(char) != "Mn"
    )


def test_each_word_of_the_sample_has_the_pieces_of_the_published_tokenizer() -> None:
    sample = [json.loads(line) for line in _SAMPLE.read_text(encoding="utf-8").splitlines()]
    assert len(sample) > 1000
    other = [line["word"] for line in sample if shipped().encode(line["word"]) != line["pieces"]]
    assert not other


# Letters of several scripts with and without accents: words that are seldom unknown.
_FAMILIAR = st.text(
    "abcdeinorstuABCDEINORSTUéÉüÅçñıİßσςΣабвАБВ0159'’-.,#[]()日本東京 \t\u00ad", max_size=24
)
_SPECIAL = st.sampled_from([UNKNOWN, CLS, SEP, "[PAD]", "[MASK]", "[unused5]", "##ing", "a" * 101])
_WORDS = st.one_of(_FAMILIAR, st.text(max_size=24), _SPECIAL)


@settings(deadline=None)
@given(_WORDS)
def test_the_pieces_of_a_word_join_to_the_word_unless_one_is_unknown(word: str) -> None:
    found = pieces(word)
    assert all(found)
    if UNKNOWN not in found:
        assert "".join(piece.removeprefix("##") for piece in found) == normalised(word)


@settings(deadline=None)
@given(_WORDS)
def test_a_word_of_which_something_is_left_has_pieces(word: str) -> None:
    assert bool(pieces(word)) == bool(normalised(word))


@pytest.mark.parametrize("special", [UNKNOWN, CLS, SEP])
def test_a_text_cannot_write_a_special_piece(special: str) -> None:
    assert shipped().id(special) not in shipped().encode(special)


@pytest.mark.parametrize(("letters", "known"), [(100, True), (101, False)])
def test_a_word_of_more_than_a_hundred_letters_is_unknown(letters: int, known: bool) -> None:
    assert (pieces("a" * letters) != [UNKNOWN]) == known
    assert (pieces("é" * letters) != [UNKNOWN]) == known


def test_the_vocabulary_of_a_tokenizer_file_is_in_the_order_of_its_ids() -> None:
    text = json.dumps({"model": {"vocab": {"##b": 2, UNKNOWN: 0, "a": 1}}})
    wordpiece = WordPiece.from_tokenizer(text)
    assert wordpiece.vocabulary == (UNKNOWN, "a", "##b")
    assert wordpiece.encode("AB abc") == [1, 2, 0]
