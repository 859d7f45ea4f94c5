"""Whether the numbers of the source are in the translation, and no others."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from yibao.checks.finding import Check, Finding, SegmentPair
from yibao.text.numbers import READERS, Number, alike, numbers

LARGE = 10_000  # from here on Chinese counts in 万 and 亿, where magnitudes go wrong


@dataclass(frozen=True, slots=True)
class _Compared:
    """Numbers of the one side without a counterpart on the other.

    Attributes:
        shifted: pairs that differ by a power of ten.
        missing: of the source, not among `shifted`.
        added: of the target, not among `shifted`.
        money: pairs of one amount in two currencies.
    """

    shifted: tuple[tuple[Number, Number], ...]
    missing: tuple[Number, ...]
    added: tuple[Number, ...]
    money: tuple[tuple[Number, Number], ...]


def _compare(pair: SegmentPair) -> _Compared:
    return _compared(pair.source, pair.source_language, pair.target, pair.target_language)


@lru_cache(maxsize=64)  # four checks ask for the same pair in turn
def _compared(source: str, source_language: str, target: str, target_language: str) -> _Compared:
    if source_language not in READERS or target_language not in READERS:
        return _Compared((), (), (), ())
    given, found = numbers(source, source_language), numbers(target, target_language)
    missing = _without(given, found)
    added = [each for each in _without(found, given) if not _completes_date(each, given)]
    shifted = []
    for number in tuple(missing):
        other = next((each for each in added if _shifted(number, each)), None)
        if other is not None:
            missing.remove(number)
            added.remove(other)
            shifted.append((number, other))
    return _Compared(tuple(shifted), tuple(missing), tuple(added), _other_money(given, found))


def _without(mine: tuple[Number, ...], theirs: tuple[Number, ...]) -> list[Number]:
    """Those of mine that are surely numbers, worth missing, and like none of theirs."""
    return [
        number
        for number in mine
        if number.sure
        and not (number.kind == "count" and number.value in {0, 1})
        and not any(alike(number, n) for n in theirs)
    ]


def _completes_date(number: Number, given: tuple[Number, ...]) -> bool:
    """Whether it is a month beside a day that the source gives alone: 1日 as October 1."""
    return number.kind == "month" and any(each.kind == "day" for each in given)


def _shifted(one: Number, other: Number) -> bool:
    """Whether two amounts have the same digits and differ by a power of ten."""
    if {one.kind, other.kind} - {"count", "money"} or max(one.value, other.value) < LARGE:
        return False
    if min(one.value, other.value) <= 0:
        return False
    powers = math.log10(one.value / other.value)
    return round(powers) != 0 and abs(powers - round(powers)) < 1e-3  # noqa: PLR2004  # 0.2 %


def _other_money(
    given: tuple[Number, ...], found: tuple[Number, ...]
) -> tuple[tuple[Number, Number], ...]:
    """Amounts that are there, but in none of their renderings in the same currency."""
    money = []
    for number in given:
        if not number.currency:
            continue
        same = [each for each in found if each.kind == "money" and alike(number, each)]
        if same and all(each.currency not in {"", number.currency} for each in same):
            money.append((number, same[0]))
    return tuple(money)


def _said(text: str, number: Number) -> str:
    written = text[number.start : number.end].strip()
    value = f"{number.value:,.10g}"
    return f"“{written}”" if value in written else f"“{written}” ({value})"


class NumberMagnitude(Check):
    """A large number has the right digits and the wrong magnitude, as 530万 and 530 million."""

    id = "number-magnitude"
    name = "Wrong magnitude"
    description = "A large number of the source is off by a power of ten in the translation."
    severity = "error"

    def _find(self, pair: SegmentPair) -> Iterator[Finding]:
        for number, other in _compare(pair).shifted:
            yield self._finding(
                f"{_said(pair.source, number)} has become {_said(pair.target, other)}.",
                other.start,
                other.end,
            )


class NumberMissing(Check):
    """A number of the source has no equal in the translation, in whatever unit."""

    id = "number-missing"
    name = "Number missing"
    description = "A number of the source is not in the translation."
    severity = "error"

    def _find(self, pair: SegmentPair) -> Iterator[Finding]:
        for number in _compare(pair).missing:
            yield self._finding(f"{_said(pair.source, number)} is not in the translation.")


class NumberAdded(Check):
    """A number of the translation has no equal in the source."""

    id = "number-added"
    name = "Number added"
    description = "A number of the translation is not in the source."
    severity = "warning"

    def _find(self, pair: SegmentPair) -> Iterator[Finding]:
        for number in _compare(pair).added:
            said = _said(pair.target, number)
            yield self._finding(f"{said} is not in the source.", number.start, number.end)


class Currency(Check):
    """An amount is right, its currency is not, as 5亿元 and $500 million."""

    id = "currency"
    name = "Other currency"
    description = "An amount of the source stands in another currency in the translation."
    severity = "error"

    def _find(self, pair: SegmentPair) -> Iterator[Finding]:
        for number, other in _compare(pair).money:
            yield self._finding(
                f"{_said(pair.source, number)} is {number.currency}, "
                f"{_said(pair.target, other)} is {other.currency}.",
                other.start,
                other.end,
            )
