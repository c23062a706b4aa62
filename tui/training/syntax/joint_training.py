"""Trains the syntax encoder on treebanks and on marked triggers together."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor
from torch.nn import functional

from tui.nlp.encoder.wordpiece import CLS, SEP, UNKNOWN, WordPiece
from tui.training.quantisation import round_products
from tui.training.syntax.batches import IGNORED, Batch, Encoded, batches, encoded
from tui.training.syntax.disguises import dateline, headline
from tui.training.syntax.syntax_corpora import Sentence
from tui.training.syntax.syntax_network import SyntaxEncoder

# The parts of the treebanks that are copied as headlines and after a dateline in each pass.
_HEADLINES = 0.18
_DATELINES = 0.02
# How often each sentence with triggers is read in a pass.
_SHARES = {"pud": 2.0, "ecb": 3.0, "litbank": 0.3}
_EVENT_WEIGHT = 0.5
_TAG_WEIGHT = 0.4
# The modules that the MiniLM does not have.
_NEW = ("project", "arc", "label", "tags", "events")
_WARM = 0.06
# The share of pieces that are hidden in training, so that rare words are parsed by their context.
_HIDDEN = 0.05


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an encoder is trained.

    Attributes:
        epochs: the number of passes over the sentences.
        rate: the highest learning rate; it rises linearly and then falls to 0.
        head_rate: the same for the parameters that the MiniLM lacks.
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
    encoder: SyntaxEncoder,
    sentences: Sequence[Sentence],
    wordpiece: WordPiece,
    recipe: Recipe,
) -> None:
    """Train an encoder in place. The embeddings of pieces and of positions are not trained."""
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    round_products(encoder, recipe.rounded)
    encoder.positions.weight.requires_grad = False
    plain = [(sentence, encoded(sentence, wordpiece)) for sentence in sentences]
    once = sum(1 for _ in batches(list(_sample(plain, wordpiece, rng)), wordpiece, rng))
    steps = max(1, round(once * recipe.epochs))
    pieces = sum(len(own.pieces) for _, own in plain if own)
    print(f"{pieces} pieces, {once} batches a pass, {steps} steps", flush=True)
    named = list(encoder.named_parameters())
    optimiser = torch.optim.AdamW(
        [
            {
                "params": [p for n, p in named if p.requires_grad and not n.startswith(_NEW)],
                "lr": recipe.rate,
            },
            {"params": [p for n, p in named if n.startswith(_NEW)], "lr": recipe.head_rate},
        ],
        weight_decay=0.01,
        betas=(0.9, 0.98),
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min(n / (steps * _WARM), max(0.0, (steps - n) / (steps * (1 - _WARM))))
    )
    encoder.train()
    begin, done = time.monotonic(), 0
    total = torch.zeros(4)
    while done < steps:
        for batch in batches(list(_sample(plain, wordpiece, rng)), wordpiece, rng):
            if done >= steps:
                break
            optimiser.zero_grad(set_to_none=True)
            hidden = batch._replace(pieces=_hidden(batch.pieces, wordpiece))
            losses = _losses(encoder, hidden, recipe.bfloat16)
            losses.sum().backward()
            torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            done += 1
            total += losses.detach()
            if done % 100 == 0:
                spent = time.monotonic() - begin
                told = " ".join(f"{loss / 100:.3f}" for loss in total.tolist())
                print(f"{done}/{steps} {told} {spent:.0f}s", flush=True)
                total.zero_()
    encoder.eval()
    round_products(encoder, False)


def _hidden(pieces: Tensor, wordpiece: WordPiece) -> Tensor:
    """The pieces with some of them replaced by the unknown one."""
    special = pieces <= max(wordpiece.id(piece) for piece in (UNKNOWN, CLS, SEP))
    chosen = (torch.rand(pieces.shape) < _HIDDEN) & ~special
    return pieces.masked_fill(chosen, wordpiece.id(UNKNOWN))


def _losses(encoder: SyntaxEncoder, batch: Batch, bfloat16: bool) -> Tensor:
    """The weighted losses of arcs, relations, tags and triggers."""
    first = torch.ones_like(batch.firsts[:, :1])
    known = torch.cat([first, batch.firsts[:, 1:]], 1) != 0
    with torch.autocast("cpu", torch.bfloat16, enabled=bfloat16):
        own = encoder.states(batch.pieces, batch.shapes, batch.firsts)
        arcs, child, head, tags, events = encoder.scores(own, known)
        kept = batch.relations != IGNORED
        relations = torch.zeros(())
        # A batch may have sentences with triggers only, and nothing cannot be rounded.
        if kept.any():
            rows = kept.nonzero()[:, 0]
            labels = encoder.labels(child[kept], head[rows, batch.heads[kept]])
            relations = _cross_entropy(labels, batch.relations[kept])
    return torch.stack(
        (
            _cross_entropy(arcs, batch.heads),
            relations,
            _TAG_WEIGHT * _cross_entropy(tags, batch.tags),
            _EVENT_WEIGHT * _binary(events, batch.events),
        )
    )


def _cross_entropy(logits: Tensor, gold: Tensor) -> Tensor:
    kept = gold != IGNORED
    if not kept.any():
        return torch.zeros(())
    return functional.cross_entropy(logits[kept].float(), gold[kept])


def _binary(logits: Tensor, gold: Tensor) -> Tensor:
    kept = gold != IGNORED
    if not kept.any():
        return torch.zeros(())
    # Batches have few sentences with triggers or many; each word should weigh alike.
    return (
        functional.binary_cross_entropy_with_logits(
            logits[kept].float(), gold[kept].float(), reduction="sum"
        )
        / 100
    )


def _sample(
    plain: Sequence[tuple[Sentence, Encoded | None]], wordpiece: WordPiece, rng: random.Random
) -> Iterator[Encoded]:
    """The sentences of one pass, some of them in another form."""
    for sentence, own in plain:
        share = _SHARES.get(sentence.corpus, 1.0)
        for _ in range(int(share + rng.random())):
            found = own
            if sentence.corpus == "ecb":
                found = encoded(_printed(sentence, rng), wordpiece)
            if found:
                yield found
        if sentence.heads:
            dice = rng.random()
            other = None
            if dice < _HEADLINES:
                other = headline(sentence, rng)
            elif dice < _HEADLINES + _DATELINES:
                other = dateline(sentence, rng)
            found = encoded(other, wordpiece) if other else None
            if found:
                yield found


def _printed(sentence: Sentence, rng: random.Random) -> Sentence:
    """A sentence with other quotation marks, or with the capitals of a title."""
    opening, closing = rng.choice((("``", "''"), ("“", "”"), ('"', '"')))
    signs = {"``": opening, "''": closing, "“": opening, "”": closing}
    words = tuple(signs.get(word, word) for word in sentence.words)
    if rng.random() < 0.1:
        words = tuple(word[:1].upper() + word[1:] for word in words)
    return replace(sentence, words=words)
