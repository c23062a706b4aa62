"""Passages found again in texts that changed: what is promised of it, over thousands of edits."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from building import SEEDS
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.passages.anchoring import MIN_SCORE, anchor, candidates, selector_of
from tui.passages.model import Selector

WORDS = [
    word
    for path in sorted(SEEDS.glob("*.txt"))
    for word in path.read_text(encoding="utf-8").split()
]
VOCABULARY = sorted(set(WORDS))
CASES = 3000


class Edited:
    """A text of real words with a passage in it, and the same after random edits.

    `spans` are the places of the words of the passage that are still there.
    """

    def __init__(self, seed: int, *, inside: bool) -> None:
        rng = random.Random(seed)
        length = rng.randint(40, 600)
        start = rng.randrange(len(WORDS))
        words = (WORDS * 2)[start : start + length]
        first = rng.randrange(length)
        last = min(length, first + rng.choice([1, 2, 3, 5, 8, 12, 20, 40]))
        before = " ".join(words[:first]) + (" " if first else "")
        quote = " ".join(words[first:last])
        self.selector = selector_of(" ".join(words), len(before), len(before) + len(quote))
        kept: list[tuple[int | None, str]] = []
        share = rng.random() * 0.2
        for number, word in enumerate(words):
            if (not inside and first <= number < last) or rng.random() >= share:
                kept.append((number, word))
                continue
            how = rng.random()
            if how >= 1 / 3:
                kept.append((None, rng.choice(VOCABULARY)))
            if how >= 2 / 3:
                kept.append((number, word))
        self.text = " ".join(word for _, word in kept)
        self.spans: list[tuple[int, int]] = []
        at = 0
        for origin, word in kept:
            if origin is not None and first <= origin < last:
                self.spans.append((at, at + len(word)))
            at += len(word) + 1


def verdict(edited: Edited, *, inside: bool) -> str:
    """Right, wrong, or not attached; a wrong place that asks to be checked is `marked`."""
    found = anchor(edited.text, edited.selector)
    if not found.attached:
        return found.state
    spans = edited.spans
    if inside:
        right = bool(spans) and found.start < spans[-1][1] and found.end > spans[0][0]
    else:
        right = (found.start, found.end) == (spans[0][0], spans[-1][1])
    return "right" if right else "wrong" if found.state == "exact" else "marked"


def test_edits_outside_the_quote() -> None:
    told = Counter(verdict(Edited(seed, inside=False), inside=False) for seed in range(CASES))
    print(dict(told))
    assert told["right"] >= 0.98 * CASES
    assert told["wrong"] == 0


def test_edits_inside_the_quote() -> None:
    told = Counter(verdict(Edited(seed, inside=True), inside=True) for seed in range(CASES))
    print(dict(told))
    assert told["wrong"] == 0
    assert told["right"] >= 0.8 * CASES


@settings(max_examples=300, deadline=None)
@given(st.integers(min_value=CASES), st.booleans())
def test_no_edit_leads_to_a_wrong_place_unmarked(seed: int, inside: bool) -> None:
    assert verdict(Edited(seed, inside=inside), inside=inside) != "wrong"


@settings(max_examples=300, deadline=None)
@given(st.text(min_size=1, max_size=200), st.data())
def test_an_unchanged_text_gives_back_any_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    selector = selector_of(text, start, end)
    assert (selector.exact, len(selector.prefix)) == (text[start:end], min(32, start))
    found = anchor(text, selector)
    if text[start:end].strip():
        assert (found.state, found.start, found.end) == ("exact", start, end)
    else:
        assert not found.attached


@settings(max_examples=200, deadline=None)
@given(*(st.text("ab .\n", max_size=size) for size in (80, 20, 12, 12)))
def test_whatever_is_looked_for_wherever(text: str, exact: str, before: str, behind: str) -> None:
    found = anchor(text, Selector(exact, before, behind, 5, 5 + len(exact)))
    if found.attached:
        assert 0 <= found.start < found.end <= len(text)
        assert found.score >= MIN_SCORE
    if found.state == "exact":
        assert text[found.start : found.end] == exact


TEXT = (
    "The minister spoke on Monday in Lima. Nobody had asked for it. The crowd was small.\n\n"
    "A day later the minister spoke again, in Cusco this time. The crowd was small. It rained."
)


def kept(quote: str, nth: int = 1) -> Selector:
    at = -1
    for _ in range(nth):
        at = TEXT.index(quote, at + 1)
    return selector_of(TEXT, at, at + len(quote))


def test_of_two_same_quotes_the_context_tells_which() -> None:
    selector = kept("The crowd was small.", 2)
    moved = "Some new paragraph.\n\n" + TEXT
    found = anchor(moved, selector)
    assert found.state == "exact"
    assert found.start == moved.rindex("The crowd was small.")


def test_two_places_as_good_are_a_doubt() -> None:
    selector = replace(kept("The crowd was small."), prefix="", suffix="", start=120, end=140)
    assert anchor(TEXT + " It rained. The crowd was small.", selector).state == "doubtful"


def test_a_quote_that_went_is_an_orphan() -> None:
    found = anchor("Quite another text about the weather in Oslo and its harbour.", kept("Lima"))
    assert found.state == "orphan"
    assert anchor("", kept("Lima")).state == "orphan"


def test_a_short_quote_does_not_go_to_a_like_word() -> None:
    selector = selector_of("A job as Developer, Frontend is free.", 9, 28)
    assert not anchor("We met developers and designers in a bar near there.", selector).attached


def test_changed_words_are_found_and_marked() -> None:
    text = TEXT.replace("Nobody had asked for it.", "Nobody ever asked for it.")
    found = anchor(text, kept("Nobody had asked for it."))
    assert found.state == "near"
    assert text[found.start : found.end] == "Nobody ever asked for it."


def test_other_quotation_marks_and_line_ends_are_another_format() -> None:
    text = (
        "He said \u201cno\u201d \u2014 and that\u2019s all.\n\nThen he left the room by the window."
    )
    selector = selector_of(text, 8, len(text))
    plain = 'He said "no" - and that\'s all. Then he left the room by the window.'
    assert anchor(plain.replace(". Then", ".\n\nThen"), selector).attached


@pytest.mark.parametrize("quote", ["会議は火曜日に東京で開かれた", "القمة", "👩‍👩‍👧 met 🇫🇷"])
def test_any_script(quote: str) -> None:
    text = f"昨日の会議について。{quote}。それから雨が降った。"
    at = text.index(quote)
    selector = selector_of(text, at, at + len(quote))
    longer = "新しい段落がここにあります。\n\n" + text
    found = anchor(longer, selector)
    assert longer[found.start : found.end] == quote


def test_a_twin_in_a_text_of_many_alike_is_never_taken_unmarked() -> None:
    def ticker(*said: str) -> str:
        return "\n\n".join(f"{10 + n}:00 Update. {words}" for n, words in enumerate(said))

    same = "No casualties were reported in the north. The army has not commented yet."
    text = ticker(same, same, same)
    at = text.index("No casualties", text.index("11:00"))
    selector = selector_of(text, at, at + 41)
    edited = ticker(same, "Three people were hurt in the north. The army has said so.", same)
    assert anchor(edited, selector).state != "exact"
    without = text.replace(f"11:00 Update. {same}\n\n", "")
    assert anchor(without, selector).state != "exact"


def test_a_word_that_stands_everywhere_costs_little() -> None:
    text = "The man went to the house. " * 20_000
    selector = selector_of(text, 270_000, 270_003)
    assert 0 < len(candidates("Above.\n\n" + text, selector)) <= 64


def test_candidates_do_not_overlap_and_the_best_comes_first() -> None:
    found = candidates(TEXT, kept("The crowd was small."))
    assert len(found) > 1
    assert found[0].score == max(c.score for c in found)
    ordered = sorted(found, key=lambda c: c.start)
    assert all(a.end <= b.start for a, b in pairwise(ordered))
