"""What a reviewer must see before approving: one small class per check.

`run_checks(pair)` gives the findings on a segment and its translation. An error blocks approval,
a warning must be seen, info may be passed over. A new check goes into the module of its theme
and into `CHECKS`; docs/checks.md has a heading for it, and tests/checks a class that names pairs
on which it is silent and pairs on which it speaks.
"""

from collections.abc import Sequence

from yibao.checks.empty import EmptyTarget
from yibao.checks.finding import Check, Finding, SegmentPair, Severity

__all__ = ["CHECKS", "Check", "Finding", "SegmentPair", "Severity", "run_checks"]

CHECKS: tuple[Check, ...] = (EmptyTarget(),)


def run_checks(pair: SegmentPair, checks: Sequence[Check] = CHECKS) -> tuple[Finding, ...]:
    """All findings on a pair, errors first.

    An empty target has only that one finding: all others would follow from it.
    """
    if not pair.target.strip():
        checks = tuple(check for check in checks if isinstance(check, EmptyTarget))
    found = [finding for check in checks for finding in check.findings(pair)]
    return tuple(sorted(found, key=lambda finding: _ORDER[finding.severity]))


_ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}
