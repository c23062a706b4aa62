"""Terms and vectors as the bytes that the cache holds."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping

_SCALE = 1_000_000


def pack(terms: Iterable[int]) -> bytes:
    """Terms as bytes, in the order given."""
    return array("I", terms).tobytes()


def unpack(data: bytes) -> tuple[int, ...]:
    """The terms that `pack` has packed."""
    terms = array("I")
    terms.frombytes(data)
    return tuple(terms)


def pack_vector(vector: Mapping[int, float]) -> bytes:
    """A vector as bytes, its values rounded to millionths."""
    return pack(
        number for term, value in vector.items() for number in (term, round(value * _SCALE))
    )


def unpack_vector(data: bytes) -> dict[int, float]:
    """The vector that `pack_vector` has packed."""
    numbers = unpack(data)
    return {t: v / _SCALE for t, v in zip(numbers[::2], numbers[1::2], strict=True)}
