"""Whether there is a translation at all."""

from collections.abc import Iterator

from yibao.checks.finding import Check, Finding, SegmentPair


class EmptyTarget(Check):
    """Nothing, or nothing but white space, stands where the translation should be."""

    id = "empty"
    name = "Empty translation"
    description = "The segment has a source text but no translation."
    severity = "error"

    def findings(self, pair: SegmentPair) -> Iterator[Finding]:
        if pair.source.strip() and not pair.target.strip():
            yield self.finding("There is no translation.")
