"""Which words of a target sentence stand for which of its source, read from attention."""

from dataclasses import dataclass
from typing import Protocol

from yibao.glossary import Span

_SHARE = 0.5  # of the strongest piece's attention, that its neighbours need to belong to it


class Alignment(Protocol):
    """Finds the target words for a span of the source sentence."""

    def locate(self, start: int, end: int) -> Span | None:
        """Where source characters `start` to `end` went in the target; None if nobody knows."""


@dataclass(frozen=True, slots=True)
class Attention:
    """An alignment by attention.

    Attributes:
        source: span of each source piece in the source text.
        target: span of each target piece in the target text.
        weights: a row for each target piece: its attention to each source piece.
    """

    source: tuple[Span, ...]
    target: tuple[Span, ...]
    weights: tuple[tuple[float, ...], ...]

    def locate(self, start: int, end: int) -> Span | None:
        """The run of target pieces around the one that looks hardest at the source span."""
        columns = [i for i, span in enumerate(self.source) if span.start < end and span.end > start]
        if not columns or not self.weights:
            return None
        looks = [sum(row[i] for i in columns) for row in self.weights]
        # Marks and markers attract attention that means nothing.
        looks = [
            look if span.end > span.start else 0.0
            for look, span in zip(looks, self.target, strict=True)
        ]
        peak = max(range(len(looks)), key=looks.__getitem__)
        if looks[peak] <= 0:
            return None
        first = last = peak
        while first > 0 and looks[first - 1] >= _SHARE * looks[peak]:
            first -= 1
        while last + 1 < len(looks) and looks[last + 1] >= _SHARE * looks[peak]:
            last += 1
        return Span(self.target[first].start, self.target[last].end)


@dataclass(frozen=True, slots=True)
class Through:
    """An alignment by way of a third language."""

    first: Alignment
    second: Alignment

    def locate(self, start: int, end: int) -> Span | None:
        """Where the source span went on the second leg, after the first."""
        middle = self.first.locate(start, end)
        return self.second.locate(*middle) if middle else None
