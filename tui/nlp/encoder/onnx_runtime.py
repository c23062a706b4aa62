"""onnxruntime with its telemetry switched off: Dateline works without a network.

Some builds write events into the user's cache folder and send them. They read the variable once,
while they are loaded.
"""

from __future__ import annotations

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime

__all__ = ["onnxruntime"]
