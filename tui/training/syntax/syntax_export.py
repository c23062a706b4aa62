"""Exports a trained syntax encoder as the files that the package ships."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import onnx
import torch

import tui.nlp.encoder.onnx_runtime  # noqa: F401
from tui.nlp.encoder.wordpiece import WordPiece
from tui.training.syntax.syntax_network import SyntaxEncoder


def export(encoder: SyntaxEncoder, wordpiece: WordPiece, folder: Path) -> int:
    """Write syntax.onnx (int8), syntax.sha256 and vocabulary.txt into a folder.

    Returns:
        the size of the model in bytes.
    """
    # These imports load onnxruntime, so its telemetry must be switched off before (`onnx_runtime`).
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "syntax.onnx"
    inputs, outputs = ["pieces", "shapes", "firsts"], ["heads", "relations", "tags", "events"]
    with tempfile.TemporaryDirectory() as scratch:
        plain, prepared = Path(scratch, "plain.onnx"), Path(scratch, "prepared.onnx")
        example = torch.ones(2, 16, dtype=torch.long)
        firsts = torch.arange(5).repeat(2, 1)
        axes = {name: {0: "batch", 1: "length"} for name in ("pieces", "shapes")}
        axes |= {name: {0: "batch", 1: "words"} for name in ("firsts", "tags", "events")}
        axes |= {name: {0: "batch", 1: "words", 2: "words"} for name in ("heads", "relations")}
        torch.onnx.export(
            encoder.eval(),
            (example, example, firsts),
            str(plain),
            input_names=inputs,
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=17,
            custom_opsets={"com.microsoft": 1},
            dynamo=False,
        )
        quant_pre_process(str(plain), str(prepared), skip_symbolic_shape=True)
        # Without VNNI, products of uint8 and int8 can saturate; with 7-bit weights they cannot.
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
    (folder / "syntax.sha256").write_text(hashlib.sha256(content).hexdigest() + "\n")
    lines = "\n".join(wordpiece.vocabulary) + "\n"
    (folder / "vocabulary.txt").write_text(lines, encoding="utf-8")
    return len(content)
