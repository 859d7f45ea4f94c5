"""What the test of a check fills in, and how pairs are written there."""

from typing import ClassVar

from yibao.checks import Check, SegmentPair


def zh_en(source, target, role="paragraph", **more):
    return SegmentPair(source, target, "zh", "en", role, **more)


def en_zh(source, target, role="paragraph", **more):
    return SegmentPair(source, target, "en", "zh", role, **more)


class CheckCases:
    """Base of the tests of one check.

    Attributes:
        check: the check under test.
        passing: pairs on which it is silent.
        failing: pairs on which it speaks, each with the texts that it marks in the target; None
            where a finding has no place.
    """

    check: ClassVar[Check]
    passing: ClassVar[tuple[SegmentPair, ...]]
    failing: ClassVar[tuple[tuple[SegmentPair, list[str | None]], ...]]

    def test_silent(self, passing):
        assert self.check.findings(passing) == ()

    def test_speaks(self, failing):
        pair, marked = failing
        found = self.check.findings(pair)
        places = [
            None if each.start is None else pair.target[each.start : each.end] for each in found
        ]
        assert places == marked, found
        for finding in found:
            assert (finding.check, finding.severity) == (self.check.id, self.check.severity)
            assert finding.message.endswith((".", "?"))
