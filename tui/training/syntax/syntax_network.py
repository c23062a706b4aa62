"""The syntax encoder in PyTorch: layers of a MiniLM under a biaffine parser.

The parser is that of Dozat and Manning (2017): each word is projected as a dependent and as a head,
for arcs and for relations, and pairs are scored by a bilinear form. A word is represented by its
first piece, the root by the piece before the sentence. Parts of speech and event triggers have a
linear head each.

The embeddings of the pieces are rounded to four bits from the start, with the mean of all pieces
taken out, so that the other weights are trained for them as they are shipped.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from tui.nlp.encoder.word_features import SHAPES
from tui.nlp.syntax.tagset import RELATIONS, TAGS
from tui.training.network import MINILM, Layer

LONGEST = 128
_ARC = 128
_LABEL = 64
# Of normally distributed values rounded to 15 levels, the error is least with the outermost levels
# at about this many standard deviations.
_CLIP = 2.7
_LEVELS = 7
_MASKED = -1e4
# The sets of triggers that have an output of their own; the first is the one that is shipped.
EVENT_SETS = ("ecb", "litbank", "geneva")


class Embedding(nn.Module):
    """Embeddings of pieces in four bits: two to a byte, with a scale for each piece."""

    def __init__(self, pieces: int, width: int) -> None:
        super().__init__()
        self.register_buffer("packed", torch.zeros(pieces, width // 2, dtype=torch.uint8))
        self.register_buffer("scale", torch.ones(pieces, 1))
        self.register_buffer("mean", torch.zeros(width))

    def take(self, weights: Tensor) -> None:
        """Round `weights`, of shape (pieces, width)."""
        mean = weights.mean(0)
        rest = weights - mean
        scale = (rest.std(1, keepdim=True) * _CLIP / _LEVELS).clamp(min=1e-6)
        levels = ((rest / scale).round().clamp(-_LEVELS, _LEVELS) + _LEVELS).to(torch.uint8)
        half = weights.shape[1] // 2
        self.packed.copy_(levels[:, :half] * 16 + levels[:, half:])
        self.scale.copy_(scale)
        self.mean.copy_(mean)

    def forward(self, pieces: Tensor) -> Tensor:
        """The embeddings of the pieces, of shape (batch, length, width)."""
        packed = self.packed[pieces].float()
        high = torch.floor(packed / 16)
        levels = torch.cat([high, packed - 16 * high], -1) - _LEVELS
        return levels * self.scale[pieces] + self.mean


class SyntaxEncoder(nn.Module):
    """Computes heads, relations, parts of speech and triggers of the words of sentences.

    Args:
        layers: the number of layers of the MiniLM.
        pieces: the size of the vocabulary.
    """

    def __init__(self, layers: int, pieces: int) -> None:
        super().__init__()
        width = MINILM.width
        self.words = Embedding(pieces, width)
        self.positions = nn.Embedding(LONGEST, width)
        self.shapes = nn.Embedding(SHAPES, width)
        self.norm = nn.LayerNorm(width, eps=MINILM.epsilon)
        self.layers = nn.ModuleList(Layer(MINILM) for _ in range(layers))
        self.project = nn.Linear(width, 2 * _ARC + 2 * _LABEL)
        self.arc = nn.Linear(_ARC, _ARC)
        self.label = nn.Linear(_LABEL, len(RELATIONS) * _LABEL)
        self.label_alone = nn.Linear(_LABEL, len(RELATIONS))
        self.label_head = nn.Linear(_LABEL, len(RELATIONS), bias=False)
        self.tags = nn.Linear(width, len(TAGS))
        self.events = nn.Linear(width, len(EVENT_SETS))
        nn.init.normal_(self.arc.weight, std=_ARC**-0.5)
        nn.init.normal_(self.label.weight, std=0.3 * _LABEL**-0.5)
        self.drop = 0.1
        self.drop_heads = 0.3

    def states(self, pieces: Tensor, shapes: Tensor, firsts: Tensor) -> Tensor:
        """The states of the root and the words, of shape (batch, words + 1, width)."""
        places = torch.arange(pieces.shape[1])
        states = self.words(pieces) + self.positions(places) + self.shapes(shapes)
        states = functional.dropout(self.norm(states), self.drop, self.training)
        mask = (pieces != 0).to(torch.int32)
        for layer in self.layers:
            states = layer(states, states, mask, self.drop)
        return torch.gather(states, 1, firsts.unsqueeze(-1).expand(-1, -1, states.shape[-1]))

    def scores(self, own: Tensor, known: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """The scores of arcs, the parts for relations, and the logits of tags and triggers.

        Args:
            own: the states of the root and the words.
            known: whether each of them is not padding.

        Returns:
            the scores of heads, of shape (batch, words + 1, words + 1) with dependents in rows; the
            words as dependents and as heads of relations; the logits of tags and of triggers.
        """
        wide = functional.gelu(self.project(self._dropped(own)))
        child, head, label_child, label_head = self._dropped(wide).split(
            [_ARC, _ARC, _LABEL, _LABEL], -1
        )
        arcs = self.arc(child) @ head.transpose(1, 2) * _ARC**-0.5
        arcs = arcs.masked_fill(~known.unsqueeze(1), _MASKED)
        state = self._dropped(own)
        return arcs, label_child, label_head, self.tags(state), self.events(state)

    def labels(self, child: Tensor, head: Tensor) -> Tensor:
        """The logits of relations of words with their heads, of shape (words, relations).

        `child` and `head` are of shape (words, width of relations).
        """
        mixed = self.label(child).view(-1, len(RELATIONS), _LABEL)
        paired = (mixed * head.unsqueeze(1)).sum(-1)
        return paired + self.label_alone(child) + self.label_head(head)

    def all_labels(self, child: Tensor, head: Tensor) -> Tensor:
        """The most probable relation of each pair, of shape (batch, dependents, heads).

        `child` and `head` are of shape (batch, words + 1, width of relations). The root of a
        sentence has its relation by its head, so that "root" is not among the relations here.
        """
        batch, size = child.shape[0], child.shape[1]
        mixed = self.label(child).view(batch, size * len(RELATIONS), _LABEL)
        paired = (mixed @ head.transpose(1, 2)).view(batch, size, len(RELATIONS), size)
        single = self.label_alone(child).unsqueeze(-1)
        ruled = self.label_head(head).transpose(1, 2).unsqueeze(1)
        return (paired + single + ruled)[:, :, 1:].argmax(2) + 1

    def _dropped(self, states: Tensor) -> Tensor:
        return functional.dropout(states, self.drop_heads, self.training)

    def forward(
        self, pieces: Tensor, shapes: Tensor, firsts: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """The outputs of the shipped model. All arguments are int64.

        Args:
            pieces: the ids of the pieces, of shape (batch, length); 0 is padding.
            shapes: the shapes of the words of the pieces, of shape (batch, length).
            firsts: the index of the first piece of each word, of shape (batch, words + 1). The
                first index of each row is 0, the root, and further zeros are padding.

        Returns:
            the scores of heads, of shape (batch, words + 1, words + 1); the best relation of each
            pair in the same shape; the best tag, and the probability that a word is a trigger, of
            shape (batch, words + 1).
        """
        own = self.states(pieces, shapes, firsts)
        first = torch.ones_like(firsts[:, :1])
        known = torch.cat([first, firsts[:, 1:]], 1) != 0
        arcs, child, head, tags, events = self.scores(own, known)
        labels = self.all_labels(child, head)
        return arcs, labels, tags.argmax(-1), torch.sigmoid(events[..., 0])
