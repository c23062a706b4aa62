"""A trained encoder as the files that the package ships."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import onnx
import torch

import tui.language.recognition.runtime  # noqa: F401
from tui.language.training.network import Encoder


def export(encoder: Encoder, tokenizer: Path, folder: Path) -> int:
    """Write names.onnx (int8), its digest and the tokenizer into a folder; the model's bytes."""
    # Only behind the quiet import: a part of a package loads the whole.
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "names.onnx"
    with tempfile.TemporaryDirectory() as scratch:
        plain, prepared = Path(scratch, "plain.onnx"), Path(scratch, "prepared.onnx")
        example = torch.ones(2, 16, dtype=torch.long)
        asked = torch.arange(5).repeat(2, 1)
        axes = {name: {0: "batch", 1: "length"} for name in ("pieces", "shapes", "lists")}
        axes |= {name: {0: "batch", 1: "asked"} for name in ("asked", "names")}
        torch.onnx.export(
            encoder.eval(),
            (example, example, example, asked),
            str(plain),
            input_names=["pieces", "shapes", "lists", "asked"],
            output_names=["names"],
            dynamic_axes=axes,
            opset_version=17,
            custom_opsets={"com.microsoft": 1},
            dynamo=False,
        )
        quant_pre_process(str(plain), str(prepared), skip_symbolic_shape=True)
        # Without VNNI, u8s8 products of full range can saturate; seven bits cannot.
        quantize_dynamic(
            str(prepared),
            str(target),
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        )
    onnx.checker.check_model(str(target))
    content = target.read_bytes()
    (folder / "names.sha256").write_text(hashlib.sha256(content).hexdigest() + "\n")
    (folder / "tokenizer.json").write_bytes(tokenizer.read_bytes())
    return len(content)
