"""A number as a text gives it, and when two of them say the same."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

Kind = Literal[
    "count",
    "money",
    "percent",
    "points",
    "fold",
    "fraction",
    "ordinal",
    "year",
    "month",
    "day",
    "hour",
]

DIGITS: Final = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
YEARS: Final = range(1000, 2200)
ROUNDING: Final = 0.006  # relative; what news texts round away ("127 million" for 1.2728亿)


@dataclass(frozen=True, slots=True)
class Number:
    """A number that stands in a text.

    Attributes:
        value: what it says; of a percentage, its percent; of points, percentage points.
        kind: class of its unit.
        start: where it begins in the text, in characters.
        end: where it ends, unit included.
        step: worth of its last digit: 0.1 of "3.5", 10,000 of "7万".
        sure: false where it may be part of a word or name (一起, one, G20).
        others: further values it may have: 17 of "5 p.m.", 1990 of "90年代".
        currency: ISO 4217 code, if one is named.
    """

    value: float
    kind: Kind
    start: int
    end: int
    step: float = 1.0
    sure: bool = True
    others: tuple[float, ...] = ()
    currency: str = ""

    def readings(self, other: Kind = "count") -> tuple[float, ...]:
        """All values it may stand for when it is compared with a number of another kind."""
        if self.kind in {"percent", "points"}:
            # "30" alone may be short for 30 %; 25 basis points are never 25 %.
            bare = () if other in _RATIOS else (self.value,)
            return (self.value / 100, *bare, *self.others)
        if self.kind == "fold":  # 增长两倍 is threefold; "three times more" is read both ways
            return (self.value, self.value - 1, self.value + 1, *self.others)
        return (self.value, *self.others)


_RATIOS: Final = frozenset({"percent", "points", "fold", "fraction"})


def alike(one: Number, other: Number) -> bool:
    """Whether two numbers can say the same, each in its language."""
    if one.kind == other.kind and one.value == other.value:
        return True
    mine, theirs = one.readings(other.kind), other.readings(one.kind)
    return any(_close(this, that, one, other) for this in mine for that in theirs)


def _close(mine: float, theirs: float, one: Number, other: Number) -> bool:
    apart = abs(mine - theirs)
    size = max(abs(mine), abs(theirs))
    if apart <= size * 1e-9:
        return True
    step = max(_step(one), _step(other))
    return apart <= step * 0.5001 and apart <= size * ROUNDING


def _step(number: Number) -> float:
    return number.step / 100 if number.kind in {"percent", "points"} else number.step


def plain(digits: str) -> tuple[float, float]:
    """Value and step of digits with separators: (1234.5, 0.1) of "1,234.5"."""
    digits = digits.replace(",", "")
    decimals = len(digits.partition(".")[2])
    return float(digits), 10.0**-decimals


def rounded(value: float) -> float:
    """The value without the noise of multiplying binary fractions: 2.3 * 10000 is 23000."""
    return float(f"{value:.12g}")


def with_ranges(
    text: str, found: Iterable[tuple[Number, float]], to: re.Pattern[str]
) -> Iterator[Number]:
    """The numbers, the first of a range with the scale and unit of the second: 3 of "3至5万".

    Args:
        text: where they stand.
        found: each number with the last scale that it was multiplied by, 1 without one.
        to: what stands between the two of a range.
    """
    before: Number | None = None
    before_scale = 1.0
    for each, scale in found:
        number = each
        if before is not None:
            between = text[before.end : each.start]
            number = _same_century(before, each, between)
            if between == "/" and number.value:
                before = replace(before, others=(*before.others, before.value / number.value))
            elif before_scale == 1 and before.kind in {"count", "money"} and to.fullmatch(between):
                before = _shared(before, number, scale)
            yield before
        before, before_scale = number, scale
    if before is not None:
        yield before


def _shared(first: Number, second: Number, scale: float) -> Number:
    others = first.others
    if scale > 1:
        others = (*others, rounded(first.value * scale))
    if second.kind in {"percent", "points"}:
        others = (*others, first.value / 100)
    return replace(first, others=others)


def _same_century(first: Number, second: Number, between: str) -> Number:
    """The second year of 2019–20 as a year that may be 2020."""
    if between.strip() in {"-", "–"} and first.value in YEARS and second.value in range(10, 100):
        whole = first.value // 100 * 100 + second.value
        return replace(second, others=(*second.others, whole))
    return second


def with_prefix(number: Number, prefix: float) -> Number:
    """The number with its value in the bare unit as well: 30 of "30 MW" may be 30,000,000."""
    return replace(number, others=(*number.others, rounded(number.value * prefix)))


def in_name(text: str, start: int, end: int) -> bool:
    """Whether digits at this place belong to a name or version: G20, COVID-19, 5G, 3.11.2."""
    return (
        _NAME_BEFORE.search(text, max(0, start - 12), start) is not None
        or _NAME_AFTER.match(text, end) is not None
    )


_NAME_BEFORE: Final = re.compile(r"(?:[A-Za-z]|[A-Z][A-Za-z]*[-–]|\d\.)\Z")
_NAME_AFTER: Final = re.compile(r"[A-Z](?![a-zWVH])|\.\d|-[A-Z]")
