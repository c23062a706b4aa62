"""The encoder: the first layers of a MiniLM (Wang et al. 2020), with case and lists put back in.

The vocabulary is uncased, so a word's shape enters as its token type (every row begins as type 0:
at the start the network is the pretrained one), and what the lists know of it as a sum of rows that
begin at zero. Both reach the head once more.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from tui.language.labels import LABELS
from tui.language.words import LISTS, SHAPES

WIDTH = 384
_HEADS = 12
_INNER = 1536
_SIDE = 16
# How many pieces a word's surroundings are, itself among them.
_NEAR = 5


class Layer(nn.Module):
    """A transformer layer as in BERT (Devlin et al. 2019): norms behind the sums."""

    def __init__(self) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key = nn.Linear(WIDTH, WIDTH)
        self.value = nn.Linear(WIDTH, WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, _INNER)
        self.down = nn.Linear(_INNER, WIDTH)
        self.last = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, own: Tensor, states: Tensor, mask: Tensor, drop: float) -> Tensor:
        """`own` (batch, asked, WIDTH) anew, having looked at `states` (batch, length, WIDTH) where
        `mask` (batch, length) is 1."""
        mixed = _attention(self.query(own), self.key(states), self.value(states), mask)
        own = self.norm(own + functional.dropout(self.out(mixed), drop, self.training))
        fed = self.down(functional.gelu(self.up(own)))
        return self.last(own + functional.dropout(fed, drop, self.training))


class _Fused(torch.autograd.Function):
    """Attention as the one operator that onnxruntime has for it, in an exported graph."""

    @staticmethod
    def forward(ctx: object, query: Tensor, key: Tensor, value: Tensor, mask: Tensor) -> Tensor:
        return _plain(query, key, value, mask)

    @staticmethod
    def symbolic(graph: Any, query: Any, key: Any, value: Any, mask: Any) -> Any:
        bias = graph.op("prim::Constant")
        bias.setType(torch._C.OptionalType.ofTensor())
        name = "com.microsoft::MultiHeadAttention"
        found = graph.op(name, query, key, value, bias, mask, num_heads_i=_HEADS)
        found.setType(query.type())
        return found


def _attention(query: Tensor, key: Tensor, value: Tensor, mask: Tensor) -> Tensor:
    attend = _Fused.apply if torch.onnx.is_in_onnx_export() else _plain
    return attend(query, key, value, mask)


def _plain(query: Tensor, key: Tensor, value: Tensor, mask: Tensor) -> Tensor:
    split = [
        t.view(t.shape[0], t.shape[1], _HEADS, WIDTH // _HEADS).transpose(1, 2)
        for t in (query, key, value)
    ]
    seen = (mask != 0)[:, None, None, :]
    mixed = functional.scaled_dot_product_attention(*split, attn_mask=seen)
    return mixed.transpose(1, 2).reshape(query.shape)


class Encoder(nn.Module):
    """Word pieces with their shapes and lists to logits over LABELS, for the pieces asked of.

    Most words of an article can be no name and need no answer. A `whole` encoder passes them
    through all of its layers nevertheless. Another takes only the asked ones through: in the even
    layers they look at all words, in the odd ones at each other. What is not asked of stays as
    embedded, but for a convolution that tells each piece what stands beside it.
    """

    def __init__(self, layers: int, whole: bool = False) -> None:
        super().__init__()
        self.whole = whole
        self.words = nn.Embedding(30522, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.shapes = nn.Embedding(SHAPES, WIDTH)
        self.lists = nn.Linear(len(LISTS), WIDTH, bias=False)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.head_shapes = nn.Embedding(SHAPES, _SIDE)
        self.head = nn.Linear(WIDTH + _SIDE + len(LISTS), len(LABELS))
        self.drop = 0.1
        if not whole:
            self.near = nn.Conv1d(WIDTH, WIDTH, _NEAR, padding=_NEAR // 2, groups=WIDTH)
            nn.init.zeros_(self.near.weight)
            assert self.near.bias is not None
            nn.init.zeros_(self.near.bias)

    def forward(self, pieces: Tensor, shapes: Tensor, lists: Tensor, asked: Tensor) -> Tensor:
        """All int64: three of batch, length (`lists` as a sum of bits; piece 0 is padding), and the
        places asked of, batch by any number, filled up with place 0, which is the first of each."""
        # Shifts have no ONNX operator for signed numbers.
        powers = torch.tensor([1 << n for n in range(len(LISTS))])
        bits = (torch.div(lists.unsqueeze(-1), powers, rounding_mode="floor") % 2).to(
            self.norm.weight.dtype
        )
        places = torch.arange(pieces.shape[1])
        states = self.words(pieces) + self.places(places) + self.shapes(shapes) + self.lists(bits)
        states = functional.dropout(self.norm(states), self.drop, self.training)
        mask = (pieces != 0).to(torch.int32)
        own = (self._all if self.whole else self._some)(states, mask, asked)
        own = functional.dropout(own, self.drop, self.training)
        known = torch.gather(bits, 1, asked.unsqueeze(-1).expand(-1, -1, len(LISTS)))
        shape = self.head_shapes(torch.gather(shapes, 1, asked))
        return self.head(torch.cat([own, shape, known], -1))

    def _all(self, states: Tensor, mask: Tensor, asked: Tensor) -> Tensor:
        for layer in self.layers:
            states = layer(states, states, mask, self.drop)
        return torch.gather(states, 1, _rows(asked))

    def _some(self, states: Tensor, mask: Tensor, asked: Tensor) -> Tensor:
        beside = (states * mask.unsqueeze(-1)).transpose(1, 2)
        states = states + self.near(beside).transpose(1, 2)
        own = torch.gather(states, 1, _rows(asked))
        first = torch.ones_like(asked[:, :1])
        among = (torch.cat([first, asked[:, 1:]], 1) != 0).to(torch.int32)
        for number, layer in enumerate(self.layers):
            if number % 2:
                own = layer(own, own, among, self.drop)
            else:
                if number:
                    states = states.scatter(1, _rows(asked), own)
                own = layer(own, states, mask, self.drop)
        return own


def _rows(asked: Tensor) -> Tensor:
    return asked.unsqueeze(-1).expand(-1, -1, WIDTH)


def pretrained(weights: Path, layers: int) -> Encoder:
    """An encoder that reads every word in each layer, and begins as the first layers of a BERT in
    `weights` (safetensors)."""
    tensors = {name.removeprefix("bert."): t for name, t in load_file(weights).items()}
    encoder = Encoder(layers, whole=True)
    encoder.words.weight.data = tensors["embeddings.word_embeddings.weight"]
    encoder.places.weight.data = tensors["embeddings.position_embeddings.weight"]
    types = tensors["embeddings.token_type_embeddings.weight"]
    encoder.shapes.weight.data = types[:1].repeat(SHAPES, 1).clone()
    nn.init.zeros_(encoder.lists.weight)
    _take(encoder.norm, tensors, "embeddings.LayerNorm")
    for number, layer in enumerate(encoder.layers):
        assert isinstance(layer, Layer)
        stem = f"encoder.layer.{number}"
        _take(layer.query, tensors, f"{stem}.attention.self.query")
        _take(layer.key, tensors, f"{stem}.attention.self.key")
        _take(layer.value, tensors, f"{stem}.attention.self.value")
        _take(layer.out, tensors, f"{stem}.attention.output.dense")
        _take(layer.norm, tensors, f"{stem}.attention.output.LayerNorm")
        _take(layer.up, tensors, f"{stem}.intermediate.dense")
        _take(layer.down, tensors, f"{stem}.output.dense")
        _take(layer.last, tensors, f"{stem}.output.LayerNorm")
    encoder.words.weight.requires_grad = False
    encoder.places.weight.requires_grad = False
    return encoder


def _take(module: nn.Module, tensors: dict[str, Tensor], stem: str) -> None:
    module.weight.data = tensors[f"{stem}.weight"]
    module.bias.data = tensors[f"{stem}.bias"]
