"""What changed between two versions of a text, in pieces that people can read.

Texts are compared by Han character, Latin word and whole number with its unit, so that "25" and
"0.25" differ as numbers and not by two characters.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

Operation = Literal["equal", "insert", "delete"]
_TOKEN: Final = re.compile(
    r"\d+(?:[.,:]\d+)*(?:[%％万亿]|个?百分点|个?基点)*"
    r"|[^\W\d_\u3005-\u3007\u3400-\u9fff\uf900-\ufaff]+(?:['’][^\W\d_]+)*"
    r"|\s+|.",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, came or went."""

    op: Operation
    text: str


def diff(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces of both texts in order; what went stands before what came in its place.

    The pieces that are not inserted make up `old`, those that are not deleted `new`.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    pieces: list[Piece] = []
    gone = come = ""
    for op, i, j, k, n in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        left, right = "".join(before[i:j]), "".join(after[k:n])
        if op == "equal" and not (left.isspace() and gone and come and j < len(before)):
            pieces += _changed(gone, come)
            pieces.append(Piece("equal", left))
            gone = come = ""
        else:  # a space between two changed words belongs to the change
            gone, come = gone + left, come + right
    pieces += _changed(gone, come)
    return tuple(pieces)


def _changed(gone: str, come: str) -> list[Piece]:
    pieces = [Piece("delete", gone), Piece("insert", come)]
    return [piece for piece in pieces if piece.text]
