"""The encoder in PyTorch: layers of a MiniLM, or of an MPNet for a teacher, with word features.

The layers are those of Wang et al. 2020 and Song et al. 2020. As the vocabulary is uncased, the
shape of a word is added as its token type. All rows of the token types are initialised alike, so
that the initial network is equivalent to the pretrained one. The gazetteer's entries for a word are
added as a sum of rows that are initialised with zeros. Both features are also inputs of the head.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from tui.nlp.encoder.labels import LABELS
from tui.nlp.encoder.word_features import LISTS, SHAPES

_SIDE = 16
# The number of buckets of relative positions, and the distance from which on all are in the last
# bucket of their direction. Distances below a quarter of the number have a bucket each.
_BUCKETS = 32
_FAR = 128
# The width of the convolution in pieces, the piece itself included.
_NEAR = 5


@dataclass(frozen=True, slots=True)
class Configuration:
    """The sizes of an encoder.

    Attributes:
        width: the width of the states.
        heads: the number of attention heads.
        inner: the width of the feed-forward layers.
        epsilon: the epsilon of the layer normalisation.
        relative: whether attention has a bias for relative positions (as in T5, Raffel et al.
            2020).
    """

    width: int
    heads: int
    inner: int
    epsilon: float
    relative: bool = False


MINILM = Configuration(384, 12, 1536, 1e-12)
MPNET = Configuration(768, 12, 3072, 1e-5, relative=True)


class Layer(nn.Module):
    """A transformer layer as in BERT (Devlin et al. 2019), with post-layer normalisation."""

    def __init__(self, configuration: Configuration) -> None:
        super().__init__()
        width = configuration.width
        self.heads = configuration.heads
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.value = nn.Linear(width, width)
        self.out = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width, eps=configuration.epsilon)
        self.up = nn.Linear(width, configuration.inner)
        self.down = nn.Linear(configuration.inner, width)
        self.last = nn.LayerNorm(width, eps=configuration.epsilon)

    def forward(
        self, own: Tensor, states: Tensor, mask: Tensor, drop: float, bias: Tensor | None = None
    ) -> Tensor:
        """The new states of `own`, in the same shape.

        Args:
            own: the states that attend to others, of shape (batch, asked, width).
            states: the states that are attended to, of shape (batch, length, width).
            mask: 1 for each of `states` that is not padding, of shape (batch, length).
            drop: the probability of dropout.
            bias: added to the attention scores, of shape (heads, asked, length).
        """
        query, key, value = self.query(own), self.key(states), self.value(states)
        mixed = _attention(query, key, value, mask, self.heads, bias)
        own = self.norm(own + functional.dropout(self.out(mixed), drop, self.training))
        fed = self.down(functional.gelu(self.up(own)))
        return self.last(own + functional.dropout(fed, drop, self.training))


class _Fused(torch.autograd.Function):
    """Attention that is exported as a single operator of onnxruntime."""

    @staticmethod
    def forward(
        ctx: object, query: Tensor, key: Tensor, value: Tensor, mask: Tensor, heads: int
    ) -> Tensor:
        return _plain(query, key, value, mask, heads, None)

    @staticmethod
    def symbolic(graph: Any, query: Any, key: Any, value: Any, mask: Any, heads: int) -> Any:
        bias = graph.op("prim::Constant")
        bias.setType(torch._C.OptionalType.ofTensor())
        name = "com.microsoft::MultiHeadAttention"
        found = graph.op(name, query, key, value, bias, mask, num_heads_i=heads)
        found.setType(query.type())
        return found


def _attention(
    query: Tensor, key: Tensor, value: Tensor, mask: Tensor, heads: int, bias: Tensor | None
) -> Tensor:
    if torch.onnx.is_in_onnx_export():
        assert bias is None
        return _Fused.apply(query, key, value, mask, heads)
    return _plain(query, key, value, mask, heads, bias)


def _plain(
    query: Tensor, key: Tensor, value: Tensor, mask: Tensor, heads: int, bias: Tensor | None
) -> Tensor:
    split = [t.view(t.shape[0], t.shape[1], heads, -1).transpose(1, 2) for t in (query, key, value)]
    seen = (mask != 0)[:, None, None, :]
    added = seen
    if bias is not None:
        added = bias.to(query.dtype).unsqueeze(0).masked_fill(~seen, float("-inf"))
    mixed = functional.scaled_dot_product_attention(*split, attn_mask=added)
    return mixed.transpose(1, 2).reshape(query.shape)


class Encoder(nn.Module):
    """Computes logits over LABELS for those pieces of a text that are to be classified (asked).

    Most words of an article cannot be names and need not be classified. A `whole` encoder
    nevertheless passes all pieces through all layers. Any other encoder passes only the asked
    pieces through them: in the even layers (counted from 0) they attend to all pieces, in the odd
    ones to each other. The other pieces keep their embeddings, to which a convolution adds their
    neighbours.

    Args:
        layers: the number of layers.
        whole: whether all pieces pass through the layers.
        configuration: the sizes.

    Raises:
        ValueError: if relative positions are requested for an encoder that is not `whole`.
    """

    def __init__(
        self, layers: int, whole: bool = False, configuration: Configuration = MINILM
    ) -> None:
        super().__init__()
        if configuration.relative and not whole:
            raise ValueError("relative positions are those of an encoder that reads the whole")
        self.whole = whole
        width = configuration.width
        self.words = nn.Embedding(30522, width)
        self.positions = nn.Embedding(512, width)
        self.shapes = nn.Embedding(SHAPES, width)
        self.lists = nn.Linear(len(LISTS), width, bias=False)
        nn.init.zeros_(self.lists.weight)
        self.norm = nn.LayerNorm(width, eps=configuration.epsilon)
        self.layers = nn.ModuleList(Layer(configuration) for _ in range(layers))
        self.relative_bias = (
            nn.Embedding(_BUCKETS, configuration.heads) if configuration.relative else None
        )
        self.head_shapes = nn.Embedding(SHAPES, _SIDE)
        self.head = nn.Linear(width + _SIDE + len(LISTS), len(LABELS))
        self.drop = 0.1
        if not whole:
            self.near = nn.Conv1d(width, width, _NEAR, padding=_NEAR // 2, groups=width)
            nn.init.zeros_(self.near.weight)
            assert self.near.bias is not None
            nn.init.zeros_(self.near.bias)

    def forward(self, pieces: Tensor, shapes: Tensor, lists: Tensor, asked: Tensor) -> Tensor:
        """The logits of the asked pieces, of shape (batch, asked, labels). All arguments are int64.

        Args:
            pieces: the ids of the pieces, of shape (batch, length); 0 is padding.
            shapes: the shapes of the words of the pieces, of shape (batch, length).
            lists: the gazetteer's bits of the words, each as a sum, of shape (batch, length).
            asked: the indexes of the asked pieces, of shape (batch, asked). The first index of each
                row is 0, and further zeros are padding.
        """
        # ONNX has no operator that shifts the bits of signed integers.
        powers = torch.tensor([1 << n for n in range(len(LISTS))])
        bits = (torch.div(lists.unsqueeze(-1), powers, rounding_mode="floor") % 2).to(
            self.norm.weight.dtype
        )
        places = torch.arange(pieces.shape[1])
        states = (
            self.words(pieces) + self.positions(places) + self.shapes(shapes) + self.lists(bits)
        )
        states = functional.dropout(self.norm(states), self.drop, self.training)
        mask = (pieces != 0).to(torch.int32)
        own = (self._all if self.whole else self._some)(states, mask, asked)
        own = functional.dropout(own, self.drop, self.training)
        known = torch.gather(bits, 1, asked.unsqueeze(-1).expand(-1, -1, len(LISTS)))
        shape = self.head_shapes(torch.gather(shapes, 1, asked))
        return self.head(torch.cat([own, shape, known], -1))

    def _all(self, states: Tensor, mask: Tensor, asked: Tensor) -> Tensor:
        bias = None
        if self.relative_bias is not None:
            bias = self.relative_bias(_buckets(states.shape[1])).permute(2, 0, 1)
        for layer in self.layers:
            states = layer(states, states, mask, self.drop, bias)
        return torch.gather(states, 1, _rows(asked, states))

    def _some(self, states: Tensor, mask: Tensor, asked: Tensor) -> Tensor:
        beside = (states * mask.unsqueeze(-1)).transpose(1, 2)
        states = states + self.near(beside).transpose(1, 2)
        own = torch.gather(states, 1, _rows(asked, states))
        first = torch.ones_like(asked[:, :1])
        among = (torch.cat([first, asked[:, 1:]], 1) != 0).to(torch.int32)
        for number, layer in enumerate(self.layers):
            if number % 2:
                own = layer(own, own, among, self.drop)
            else:
                if number:
                    states = states.scatter(1, _rows(asked, own), own.to(states.dtype))
                own = layer(own, states, mask, self.drop)
        return own


def _rows(asked: Tensor, states: Tensor) -> Tensor:
    return asked.unsqueeze(-1).expand(-1, -1, states.shape[-1])


def _buckets(length: int) -> Tensor:
    """The bucket of the relative position of each pair of pieces, of shape (length, length).

    The second half of the buckets is for pieces that come after.
    """
    places = torch.arange(length)
    behind = places[None, :] - places[:, None]
    half = _BUCKETS // 2
    exact = half // 2
    away = behind.abs()
    wide = exact + (
        torch.log(away.clamp(min=1) / exact) / math.log(_FAR / exact) * (half - exact)
    ).to(torch.long)
    bucket = torch.where(away < exact, away, wide.clamp(max=half - 1))
    return bucket + (behind > 0) * half
