"""Trains the encoder of names on the corpora of a folder."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from tui.language.labels import LABELS
from tui.language.training.corpora import Sentence
from tui.language.training.network import Encoder
from tui.language.training.rounding import round_products
from tui.language.training.windows import (
    IGNORED,
    LONGEST,
    UNLABELLED,
    Pieces,
    disguised,
    pieces,
    windows,
)

_WARM = 0.08
# What the pretrained encoder lacks.
_NEW = ("head", "lists", "shapes", "near")
_BATCH = 1536
_CLS, _SEP = 101, 102
# The shape of a sign is what the marks at both ends and the padding have.
_SIGN = 5
_BEFORE = (_CLS, _SIGN, 0, IGNORED, True)
_BEHIND = (_SEP, _SIGN, 0, IGNORED, False)
_FILL = (0, _SIGN, 0, IGNORED, False)
# How much the teacher's answers count beside the corpus's.
_TAUGHT = 0.6
_TAUGHT_BATCH = 16
# So many sentences are read whole by one that has a teacher.
_WHOLE = 0.05
# Corpora whose sentences follow each other in documents.
_RUNNING = frozenset(("gum", "wikigold", "uner-ewt", "uner-pud", "re-docred"))
_DISGUISES = (("title", 0.05), ("upper", 0.03), ("lower", 0.03))
# News and edited text come more often than tweets.
_SHARES = {
    "btc": 0.35,
    "wnut17": 0.5,
    "gum": 1.4,
    "wikigold": 2.0,
    "uner-pud": 2.0,
}


class Batch(NamedTuple):
    """Windows as tensors, padded to multiples of 8; `taught` is empty without a teacher."""

    pieces: Tensor
    shapes: Tensor
    lists: Tensor
    asked: Tensor
    labels: Tensor
    taught: Tensor

    def logits(self, encoder: Encoder) -> Tensor:
        """What an encoder answers."""
        return encoder(self.pieces, self.shapes, self.lists, self.asked)


_Encoded = tuple[str, str, Pieces, Sentence]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an encoder learns: so many epochs, at rates that rise and fall, `head_rate` for what the
    pretrained one lacks; in bfloat16 where the processor multiplies in it; with its products rounded
    as in the model that is shipped."""

    epochs: float
    rate: float
    head_rate: float
    seed: int
    bfloat16: bool = False
    rounded: bool = False


def train(
    encoder: Encoder,
    sentences: Sequence[Sentence],
    vocabulary: Tokenizer,
    recipes: Sequence[Recipe],
    teachers: Sequence[Encoder] = (),
) -> None:
    """Train an encoder by one recipe after another, from the first one's seed; its embeddings of
    words and places stay as they are.

    One that does not read the whole is asked for the words that may be names alone. With
    teachers it has the mean of their answers beside the corpora's (distillation as in Hinton et al.
    2015, at temperature 1).
    """
    torch.manual_seed(recipes[0].seed)
    rng = random.Random(recipes[0].seed)
    for part in (encoder.words, encoder.places):
        part.weight.requires_grad = False
    encoded = [
        (
            s.document if s.corpus in _RUNNING else "",
            s.corpus,
            pieces(s, vocabulary, encoder.whole or rng.random() < _WHOLE),
            s,
        )
        for s in sentences
        if s.labelled or teachers
    ]
    if teachers:
        with torch.autocast("cpu", torch.bfloat16, enabled=recipes[0].bfloat16):
            encoded = _taught(encoded, teachers)
    for recipe in recipes:
        round_products(encoder, recipe.rounded)
        _learn(encoder, encoded, vocabulary, recipe, rng)
    round_products(encoder, False)


def _learn(
    encoder: Encoder,
    encoded: Sequence[_Encoded],
    vocabulary: Tokenizer,
    recipe: Recipe,
    rng: random.Random,
) -> None:
    plain = sum(len(p.pieces) for _, _, p, _ in encoded)
    once = sum(1 for _ in _batches(_sample(encoded, vocabulary, rng), rng))
    steps = max(1, round(once * recipe.epochs))
    print(f"{plain} pieces, {once} batches a pass, {steps} steps", flush=True)
    head = [p for n, p in encoder.named_parameters() if n.startswith(_NEW)]
    rest = [p for n, p in encoder.named_parameters() if p.requires_grad and not n.startswith(_NEW)]
    optimiser = torch.optim.AdamW(
        [{"params": rest, "lr": recipe.rate}, {"params": head, "lr": recipe.head_rate}],
        weight_decay=0.01,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min(n / (steps * _WARM), max(0.0, (steps - n) / (steps * (1 - _WARM))))
    )
    encoder.train()
    begin, done, total = time.monotonic(), 0, 0.0
    while done < steps:
        for batch in _batches(_sample(encoded, vocabulary, rng), rng):
            if done >= steps:
                break
            if not (batch.labels != IGNORED).any():
                continue
            optimiser.zero_grad(set_to_none=True)
            with torch.autocast("cpu", torch.bfloat16, enabled=recipe.bfloat16):
                logits = batch.logits(encoder)
            loss = _loss(logits.float(), batch.labels, batch.taught)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            done += 1
            total += float(loss.detach())
            if done % 50 == 0:
                spent = time.monotonic() - begin
                print(f"{done}/{steps} {total / 50:.4f} {spent:.0f}s", flush=True)
                total = 0.0
    encoder.eval()


def _taught(encoded: Sequence[_Encoded], teachers: Sequence[Encoder]) -> list[_Encoded]:
    """The sentences with the mean of the teachers' answers, each read with what stands around it."""
    given = [_answers(encoded, teacher) for teacher in teachers]
    return [
        (document, corpus, replace(part, taught=torch.stack(answers).mean(0)), sentence)
        for (document, corpus, part, sentence), *answers in zip(encoded, *given, strict=True)
    ]


