"""Numbers of a Chinese text: digits, Han numerals, 万 and 亿, 成, 倍, 分之, dates."""
# ruff: noqa: PLR2004  # numbers are the subject

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from yibao.text.numerals import (
    DIGITS,
    YEARS,
    Kind,
    Number,
    in_name,
    plain,
    rounded,
    with_prefix,
    with_ranges,
)

_ONES: Final = {han: value for value, han in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS: Final = {"十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8, "兆": 1e12}
_PARTS: Final = {"百": 1e2, "千": 1e3, "万": 1e4}
_CURRENCIES: Final = {
    "人民币": "CNY", "元": "CNY", "美元": "USD", "美金": "USD", "欧元": "EUR", "英镑": "GBP",
    "日元": "JPY", "港元": "HKD", "港币": "HKD", "韩元": "KRW", "卢布": "RUB", "卢比": "INR",
    "澳元": "AUD", "加元": "CAD", "新元": "SGD", "瑞士法郎": "CHF",
}  # fmt: skip

_ONE: Final = "[零〇一二两三四五六七八九]"
# 千克, 兆瓦 and the like are units of their own; 百分 belongs to a percentage.
_SCALE: Final = (
    "(?:十|百(?![分帕])|千(?![米克瓦兆焦赫卡伏帕字])|万(?!分之)|亿|兆(?![瓦赫比字帕欧焦]))"
)
_RUN: Final = re.compile(
    rf"(?P<per>[百千万])分之|"
    rf"(?:{DIGITS}|{_ONE}+点{_ONE}+(?![分刻])|{_ONE}|{_SCALE})"
    rf"(?: ?[余多]?{_SCALE}|{_ONE}|(?<=[百千万亿]){DIGITS})*"
)
_TOKEN: Final = re.compile(rf"(?P<digits>{DIGITS})|(?P<decimal>{_ONE}+点{_ONE}+)|[^ 余多]")
_UNIT: Final = re.compile(
    r" ?[余多来]?(?:(?P<points>个?百分点)|(?P<basis>个?基点)|(?P<percent>[%％])|(?P<parts>分之)"
    r"|(?P<tenth>成(?P<hundredths>[一二三四五六七八九])?(?![为功立员果长绩效本都品分套型熟]))|(?P<off>折(?![叠射线断磨扣旧]))"
    r"|(?P<fold>倍)|(?P<twice>番)"
    r"|(?P<century>世纪(?: ?(?P<decade_of>[1-9]0|[一二三四五六七八九]十) ?年代)?)"
    r"|(?P<decade>年代)|(?P<year>年(?!级))|(?P<month>月)|(?P<day>[日号](?!线|楼))"
    r"|(?P<hour>(?:点|时(?![间代期尚装]))(?!儿))"
    r"|(?P<money>" + "|".join(sorted(_CURRENCIES, key=len, reverse=True)) + ")(?![件素旦])"
    r"|(?P<counted>[个名人家次岁天周项种台辆艘架座条份场篇吨米升队局胜](?![体性别类庭国月])"
    r"|公里|公斤|小时|分钟|季度|平方|立方|千瓦|千克|千米|英里|英尺))"
)
_PREFIXES: Final = {
    "千": 1e3, "兆": 1e6, "吉": 1e9, "太": 1e12, "厘": 1e-2, "毫": 1e-3, "微": 1e-6, "纳": 1e-9,
}  # fmt: skip
_PREFIXED: Final = re.compile(
    r" ?[余多]?(?:(?P<prefix>[千兆吉太厘毫微纳])(?=[瓦米克赫卡焦伏帕字比升欧])"
    r"|(?P<kilo>公[里斤])|(?P<ton>吨))"
)
_HALF_AFTER: Final = re.compile("(?:[天年倍]|个[月半]?|小时)半?(?<=半)")
_RATIO_UNITS: Final = frozenset({"points", "basis", "percent", "tenth", "off", "fold", "twice"})
_RANGE: Final = re.compile(r" ?(?:[-–—~～至到、或]|——) ?")
_VAGUE_BEFORE: Final = tuple("数几上好若")


def read(text: str) -> Iterator[Number]:
    """The numbers of a Chinese text with half-width digits, in order."""
    return with_ranges(text, _read(text), _RANGE)


def _read(text: str) -> Iterator[tuple[Number, float]]:
    before: _Value | None = None
    for value in _values(text):
        if before is not None and value.start == before.end + len("分之"):
            whole = replace(value, start=before.start, of=before.value, sure=True)
            yield _number(text, whole), value.scale
        elif not value.parts:
            yield _number(text, value), value.scale
        before = value if value.parts else None


@dataclass(frozen=True, slots=True)
class _Value:
    """What a run of numerals is worth, before its unit is known."""

    value: float
    step: float
    scale: float  # of its last 万, 亿 …
    start: int
    end: int
    sure: bool
    han: bool
    parts: bool = False  # followed by 分之
    of: float = 0.0  # the denominator before 分之
    others: tuple[float, ...] = ()


def _values(text: str) -> Iterator[_Value]:
    for run in _RUN.finditer(text):
        if run["per"]:
            yield _Value(
                _PARTS[run["per"]],
                1,
                1,
                run.start(),
                run.start() + 1,
                sure=True,
                han=True,
                parts=True,
            )
            continue
        for value in _evaluated(run[0], run.start()):
            parts = text.startswith("分之", value.end)
            yield replace(value, parts=parts, sure=value.sure and not _in_word(text, value))


def _in_word(text: str, value: _Value) -> bool:
    return (
        in_name(text, value.start, value.end)
        or text.endswith(_VAGUE_BEFORE, 0, value.start)
        or text.startswith("几", value.end)
    )


class _Sum:
    """A number under way, numeral by numeral."""

    def __init__(self, start: int) -> None:
        self.start = start
        self.total = self.section = 0.0
        self.current: float | None = None
        self.ones = 0  # Han digits in a row
        self.zero = False
        self.step = self.scale = self.unit = 1.0
        self.sure = self.han = True
        self.either: tuple[float, ...] = ()

    def add_one(self, value: int) -> bool:
        """Take a Han digit; False if it begins another number, as 五 does in 十四五."""
        if self.current is None:
            self.current, self.ones, self.zero = float(value), 1, value == 0
        elif self.zero or (self.ones and not (self.section or self.total)):
            self.current = self.current * 10 + value
            self.ones += 1
        else:
            return False
        self.step = 1.0
        return True

    def add_digits(self, value: float, step: float) -> bool:
        if self.current is not None:
            return False
        self.current, self.step, self.ones = value, step, 0
        return True

    def add_unit(self, unit: float) -> None:
        bare = self.current is None and not self.section and not self.total
        if bare and unit > 10:  # 数百
            self.sure = False
        self.either = tuple(each * unit for each in self._two_ones())
        if unit < 1e4:
            self.section += (1.0 if self.current is None else self.current) * unit
        else:
            part = self.section + (self.current or 0.0) or (0.0 if self.total else 1.0)
            # 3万亿 is 3万 times 亿, 1亿2000万 is a sum.
            self.total = (self.total + part) * unit if unit > 1e4 else self.total + part * unit
            self.section, self.scale = 0.0, self.scale * unit if not part else unit
        self.step = self.step * unit if not bare else unit
        self.current, self.ones, self.zero, self.unit = None, 0, False, unit

    def _two_ones(self) -> tuple[float, ...]:
        """3 and 4 of 三四 or 三四十, which is no number but two."""
        if self.ones != 2 or self.zero or self.current is None:
            return ()
        self.sure = False
        return (self.current // 10, self.current % 10)

    def done(self, end: int) -> _Value:
        either = self.either or self._two_ones()
        last = self.current or 0.0
        if self.unit >= 100 and last < 10 and self.ones == 1 and last:  # 三百五, 一万二
            last, self.step = last * self.unit / 10, self.unit / 10
        value = rounded(self.total + self.section + last)
        return _Value(
            value, self.step, self.scale, self.start, end, self.sure, self.han, others=either
        )


def _evaluated(run: str, offset: int) -> Iterator[_Value]:
    """The numbers of a run of numerals; more than one in 十四五."""
    under_way = _Sum(offset)
    for token in _TOKEN.finditer(run):
        place = offset + token.start()
        if token["digits"]:
            value, step = plain(token["digits"])
            fits = under_way.add_digits(value, step)
        elif token["decimal"]:
            value, step = _han_decimal(token["decimal"])
            fits = under_way.add_digits(value, step)
        elif token[0] in _ONES:
            value, step = _ONES[token[0]], 1.0
            fits = under_way.add_one(int(value))
        else:
            under_way.add_unit(_UNITS[token[0]])
            continue
        if not fits:
            yield under_way.done(place)
            under_way = _Sum(place)
            if token[0] in _ONES:
                under_way.add_one(int(value))
            else:
                under_way.add_digits(value, step)
        if place == under_way.start:
            under_way.han = not token["digits"]
    yield under_way.done(offset + len(run))


def _han_decimal(text: str) -> tuple[float, float]:
    whole, _, decimals = text.partition("点")
    digits = "".join(str(_ONES[han]) for han in whole)
    return plain(digits + "." + "".join(str(_ONES[han]) for han in decimals))


def _number(text: str, value: _Value) -> Number:
    """The number with its unit, if one follows."""
    if value.of:
        return _fraction(value)
    unit = _UNIT.match(text, value.end)
    ordinal = text.endswith("第", 0, value.start)
    # A Han numeral is surely a number if it is long, or something is counted by it.
    long = value.value >= 1e4 or (value.value > 10 and value.end - value.start > 2)
    sure = value.sure and (not value.han or long or (unit is not None and value.value > 2))
    number = Number(
        value.value, "count", value.start, value.end, value.step, sure, _others(text, value)
    )
    if ordinal:
        return replace(number, kind="ordinal", start=value.start - 1)
    if prefixed := _PREFIXED.match(text, value.end):
        ton = 1e6 if prefixed["ton"] else 1e3
        return with_prefix(number, _PREFIXES.get(prefixed["prefix"], ton))
    return _with_unit(number, unit) if unit else number


def _with_unit(number: Number, unit: re.Match[str]) -> Number:
    known = unit.lastgroup or ""
    whole = replace(number, end=unit.end())
    if known in {"counted", "parts"}:
        return number
    if known in _RATIO_UNITS:
        return _as_ratio(whole, known, _ONES.get(unit["hundredths"] or "", 0))
    if known == "money":
        return replace(whole, kind="money", currency=_CURRENCIES[unit["money"]])
    return _as_time(whole, known, unit["decade_of"])


def _others(text: str, value: _Value) -> tuple[float, ...]:
    if _HALF_AFTER.match(text, value.end):
        return (*value.others, value.value + 0.5)  # 七天半
    if value.value == 10 and text.startswith(("多", "余", "几"), value.end):
        return (*value.others, 12.0)  # 十多 is a dozen
    return value.others


def _fraction(value: _Value) -> Number:
    number = Number(value.value, "percent", value.start, value.end, value.step, value.sure)
    if value.of in _PARTS.values():
        ratio = 100 / value.of
        return replace(number, value=rounded(value.value * ratio), step=value.step * ratio)
    part = value.value / value.of if value.of else 0.0
    others = (value.of, value.value)  # 五分之一 is one in five
    return replace(number, value=part, kind="fraction", step=0.0, others=others)


def _as_ratio(number: Number, known: str, more: int) -> Number:
    value, step = number.value, number.step
    match known:
        case "points" | "percent" | "fold":
            return replace(number, kind=known)
        case "basis":
            return replace(number, kind="points", value=value / 100, step=step / 100)
        case "tenth":
            step = 1.0 if more else step * 10  # 七成五
            return replace(number, kind="percent", value=value * 10 + more, step=step)
        case "off":  # 八折 is 80 % of the price, 20 % off
            others = (value / 10, value * 10)
            return replace(number, kind="percent", value=100 - value * 10, others=others)
    # 翻两番 is four times
    return replace(number, kind="fold", value=2.0 ** min(value, 20), others=(value,))


def _as_time(number: Number, known: str, decade_of: str | None) -> Number:
    value, others = number.value, number.others
    kind: Kind = number.kind
    match known:
        case "century" if decade_of:  # 20世纪90年代 is the 1990s
            kind, decade = "year", _decade(decade_of)
            value, others = (value - 1) * 100 + decade, (decade, value)
        case "century":
            others = ((value - 1) * 100,)
        case "decade":
            kind = "year"
            others = (value + 1900, value + 2000) if value < 100 else (value % 100,)
        case "hour":
            kind, others = "hour", (value + 12, value - 12)
        case "month" | "day":
            kind = known
        case "year" if value in YEARS and number.end - number.start <= len("2019 年"):
            kind = "year"  # others count them: 30年 are thirty years
    return replace(number, value=value, kind=kind, others=others)


def _decade(text: str) -> float:
    return float(text) if text.isdecimal() else _ONES[text[0]] * 10.0
