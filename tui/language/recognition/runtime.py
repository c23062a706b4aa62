"""onnxruntime, kept from telling its makers of its use: Dateline works without a network.

Some of its builds write events into the user's cache and send them. They look at this
variable once, while they are loaded.
"""

from __future__ import annotations

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime

__all__ = ["onnxruntime"]
