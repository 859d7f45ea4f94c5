"""What a reviewer must see before approving: one small class per check.

`run_checks(pair)` gives the findings on a segment and its translation. An error blocks approval,
a warning must be seen, info may be passed over. A new check goes into the module of its theme
and into `CHECKS`; docs/checks.md has a heading for it, and tests/checks a class that names pairs
on which it is silent and pairs on which it speaks.
"""

from collections.abc import Sequence
from typing import Final

from yibao.checks.copying import CopiedWords, HanInEnglish, Untranslated
from yibao.checks.empty import Empty, Truncated
from yibao.checks.finding import Check, Finding, SegmentPair, Severity
from yibao.checks.fluency import DoubledWord, NoEnding, Repetition
from yibao.checks.length import Length
from yibao.checks.links import Handles, Links, Versions
from yibao.checks.numbers import Currency, NumberAdded, NumberMagnitude, NumberMissing
from yibao.checks.punctuation import Brackets, Typography
from yibao.checks.terms import TermForbidden, TermMissed, TermSpliced

__all__ = ["CHECKS", "Check", "Finding", "SegmentPair", "Severity", "run_checks"]

CHECKS: Final[tuple[Check, ...]] = (
    Empty(),
    Truncated(),
    Untranslated(),
    NumberMagnitude(),
    TermMissed(),
    TermForbidden(),
    Links(),
    NumberMissing(),
    NumberAdded(),
    Currency(),
    TermSpliced(),
    HanInEnglish(),
    CopiedWords(),
    Length(),
    Repetition(),
    DoubledWord(),
    NoEnding(),
    Brackets(),
    Handles(),
    Versions(),
    Typography(),
)
_ORDER: Final[dict[Severity, int]] = {"error": 0, "warning": 1, "info": 2}


def run_checks(pair: SegmentPair, checks: Sequence[Check] = CHECKS) -> tuple[Finding, ...]:
    """All findings on a pair, errors first.

    An empty translation has only that one finding: all others would follow from it.
    """
    if not pair.target.strip():
        checks = [check for check in checks if isinstance(check, Empty)]
    found = [finding for check in checks for finding in check.findings(pair)]
    return tuple(sorted(found, key=lambda finding: _ORDER[finding.severity]))
