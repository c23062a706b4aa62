"""WordPiece over the uncased vocabulary of BERT (Wu et al. 2016; Devlin et al. 2019).

Text is normalised as BERT does: control characters go, CJK ideographs are words of their own,
accents are stripped, and every character is put in lower case by itself.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable

UNKNOWN, CLS, SEP = "[UNK]", "[CLS]", "[SEP]"
_CONTINUES = "##"
# Longer words are unknown, as in BERT.
_LONGEST_WORD = 100
_CJK = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F), (0x2B920, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip
_ASCII_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


class WordPiece:
    """Cuts words into the pieces of a vocabulary.

    Args:
        vocabulary: the pieces; the number of each is its id.
    """

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self.vocabulary = tuple(vocabulary)
        self._ids = {piece: number for number, piece in enumerate(self.vocabulary)}

    @classmethod
    def from_lines(cls, text: str) -> WordPiece:
        """A vocabulary of one piece a line."""
        return cls(text.removesuffix("\n").split("\n"))

    @classmethod
    def from_tokenizer(cls, text: str) -> WordPiece:
        """The vocabulary in a `tokenizer.json` of Hugging Face."""
        ids: dict[str, int] = json.loads(text)["model"]["vocab"]
        return cls(sorted(ids, key=ids.__getitem__))

    def id(self, piece: str) -> int:
        """The id of a piece.

        Raises:
            KeyError: if it is not in the vocabulary.
        """
        return self._ids[piece]

    def encode(self, word: str) -> list[int]:
        """The ids of the pieces of a word; a part that has no pieces is the unknown one."""
        if word.isascii() and word.isalnum():
            return self._pieces(word.lower())
        return [piece for part in _parts(_normalised(word)) for piece in self._pieces(part)]

    def _pieces(self, word: str) -> list[int]:
        """The longest piece at the start, then the longest one that continues it, and so on."""
        if len(word) > _LONGEST_WORD:
            return [self._ids[UNKNOWN]]
        found: list[int] = []
        start, prefix = 0, ""
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = self._ids.get(prefix + word[start:end])
                if piece is not None:
                    break
            else:
                return [self._ids[UNKNOWN]]
            found.append(piece)
            start, prefix = end, _CONTINUES
        return found


def _normalised(text: str) -> str:
    characters: list[str] = []
    for char in text:
        category = unicodedata.category(char)
        if char in "\t\n\r" or category == "Zs":
            characters.append(" ")
        elif char == "\ufffd" or category in ("Cc", "Cf", "Co"):
            continue
        elif any(first <= ord(char) <= last for first, last in _CJK):
            characters.append(f" {char} ")
        else:
            characters.append(char)
    decomposed = unicodedata.normalize("NFD", "".join(characters))
    # One by one: `str.lower` of a whole word puts a final sigma.
    return "".join(char.lower() for char in decomposed if unicodedata.category(char) != "Mn")


def _parts(text: str) -> Iterable[str]:
    """The runs of a text between white space, each sign of punctuation by itself."""
    part = ""
    for char in text:
        if char.isspace():
            if part:
                yield part
            part = ""
        elif char in _ASCII_PUNCTUATION or unicodedata.category(char).startswith("P"):
            if part:
                yield part
            part = ""
            yield char
        else:
            part += char
    if part:
        yield part
