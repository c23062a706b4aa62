"""Trains the encoder of names on the corpora of a folder."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from tui.language.labels import LABELS
from tui.language.training.corpora import Sentence
from tui.language.training.network import Encoder, pretrained
from tui.language.training.windows import (
    IGNORED,
    LONGEST,
    Pieces,
    disguised,
    pieces,
    windows,
)

_RATE = 3e-4
_HEAD_RATE = 1.5e-3
_WARM = 0.08
_BATCH = 1536
_CLS, _SEP = 101, 102
# The shape of a sign is what the marks at both ends and the padding have.
_SIGN = 5
_BEFORE = (_CLS, _SIGN, 0, IGNORED)
_BEHIND = (_SEP, _SIGN, 0, IGNORED)
# Corpora whose sentences follow each other in documents.
_RUNNING = frozenset(("gum", "wikigold", "uner-ewt", "uner-pud", "re-docred"))
_DISGUISES = (("title", 0.05), ("upper", 0.03), ("lower", 0.03))
# News and edited text come more often than tweets.
_SHARES = {
    "btc": 0.35,
    "wnut17": 0.5,
    "gum": 1.0,
    "wikigold": 1.6,
    "uner-ewt": 2.0,
    "uner-pud": 2.0,
}

Batch = tuple[Tensor, Tensor, Tensor, Tensor]


def train(
    sentences: Sequence[Sentence], model: Path, layers: int, epochs: float, seed: int = 1
) -> Encoder:
    """An encoder trained for some passes. `model` holds model.safetensors and tokenizer.json."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    encoder = pretrained(model / "model.safetensors", layers)
    encoded = [
        (s.document if s.corpus in _RUNNING else "", s.corpus, pieces(s, tokenizer), s)
        for s in sentences
    ]
    plain = sum(len(p.pieces) for _, _, p, _ in encoded)
    once = sum(1 for _ in _batches(_sample(encoded, tokenizer, rng), rng))
    steps = max(1, round(once * epochs))
    print(f"{plain} pieces, {once} batches a pass, {steps} steps", flush=True)
    head = [p for n, p in encoder.named_parameters() if n.startswith(("head", "lists", "shapes"))]
    rest = [
        p
        for n, p in encoder.named_parameters()
        if p.requires_grad and not n.startswith(("head", "lists", "shapes"))
    ]
    optimiser = torch.optim.AdamW(
        [{"params": rest, "lr": _RATE}, {"params": head, "lr": _HEAD_RATE}], weight_decay=0.01
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min(n / (steps * _WARM), max(0.0, (steps - n) / (steps * (1 - _WARM))))
    )
    encoder.train()
    begin, done, total = time.monotonic(), 0, 0.0
    while done < steps:
        for batch in _batches(_sample(encoded, tokenizer, rng), rng):
            if done >= steps:
                break
            optimiser.zero_grad(set_to_none=True)
            loss = _loss(encoder(*batch[:3]), batch[3])
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
    return encoder.eval()


def averaged(encoders: Sequence[Encoder]) -> Encoder:
    """One encoder with the mean of the weights of several that began as the same one ("model soup",
    Wortsman et al. 2022)."""
    states = [encoder.state_dict() for encoder in encoders]
    mean = {name: torch.stack([s[name] for s in states]).mean(0) for name in states[0]}
    encoders[0].load_state_dict(mean)
    return encoders[0].eval()


def _sample(
    encoded: Sequence[tuple[str, str, Pieces, Sentence]], tokenizer: Tokenizer, rng: random.Random
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
                extra.append(("", pieces(disguised(sentence, how), tokenizer)))
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
    """Pieces, shapes, lists and labels of some windows, padded to a multiple of 8."""
    rows = []
    for window in batch:
        inner = zip(*((p.pieces, p.shapes, p.lists, p.labels) for p in window), strict=True)
        columns = [[i for each in column for i in each][: LONGEST - 2] for column in inner]
        rows.append([[a, *c, b] for a, c, b in zip(_BEFORE, columns, _BEHIND, strict=True)])
    length = (max(len(row[0]) for row in rows) + 7) // 8 * 8
    fill = (0, _SIGN, 0, IGNORED)
    return tuple(  # type: ignore[return-value]
        torch.tensor([row[n] + [fill[n]] * (length - len(row[n])) for row in rows])
        for n in range(4)
    )


def _loss(logits: Tensor, labels: Tensor) -> Tensor:
    """Cross-entropy; "O or of another kind" counts what O and MISC have together."""
    kept = labels != IGNORED
    rows, gold = logits[kept].log_softmax(-1), labels[kept]
    misc = [0, LABELS.index("B-MISC"), LABELS.index("I-MISC")]
    either = rows[:, misc].logsumexp(-1, keepdim=True)
    return functional.nll_loss(torch.cat([rows, either], -1), gold)
