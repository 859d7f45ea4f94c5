"""Whether there is a translation, and all of it."""

from collections.abc import Iterator

from yibao.checks.finding import Check, Finding, SegmentPair


class Empty(Check):
    """Nothing, or nothing but white space, stands where the translation should be."""

    id = "empty"
    name = "Empty translation"
    description = "The segment has a source text but no translation."
    severity = "error"

    def _find(self, pair: SegmentPair) -> Iterator[Finding]:
        if pair.source.strip() and not pair.target.strip():
            yield self._finding("There is no translation.")


class Truncated(Check):
    """The engine ran into its length limit, so that the end of the sentence is missing."""

    id = "truncated"
    name = "Draft cut off"
    description = "The engine stopped at its length limit before the sentence ended."
    severity = "error"

    def _find(self, pair: SegmentPair) -> Iterator[Finding]:
        if pair.truncated:
            yield self._finding("The engine stopped at its length limit: the end is missing.")
