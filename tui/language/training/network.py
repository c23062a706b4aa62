"""The encoder: the first layers of a MiniLM (Wang et al. 2020), with case and lists put back in.

The vocabulary is uncased, so a word's shape enters as its token type (every row begins as type 0:
at the start the network is the pretrained one), and what the lists know of it as a sum of rows that
begin at zero. Both reach the head once more.
"""

from __future__ import annotations

import math
from pathlib import Path

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


class Layer(nn.Module):
    """A transformer layer as in BERT (Devlin et al. 2019): norms behind the sums."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, _INNER)
        self.down = nn.Linear(_INNER, WIDTH)
        self.last = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, states: Tensor, bias: Tensor, drop: float) -> Tensor:
        """`states`: batch, length, WIDTH; `bias`: batch, 1, 1, length, added to the scores."""
        batch, length, _ = states.shape
        qkv = self.qkv(states).view(batch, length, 3, _HEADS, WIDTH // _HEADS)
        query, key, value = qkv.permute(2, 0, 3, 1, 4).unbind(0)
        scores = query @ key.transpose(-1, -2) / math.sqrt(WIDTH // _HEADS) + bias
        mixed = (scores.softmax(-1) @ value).transpose(1, 2).reshape(batch, length, WIDTH)
        mixed = functional.dropout(self.out(mixed), drop, self.training)
        states = self.norm(states + mixed)
        fed = self.down(functional.gelu(self.up(states)))
        return self.last(states + functional.dropout(fed, drop, self.training))


class Encoder(nn.Module):
    """Word pieces with their shapes and lists to logits over LABELS, for each piece."""

    def __init__(self, layers: int) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.shapes = nn.Embedding(SHAPES, WIDTH)
        self.lists = nn.Linear(len(LISTS), WIDTH, bias=False)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.head_shapes = nn.Embedding(SHAPES, _SIDE)
        self.head = nn.Linear(WIDTH + _SIDE + len(LISTS), len(LABELS))
        self.drop = 0.1

    def forward(self, pieces: Tensor, shapes: Tensor, lists: Tensor) -> Tensor:
        """All int64 of batch, length (`lists` as a sum of bits; piece 0 is padding)."""
        # Shifts have no ONNX operator for signed numbers.
        powers = torch.tensor([1 << n for n in range(len(LISTS))])
        bits = (torch.div(lists.unsqueeze(-1), powers, rounding_mode="floor") % 2).to(
            self.norm.weight.dtype
        )
        places = torch.arange(pieces.shape[1])
        states = self.words(pieces) + self.places(places) + self.shapes(shapes) + self.lists(bits)
        states = functional.dropout(self.norm(states), self.drop, self.training)
        bias = ((pieces == 0).to(states.dtype) * -1e4)[:, None, None, :]
        for layer in self.layers:
            states = layer(states, bias, self.drop)
        states = functional.dropout(states, self.drop, self.training)
        return self.head(torch.cat([states, self.head_shapes(shapes), bits], -1))


def pretrained(weights: Path, layers: int) -> Encoder:
    """An encoder that begins as the first layers of a BERT in `weights` (safetensors)."""
    tensors = {name.removeprefix("bert."): t for name, t in load_file(weights).items()}
    encoder = Encoder(layers)
    encoder.words.weight.data = tensors["embeddings.word_embeddings.weight"]
    encoder.places.weight.data = tensors["embeddings.position_embeddings.weight"]
    types = tensors["embeddings.token_type_embeddings.weight"]
    encoder.shapes.weight.data = types[:1].repeat(SHAPES, 1).clone()
    nn.init.zeros_(encoder.lists.weight)
    _take(encoder.norm, tensors, "embeddings.LayerNorm")
    for number, layer in enumerate(encoder.layers):
        assert isinstance(layer, Layer)
        stem = f"encoder.layer.{number}"
        for part in ("weight", "bias"):
            rows = [tensors[f"{stem}.attention.self.{n}.{part}"] for n in ("query", "key", "value")]
            getattr(layer.qkv, part).data = torch.cat(rows)
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
