"""Loops: what a weak model does when it loses the thread."""

from collections.abc import Sequence
from itertools import pairwise

LONGEST_LOOP = 8
"""Pieces in the longest phrase whose repetition is looked for."""

_LEAST = 24  # pieces; what is shorter is not judged by how many of them differ


def loops(pieces: Sequence[str]) -> bool:
    """Whether pieces go round in circles.

    They do if a phrase of up to `LONGEST_LOOP` pieces follows itself twice (a single piece:
    three times), or if in a text of some length fewer than a third of the pieces, or fewer than
    half of the pairs of pieces, differ. Digits and marks alone never count: 10000000 is no loop.
    """
    words = [each for each in (piece.strip("▁").casefold() for piece in pieces) if each]
    return any(_repeats(words, size) for size in range(1, LONGEST_LOOP + 1)) or _poor(words)


def _repeats(words: Sequence[str], size: int) -> bool:
    times = 4 if size == 1 else 3
    run = 0  # pieces in a row that equal the piece one phrase before
    for place in range(size, len(words)):
        run = run + 1 if words[place] == words[place - size] else 0
        if run == size * (times - 1) and _has_letter(words[place - size : place]):
            return True
    return False


def _poor(words: Sequence[str]) -> bool:
    lettered = [word for word in words if _has_letter([word])]
    if len(lettered) < _LEAST:
        return False
    pairs = set(pairwise(lettered))
    return len(set(lettered)) * 3 < len(lettered) or len(pairs) * 2 < len(lettered)


def _has_letter(words: Sequence[str]) -> bool:
    return any(char.isalpha() for word in words for char in word)
