"""Bytes to text that is safe to show: any bytes decode, no control character survives as one."""

from __future__ import annotations

import re
import unicodedata


class NotText(ValueError):  # noqa: N818 - it names what the bytes are, as `FileNotFoundError` does
    """The bytes are no text at all (a picture, an archive, a program)."""


_SHOWN = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
_SHOWN |= dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
for _kept in (0x09, 0x0A):
    del _SHOWN[_kept]
# Embeddings, overrides and isolates could reorder the screen around the text; the plain marks may.
_REMOVED = [0xFEFF, 0xAD, 0x200B, 0x2060, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_TABLE: dict[int, int | str | None] = {
    **_SHOWN,
    **dict.fromkeys(_REMOVED),
    0x09: " ",
    0xA0: " ",
    0x2028: "\n",
    0x2029: "\n\n",
    0x85: "\n",
}
_UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u200b\u2028-\u202e\u2060\u2066-\u2069\ufeff]|[\ud800-\udfff]"
)
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c]")


def decode(data: bytes) -> tuple[str, str]:
    """The text of some bytes and a warning ("" if none).

    UTF-8 first, UTF-16 and UTF-32 by their byte order mark. Where UTF-8 fails, what is mostly UTF-8
    keeps U+FFFD for its bad bytes; anything else is taken as Windows-1252, the superset of Latin-1
    that such files are in.

    Raises:
        NotText: if the bytes hold what no text has.
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


def safe(text: str) -> str:
    """Text in NFC whose control characters are shown, not obeyed (U+2400 and the following).

    Line ends become `\\n`, tabs and no-break spaces a space; characters that only steer the
    direction or the breaking of lines go.
    """
    if "\r" in text or "\x0b" in text or "\x0c" in text:
        text = _LINE_ENDS.sub("\n", text)
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    # `isprintable` knows nearly all that is unsafe and costs a tenth of looking for it.
    if not text.replace("\n", "").isprintable() and _UNSAFE.search(text):
        text = text.translate(_TABLE)
        text = re.sub("[\ud800-\udfff]", "\ufffd", text)
    return text


def safe_line(text: str) -> str:
    """`safe`, on one line, each run of white space one blank."""
    return " ".join(safe(text).split())
