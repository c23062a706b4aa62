"""Makes text safe to display in a terminal, by replacing or removing control characters."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

_SHOWN = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
_SHOWN |= dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
for _kept in (0x09, 0x0A):
    del _SHOWN[_kept]
# Bidirectional embeddings, overrides and isolates could reorder the text around them on the screen;
# the directional marks (U+200E and U+200F) could not, so they are not removed.
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


def safe(text: str) -> str:
    """The text in NFC, with a visible symbol for each control character (U+2400 and following).

    Line ends become `\\n`, tabs and no-break spaces become a space, and C1 control characters and
    surrogates become U+FFFD. Characters that only control the direction or the breaking of lines
    are removed.
    """
    if "\r" in text or "\x0b" in text or "\x0c" in text:
        text = _LINE_ENDS.sub("\n", text)
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    # No unsafe character is printable, and `isprintable` takes a tenth of the time of the search.
    if not text.replace("\n", "").isprintable() and _UNSAFE.search(text):
        text = text.translate(_TABLE)
        text = re.sub("[\ud800-\udfff]", "\ufffd", text)
    return text


def safe_line(text: str) -> str:
    """The safe text on one line, with a single space for each run of white space."""
    return " ".join(safe(text).split())


def safe_field(data: dict[str, Any], name: str, *, strip: bool = True) -> str:
    """A field of an external record as safe text, "" if it is missing or not text."""
    value = data.get(name)
    if not isinstance(value, str):
        return ""
    value = safe(value)
    return value.strip() if strip else value
