"""The grammar of time expressions: each rule reads its examples."""

from __future__ import annotations

import pytest

from tui.nlp.document import Document
from tui.nlp.sentences import split_sentences
from tui.times.expressions import find_times
from tui.times.rules import RULES

EXAMPLES = [(rule.name, text, values) for rule in RULES for text, values in rule.examples]


@pytest.mark.parametrize(("name", "text", "values"), EXAMPLES)
def test_a_rule_reads_its_examples(name: str, text: str, values: str) -> None:
    document = split_sentences(Document(text, reference_date="2024-05-15"))
    assert [time.value for time in find_times(document).times] == values.split()


def test_every_rule_has_a_name_of_its_own_and_an_example_that_it_matches() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert any(values and rule.pattern.search(text) for text, values in rule.examples), (
            rule.name
        )
