"""The parser: trees of plain sentences, and what holds for any text."""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("onnxruntime")

from tui.nlp.syntax.model import Word
from tui.nlp.syntax.parser import Parser, load_parser


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser()


def parse(text: str) -> tuple[Word, ...]:
    return load_parser().parse(text, [(0, len(text))])[0]


def arcs(text: str) -> set[tuple[str, str, str]]:
    """The arcs of a sentence as (word, relation, head), with "" as the head of the root."""
    words = parse(text)
    return {
        (
            text[word.start : word.end],
            word.relation,
            text[words[word.head].start : words[word.head].end] if word.head >= 0 else "",
        )
        for word in words
    }


def split(text: str) -> list[str]:
    return [text[word.start : word.end] for word in parse(text)]


def events(text: str) -> set[str]:
    return {text[word.start : word.end] for word in parse(text) if word.event >= 0.5}


def assert_tree(text: str, words: Sequence[Word], start: int, end: int) -> None:
    """The words cover the text in order, but for white space, and are a tree with one root."""
    at = start
    for word in words:
        assert at <= word.start < word.end <= end
        assert not text[at : word.start].strip()
        assert 0.0 <= word.event <= 1.0
        assert (word.head < 0) == (word.relation == "root")
        at = word.end
    assert not text[at:end].strip()
    assert sum(word.head == -1 for word in words) == (1 if words else 0)
    for number in range(len(words)):
        head, steps = number, 0
        while head >= 0:
            head, steps = words[head].head, steps + 1
            assert steps <= len(words)


def test_subject_object_and_root() -> None:
    assert {
        ("arrested", "root", ""),
        ("Police", "nsubj", "arrested"),
        ("men", "obj", "arrested"),
        ("two", "nummod", "men"),
        ("Friday", "obl", "arrested"),
    } <= arcs("Police arrested two men on Friday.")


def test_passive_and_agent() -> None:
    found = arcs("The bridge was destroyed by the flood last week.")
    assert {
        ("bridge", "nsubj:pass", "destroyed"),
        ("was", "aux:pass", "destroyed"),
        ("flood", "obl:agent", "destroyed"),
        ("destroyed", "root", ""),
    } <= found


def test_speech_and_its_content() -> None:
    found = arcs("The minister said that the talks had failed.")
    assert {
        ("said", "root", ""),
        ("minister", "nsubj", "said"),
        ("failed", "ccomp", "said"),
        ("talks", "nsubj", "failed"),
        ("had", "aux", "failed"),
    } <= found


def test_headline() -> None:
    found = arcs("Senate Approves Tax Bill After Long Debate")
    assert {("Approves", "root", ""), ("Senate", "nsubj", "Approves")} <= found
    assert ("Bill", "obj", "Approves") in found


def test_negation_and_conjunction() -> None:
    found = arcs("Smith didn't resign but apologised.")
    assert {("n't", "advmod", "resign"), ("apologised", "conj", "resign")} <= found


def test_tags() -> None:
    text = "She quickly sold the old houses."
    assert [word.tag for word in parse(text)] == ["PRP", "RB", "VBD", "DT", "JJ", "NNS", "."]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It couldn’t pay $1.2m.", ["It", "could", "n’t", "pay", "$", "1.2m", "."]),
        ("Mr. O'Neill's all-girl team", ["Mr.", "O'Neill", "'s", "all", "-", "girl", "team"]),
        ("The U.S. paid 1,200 non-profit groups", "The U.S. paid 1,200 non-profit groups".split()),
        ("“Cannot”, he said.", ["“", "Can", "not", "”", ",", "he", "said", "."]),
        ("at 5pm on 9/11, 2001.", ["at", "5", "pm", "on", "9/11", ",", "2001", "."]),
        ("the workers’ pay rose 0.3%", ["the", "workers", "’", "pay", "rose", "0.3", "%"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert split(text) == words


def test_triggers() -> None:
    text = "Two men were arrested after the explosion, which killed a guard."
    assert events(text) == {"arrested", "explosion", "killed"}


def test_a_sentence_without_events() -> None:
    assert not events("The blue house near the river has four windows.")


def test_spans_are_those_of_the_text(parser: Parser) -> None:
    text = "A title\n\nRain fell. Snow melted."
    first, second = parser.parse(text, [(9, 19), (20, 32)])
    assert [text[word.start : word.end] for word in first] == ["Rain", "fell", "."]
    assert [text[word.start : word.end] for word in second] == ["Snow", "melted", "."]


def test_nothing_to_parse(parser: Parser) -> None:
    assert parser.parse("", []) == []
    assert parser.parse("", [(0, 0)]) == [()]
    assert parser.parse(" \n ", [(0, 3)]) == [()]


def test_a_sentence_is_parsed_alike_beside_others(parser: Parser) -> None:
    alone = "The court rejected the appeal on Monday."
    text = f"{alone} {'Prices rose. ' * 30}"
    spans = [(0, len(alone))] + [
        (len(alone) + 1 + 13 * n, len(alone) + 13 + 13 * n) for n in range(30)
    ]
    beside = parser.parse(text, spans)[0]
    assert [(w.head, w.relation, w.tag) for w in beside] == [
        (w.head, w.relation, w.tag) for w in parse(alone)
    ]


def test_the_same_again(parser: Parser) -> None:
    text = "Voters in Ohio, who had waited for hours, cast their ballots."
    assert parser.parse(text, [(0, len(text))]) == parser.parse(text, [(0, len(text))])


def test_a_long_sentence_is_one_tree_in_bounded_time(parser: Parser) -> None:
    for piece in ("word ", "He left, ", "(", "x" * 400 + " ", "a_", "a.b-", "Ünïcödé東京 "):
        text = piece * 5000
        begin = time.process_time()
        words = parser.parse(text, [(0, len(text))])[0]
        assert time.process_time() - begin < 30
        assert_tree(text, words, 0, len(text))


@settings(deadline=None, max_examples=60)
@given(
    st.text(max_size=120)
    | st.lists(
        st.sampled_from("the men said killed , . \" n't Mr. U.S. - 's $ 5 U N ( ) 東京 ́".split()),
        max_size=40,
    ).map(" ".join)
)
def test_any_text_is_a_tree(text: str) -> None:
    assert_tree(text, parse(text), 0, len(text))


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=60), st.data())
def test_any_spans_lie_in_their_sentences(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=4)))
    spans = list(pairwise(cuts))
    for (start, end), words in zip(spans, load_parser().parse(text, spans), strict=True):
        assert_tree(text, words, start, end)
