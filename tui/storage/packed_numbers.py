"""Arrays of 64-bit integers as bytes, little-endian whatever the machine."""

from __future__ import annotations

import sys
from array import array


def pack(numbers: array[int]) -> bytes:
    """The bytes of an array of type "q"."""
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()


def unpack(data: bytes) -> array[int]:
    """The array of type "q" that `pack` turned into bytes."""
    numbers = array("q")
    numbers.frombytes(data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
