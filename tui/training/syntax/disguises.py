"""Copies of sentences in the forms that news has and the treebanks lack: headlines and datelines.

A headline has capitals and no full stop, and often neither articles nor forms of "be". Such words
have no dependents, so that the tree stays one without them.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from tui.nlp.encoder.word_features import TITLE_LOWER_CASE
from tui.training.syntax.syntax_corpora import Sentence

_ARTICLES = frozenset(("a", "an", "the"))
_BE = frozenset("am is are was were be been being 's ’s 're ’re".split())
_PLACES = tuple(
    "LONDON;PARIS;NEW YORK;WASHINGTON;BEIJING;MOSCOW;TOKYO;BAGHDAD;CAIRO;JERUSALEM;BERLIN;ROME"
    ";MADRID;KABUL;TEHRAN;SEOUL;NAIROBI;GENEVA;BRUSSELS;LAGOS;DELHI;SYDNEY;CHICAGO;TORONTO".split(
        ";"
    )
)
_AGENCIES = ("Reuters", "AP", "AFP", "CNN", "UPI", "Xinhua")


def headline(sentence: Sentence, rng: random.Random) -> Sentence:
    """A parsed sentence as a headline; the case of titles, that of sentences, or capitals."""
    short = rng.random() < 0.6
    dropped = [
        n
        for n, word in enumerate(sentence.words)
        if short and _left_out(word, sentence.relations[n]) and n not in sentence.heads
    ]
    end = len(sentence.words) - 1
    if sentence.words[end] == "." and end not in sentence.heads and end:
        dropped.append(end)
    bare = without(sentence, dropped)
    dice = rng.random()
    if dice < 0.6:
        words = tuple(w if w in TITLE_LOWER_CASE else w[:1].upper() + w[1:] for w in bare.words)
    elif dice < 0.7:
        words = tuple(w.upper() for w in bare.words)
    else:
        words = (bare.words[0][:1].upper() + bare.words[0][1:], *bare.words[1:])
    return replace(bare, words=words)


def _left_out(word: str, relation: str) -> bool:
    if relation == "det":
        return word.lower() in _ARTICLES
    return relation in ("aux", "aux:pass", "cop") and word.lower() in _BE


def without(sentence: Sentence, dropped: Sequence[int]) -> Sentence:
    """A parsed sentence without some of its words, which must have no dependents."""
    gone = set(dropped)
    kept = [n for n in range(len(sentence.words)) if n not in gone]
    if not kept:
        return sentence
    moved = {n: at for at, n in enumerate(kept)} | {-1: -1}
    return replace(
        sentence,
        text="",
        spans=(),
        words=tuple(sentence.words[n] for n in kept),
        heads=tuple(moved[sentence.heads[n]] for n in kept),
        relations=tuple(sentence.relations[n] for n in kept),
        tags=tuple(sentence.tags[n] for n in kept),
    )


def dateline(sentence: Sentence, rng: random.Random) -> Sentence:
    """A parsed sentence after a dateline such as "LONDON (Reuters) -", a dependent of its root."""
    place = rng.choice(_PLACES).split()
    if rng.random() < 0.3:
        place = [word.capitalize() for word in place]
    words, tags = list(place), ["NNP"] * len(place)
    heads, relations = [0] * len(place), ["flat"] * len(place)
    if len(place) > 1:
        heads, relations = [len(place) - 1] * len(place), ["compound"] * len(place)
    name = len(place) - 1
    if rng.random() < 0.6:
        agency = len(words) + 1
        words += ["(", rng.choice(_AGENCIES), ")"]
        tags += ["-LRB-", "NNP", "-RRB-"]
        heads += [agency, name, agency]
        relations += ["punct", "parataxis", "punct"]
    words.append(rng.choice(("-", "–", "—", "--")))
    tags.append(":")
    heads.append(name)
    relations.append("punct")
    shift = len(words)
    root = sentence.heads.index(-1)
    heads[name], relations[name] = shift + root, "parataxis"
    return replace(
        sentence,
        text="",
        spans=(),
        words=(*words, *sentence.words),
        heads=(*heads, *(head if head < 0 else head + shift for head in sentence.heads)),
        relations=(*relations, *sentence.relations),
        tags=(*tags, *sentence.tags),
    )
