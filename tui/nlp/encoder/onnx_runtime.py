"""onnxruntime with its telemetry switched off: Dateline works without a network.

Some builds write events into the user's cache folder and send them. They read the variable once,
while they are loaded.
"""

from __future__ import annotations

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime

# The fused kernel takes longer on a processor than the sum and the norm that it stands for: without
# it a model runs in seven eighths of the time.
_NOT_USED = ("SkipLayerNormFusion",)

__all__ = ["onnxruntime", "open_session"]


def open_session(model: bytes) -> onnxruntime.InferenceSession:
    """A session that runs a model on one thread of the processor.

    Raises:
        RuntimeError: if it cannot be run here.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        model, options, providers=["CPUExecutionProvider"], disabled_optimizers=_NOT_USED
    )
