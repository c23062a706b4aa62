"""Trains an encoder on annotated sentences and on the predictions of teachers."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from tui.nlp.encoder.labels import LABELS
from tui.nlp.encoder.wordpiece import WordPiece
from tui.training.corpora import Sentence
from tui.training.network import Encoder
from tui.training.quantisation import round_products
from tui.training.windows import IGNORED, LONGEST, UNLABELLED, Pieces, pieces, recased, windows

_WARM = 0.08
# The parameters that the pretrained encoder lacks, by the beginnings of their names.
_NEW = ("head", "lists", "shapes", "near")
_BATCH = 1536
_CLS, _SEP = 101, 102
# The shape of a punctuation mark, which the special tokens and the padding have, too.
_SIGN = 5
_BEFORE = (_CLS, _SIGN, 0, IGNORED, True)
_AFTER = (_SEP, _SIGN, 0, IGNORED, False)
_FILL = (0, _SIGN, 0, IGNORED, False)
# The weight of the loss for the teachers' predictions; that for the labels has the rest.
_TEACHER_WEIGHT = 0.6
_TAUGHT_BATCH = 16
# The share of the sentences of which an encoder that is not `whole` classifies every word.
_WHOLE = 0.05
# Corpora whose consecutive sentences form documents.
_RUNNING = frozenset(("gum", "wikigold", "uner-ewt", "uner-pud", "re-docred"))
_DISGUISES = (("title", 0.05), ("upper", 0.03), ("lower", 0.03))
# How often a document, or a sentence without one, is drawn in a pass on average: edited text more
# often than tweets.
_SHARES = {
    "btc": 0.35,
    "wnut17": 0.5,
    "gum": 1.4,
    "wikigold": 2.0,
    "uner-pud": 2.0,
}


class Batch(NamedTuple):
    """Windows as tensors, padded to multiples of 8; `taught` is empty without teachers."""

    pieces: Tensor
    shapes: Tensor
    lists: Tensor
    asked: Tensor
    labels: Tensor
    taught: Tensor

    def logits(self, encoder: Encoder) -> Tensor:
        """The logits that an encoder computes, of shape (batch, asked, labels)."""
        return encoder(self.pieces, self.shapes, self.lists, self.asked)


_Encoded = tuple[str, str, Pieces, Sentence]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an encoder is trained.

    Attributes:
        epochs: the number of passes over the sentences.
        rate: the highest learning rate; it rises linearly and then falls to 0.
        head_rate: the same for the parameters that the pretrained encoder lacks.
        seed: the random seed.
        bfloat16: whether to multiply in bfloat16, which is faster on processors that support it.
        rounded: whether to round products as in the shipped model.
    """

    epochs: float
    rate: float
    head_rate: float
    seed: int
    bfloat16: bool = False
    rounded: bool = False


def train(
    encoder: Encoder,
    sentences: Sequence[Sentence],
    wordpiece: WordPiece,
    recipes: Sequence[Recipe],
    teachers: Sequence[Encoder] = (),
) -> None:
    """Train an encoder in place, with one recipe after another.

    The seed is that of the first recipe. Word and position embeddings are not trained. An encoder
    that is not `whole` classifies, in most sentences, only the words that may belong to a name.
    With teachers, it is also trained on the mean of their predictions (distillation as in Hinton et
    al. 2015, at temperature 1), and unlabelled sentences are used, too.
    """
    torch.manual_seed(recipes[0].seed)
    rng = random.Random(recipes[0].seed)
    for part in (encoder.words, encoder.positions):
        part.weight.requires_grad = False
    encoded = [
        (
            s.document if s.corpus in _RUNNING else "",
            s.corpus,
            pieces(s, wordpiece, encoder.whole or rng.random() < _WHOLE),
            s,
        )
        for s in sentences
        if s.labelled or teachers
    ]
    if teachers:
        with torch.autocast("cpu", torch.bfloat16, enabled=recipes[0].bfloat16):
            encoded = _with_predictions(encoded, teachers)
    for recipe in recipes:
        round_products(encoder, recipe.rounded)
        _learn(encoder, encoded, wordpiece, recipe, rng)
    round_products(encoder, False)


def _learn(
    encoder: Encoder,
    encoded: Sequence[_Encoded],
    wordpiece: WordPiece,
    recipe: Recipe,
    rng: random.Random,
) -> None:
    plain = sum(len(p.pieces) for _, _, p, _ in encoded)
    once = sum(1 for _ in _batches(_sample(encoded, wordpiece, rng), rng))
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
        for batch in _batches(_sample(encoded, wordpiece, rng), rng):
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


def _with_predictions(encoded: Sequence[_Encoded], teachers: Sequence[Encoder]) -> list[_Encoded]:
    """The sentences with the mean of the teachers' predictions in the context of the documents."""
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
    encoded: Sequence[_Encoded], wordpiece: WordPiece, rng: random.Random
) -> list[list[Pieces]]:
    """The windows of one pass: documents drawn by `_SHARES`, some sentences in another case."""
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
                other = recased(sentence, how)
                whole = all(own.asked) or how == "lower"
                extra.append(("", replace(pieces(other, wordpiece, whole), taught=own.taught)))
                break
            dice -= part
    return [*windows(chosen, rng), *windows(extra, rng)]


def _batches(found: list[list[Pieces]], rng: random.Random) -> Iterator[Batch]:
    """Batches of windows of similar length, in random order."""
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
    """A batch of windows with special tokens, cut to LONGEST pieces and padded."""
    rows = []
    for window in batch:
        inner = zip(
            *((p.pieces, p.shapes, p.lists, p.labels, p.asked) for p in window), strict=True
        )
        columns = [[i for each in column for i in each][: LONGEST - 2] for column in inner]
        rows.append([[a, *c, b] for a, c, b in zip(_BEFORE, columns, _AFTER, strict=True)])
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
    """The mean cross-entropy with the labels and the teachers' predictions.

    The probability of O_OR_MISC is the sum of those of O and MISC. For unlabelled words only the
    teachers' predictions count.
    """
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
    return torch.where(labelled, (1 - _TEACHER_WEIGHT) * hard + _TEACHER_WEIGHT * soft, soft).mean()
