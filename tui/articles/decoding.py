"""Decodes the bytes of a file to text, or reports that they are not text."""

from __future__ import annotations


class NotText(ValueError):  # noqa: N818 - it names what the bytes are, as `FileNotFoundError` does
    """The bytes are not text (a picture, an archive, a program)."""


def decode(data: bytes) -> tuple[str, str]:
    """The text of some bytes, and a warning ("" if there is none).

    UTF-16 and UTF-32 are recognised by their byte order marks; all other bytes are decoded as UTF-8
    if they are valid. If not, bytes that are mostly UTF-8 get U+FFFD in place of the invalid ones;
    anything else is decoded as Windows-1252, the superset of Latin-1 in which such files usually
    are.

    Raises:
        NotText: if there is a NUL byte, or too many control characters for a text.
    """
    for mark, name in (
        (b"\xff\xfe\x00\x00", "utf-32"),
        (b"\x00\x00\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(name, errors="replace"), ""
    if b"\x00" in data[:65536]:
        raise NotText("a binary file")
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = sum(1 for char in text if char > "\x7f") - bad
    if good > bad:
        return text, f"{bad} bad bytes shown as \ufffd"
    western = data.decode("cp1252", errors="replace")
    odd = sum(1 for char in western[:65536] if char < " " and char not in "\t\n\r\x0b\x0c\x1b")
    if odd * 10 > len(western[:65536]):
        raise NotText("a binary file")
    return western, "not UTF-8: read as Windows-1252"