def _answers(encoded: Sequence[_Encoded], teacher: Encoder) -> list[Tensor]:
    own = list(
        windows([(d, replace(p, asked=(True,) * len(p.pieces))) for d, _, p, _ in encoded], None)
    )
    teacher.eval()
    answers = [torch.zeros(0)] * len(encoded)
    numbers = iter(range(len(encoded)))
    placed = [[(next(numbers), p) for p in window] for window in own]
    placed.sort(key=lambda window: sum(len(p.pieces) for _, p in window))
    for begin in range(0, len(placed), _TAUGHT_BATCH):
        some = placed[begin : begin + _TAUGHT_BATCH]
        batch = tensors([[p for _, p in window] for window in some])
        with torch.no_grad():
            rows = batch.logits(teacher).float().softmax(-1)
        for window, own_rows in zip(some, rows, strict=True):
            at = 1
            for number, part in window:
                first = [at + n for n, label in enumerate(part.labels) if label != IGNORED]
                answers[number] = own_rows[[n for n in first if n < len(own_rows)]]
                at += len(part.pieces)
    return answers


def _sample(
    encoded: Sequence[_Encoded], tokenizer: Tokenizer, rng: random.Random
) -> list[list[Pieces]]:
    """The windows of one pass: whole documents drawn by share, some sentences disguised."""
    shares: dict[str, float] = {}
    chosen: list[tuple[str, Pieces]] = []
    extra: list[tuple[str, Pieces]] = []
    for number, (document, corpus, own, sentence) in enumerate(encoded):
        name = document or str(number)
        share = shares.setdefault(name, _SHARES.get(corpus, 1.0) + rng.random() - 0.5)
        copies = round(share) if corpus in _SHARES else 1
        if copies > 0:
            chosen.append((document, own))
        if copies > 1:
            extra.append((document, own))
        dice = rng.random()
        for how, part in _DISGUISES:
            if dice < part:
                other = disguised(sentence, how)
                whole = all(own.asked) or how == "lower"
                extra.append(("", replace(pieces(other, tokenizer, whole), taught=own.taught)))
                break
            dice -= part
    return [*windows(chosen, rng), *windows(extra, rng)]


def _batches(found: list[list[Pieces]], rng: random.Random) -> Iterator[Batch]:
    """Windows of like length together, in random order."""
    keyed = sorted(found, key=lambda w: (sum(len(p.pieces) for p in w) + 7) // 8 + rng.random())
    batches: list[list[list[Pieces]]] = []
    size = longest = 0
    for window in keyed:
        length = min(LONGEST, sum(len(p.pieces) for p in window) + 2)
        longest = max(longest, length)
        if not batches or size + longest > _BATCH:
            batches.append([])
            size, longest = 0, length
        batches[-1].append(window)
        size += longest
    rng.shuffle(batches)
    return (tensors(batch) for batch in batches)


def tensors(batch: Sequence[Sequence[Pieces]]) -> Batch:
    """Some windows, padded."""
    rows = []
    for window in batch:
        inner = zip(
            *((p.pieces, p.shapes, p.lists, p.labels, p.asked) for p in window), strict=True
        )
        columns = [[i for each in column for i in each][: LONGEST - 2] for column in inner]
        rows.append([[a, *c, b] for a, c, b in zip(_BEFORE, columns, _BEHIND, strict=True)])
    length = _eights(len(row[0]) for row in rows)
    pieces_, shapes, lists, labels, may = (
        torch.tensor([row[n] + [_FILL[n]] * (length - len(row[n])) for row in rows])
        for n in range(len(_FILL))
    )
    places = [row.nonzero().flatten() for row in may]
    asked = torch.zeros(len(rows), _eights(map(len, places)), dtype=torch.long)
    own = torch.full_like(asked, IGNORED)
    for row, at in enumerate(places):
        asked[row, : len(at)] = at
        own[row, : len(at)] = labels[row, at]
    taught = torch.zeros(0)
    if batch[0][0].taught is not None:
        all_ = torch.zeros(*labels.shape, len(LABELS))
        for row, window in enumerate(batch):
            first = (labels[row] != IGNORED).nonzero().flatten()
            known = torch.cat([p.taught for p in window if p.taught is not None])
            all_[row, first[: len(known)]] = known[: len(first)]
        taught = torch.gather(all_, 1, asked.unsqueeze(-1).expand(-1, -1, len(LABELS)))
    return Batch(pieces_, shapes, lists, asked, own, taught)


def _eights(lengths: Iterable[int]) -> int:
    return (max(lengths) + 7) // 8 * 8


def _loss(logits: Tensor, labels: Tensor, taught: Tensor) -> Tensor:
    """Cross-entropy; "O or of another kind" counts what O and MISC have together. Of what nobody
    marked the teacher's answers count alone."""
    kept = labels != IGNORED
    rows, gold = logits[kept].log_softmax(-1), labels[kept]
    misc = [0, LABELS.index("B-MISC"), LABELS.index("I-MISC")]
    either = rows[:, misc].logsumexp(-1, keepdim=True)
    labelled = gold != UNLABELLED
    hard = functional.nll_loss(
        torch.cat([rows, either], -1), gold.where(labelled, 0), reduction="none"
    )
    if not taught.numel():
        return hard[labelled].mean()
    soft = -(taught[kept] * rows).sum(-1)
    return torch.where(labelled, (1 - _TAUGHT) * hard + _TAUGHT * soft, soft).mean()
