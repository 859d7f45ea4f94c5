"""A package's tokenizer: text to pieces and back, and where each piece stands in the text.

Encoding is argostranslate's own. Decoding of SentencePiece is not: argostranslate turns every
underscore into a space, which breaks addresses and @names.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from yibao.glossary import Span

_SPACE = "▁"
_BYTE = re.compile(r"<0x[0-9A-F]{2}>")
_WITHIN = 24  # characters to look ahead for a piece, past what the tokenizer left out


class Tokenizer:
    """Pieces of a package, SentencePiece or BPE."""

    def __init__(self, argos_tokenizer: Any) -> None:
        self._argos = argos_tokenizer
        self._sentencepiece = hasattr(argos_tokenizer, "lazy_processor")

    def encode(self, text: str) -> list[str]:
        """The pieces of a text."""
        pieces: list[str] = self._argos.encode(text)
        return pieces

    def decode(self, pieces: Sequence[str]) -> str:
        """The text of pieces; bytes that make no character are left out."""
        if not self._sentencepiece:
            return str(self._argos.decode(list(pieces)))
        text: str = self._argos.lazy_processor().decode_pieces(list(pieces))
        return text.replace(_SPACE, " ").replace("\ufffd", "").strip()


def spans(text: str, pieces: Sequence[str]) -> tuple[Span, ...]:
    """Where each piece stands in the text, in characters; bytes and markers are empty spans.

    Tokenizers normalise (NFKC, spaces), so that pieces are looked for in order in the normalised
    text; a piece that is not found where it should be gets an empty span there.
    """
    normal, places = _normalised(text)
    found: list[Span] = []
    cursor = 0
    for piece in pieces:
        surface = piece.removesuffix("@@").replace(_SPACE, " ").strip()
        start = -1
        if surface and not _BYTE.fullmatch(piece):
            start = normal.find(surface, cursor, cursor + _WITHIN + len(surface))
        if start < 0:
            found.append(Span(places[cursor], places[cursor]))
        else:
            cursor = start + len(surface)
            found.append(Span(places[start], places[cursor - 1] + 1))
    return tuple(found)


def _normalised(text: str) -> tuple[str, list[int]]:
    """The text in NFKC, and for each of its characters, and its end, the place in the text."""
    normal, places = "", []
    for place, char in enumerate(text):
        folded = unicodedata.normalize("NFKC", char)
        normal += folded
        places += [place] * len(folded)
    return normal, [*places, len(text)]
