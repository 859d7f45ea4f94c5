"""Text as terms are compared: width, case, hyphens and spaces evened out, offsets kept.

Folding is for finding only; every span that is handed on counts characters of the text as it
was given.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from yibao.glossary.terms import Span

HYPHENS = "-\u2010\u2011\u2012\u2013\u2212"
APOSTROPHES = "\u2018\u2019\u02bc"
# Soft hyphen, zero-width spaces and joiners, directional marks, byte-order mark.
INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufeff"
# Scripts written without spaces: radicals, kana, Han in and beyond the basic plane, Hangul.
UNSPACED = "\u2e80-\u2fff\u3005-\u3007\u3040-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"

_UNEVEN = re.compile(f"[{INVISIBLE}\u0300-\u036f]")
_UNSPACED = re.compile(f"[{UNSPACED}]")
_IDLE_SPACE = re.compile(
    rf"(?<= ) |(?<=[{UNSPACED}]) (?=[^\W{UNSPACED}])|(?<=[^\W{UNSPACED}]) (?=[{UNSPACED}])"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text, folded.

    Attributes:
        cased: folded, but with the text's own capitals; as long as `lower`.
        lower: folded.
        starts: of every folded character: where what it stands for begins in the text.
        ends: of every folded character: where that ends.
    """

    cased: str
    lower: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """The text's own span for folded characters from `start` to `end`, exclusive."""
        return Span(self.starts[start], self.ends[end - 1])

    def bounded(self, start: int, end: int) -> bool:
        """Whether a form may stand here: no letter or digit goes on over its edges.

        Han and kana have no word boundaries, so next to them anything may stand.
        """
        text = self.lower
        if start and is_word(text[start]) and is_word(text[start - 1]):
            return False
        if end == len(text) or not is_word(text[end - 1]):
            return True
        goes_on = text[end : end + 2]
        if is_word(goes_on[0]):
            return False
        decimal = text[end - 1].isdigit() and goes_on[0] == "." and goes_on[1:].isdigit()
        return not decimal


@lru_cache(maxsize=512)
def fold(text: str) -> Folded:
    """Fold a text: NFKC, lower case, hyphens as spaces, no needless spaces.

    Spaces between Han and Latin are a habit of typography and are dropped; so are invisible
    characters.
    """
    cased = text.translate(_TABLE)
    starts: Sequence[int] = range(len(text))
    ends: Sequence[int] = range(1, len(text) + 1)
    if len(cased) != len(text) or _UNEVEN.search(text):
        cased, starts, ends = _by_cluster(text)
    idle = {found.start() for found in _IDLE_SPACE.finditer(cased)}
    if idle:
        kept = [index for index in range(len(cased)) if index not in idle]
        cased = "".join(cased[index] for index in kept)
        starts = [starts[index] for index in kept]
        ends = [ends[index] for index in kept]
    return Folded(cased, _lower(cased), starts, ends)


def is_word(char: str) -> bool:
    """Whether a character is a letter or digit of a script that separates words."""
    return (char.isalnum() or char == "_") and not _UNSPACED.match(char)


class _FoldTable(dict[int, str]):
    """For `str.translate`: a character to its folded, cased self, found out when first met."""

    def __missing__(self, point: int) -> str:
        folded = _evened(chr(point))
        self[point] = folded
        return folded


def _evened(cluster: str) -> str:
    text = unicodedata.normalize("NFKC", re.sub(f"[{INVISIBLE}]", "", cluster))
    for hyphen in HYPHENS:
        text = text.replace(hyphen, " ")
    for apostrophe in APOSTROPHES:
        text = text.replace(apostrophe, "'")
    return re.sub(r"\s", " ", text)


_TABLE = _FoldTable()


def _lower(text: str) -> str:
    """Lower case, as long as the text: the few letters that would grow stay as they are."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(each.lower() if len(each.lower()) == 1 else each for each in text)


def _by_cluster(text: str) -> tuple[str, list[int], list[int]]:
    """Fold where characters join, grow or vanish; a letter and its accents stay together."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for found in re.finditer(r"(?s).[\u0300-\u036f]*", text):
        part = _evened(found.group())
        parts.append(part)
        starts += [found.start()] * len(part)
        ends += [found.end()] * len(part)
    return "".join(parts), starts, ends
