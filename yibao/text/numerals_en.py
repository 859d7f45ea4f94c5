"""Numbers of an English text: digits, number words, percentages, fractions, dates, money."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final, Literal

from yibao.text.numerals import DIGITS, Number, in_name, plain, rounded, with_ranges

_SMALL: Final = {
    word: float(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS: Final = {
    word: value * 10.0
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_SCALES: Final = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SHORT: Final = {
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "tn": 1e12,
    "trn": 1e12,
}
_ORDINALS: Final = {
    word: float(value)
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
        " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
        " twentieth".split(),
        1,
    )
}
_PARTS: Final = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6,
    "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
# Words that may say a number: enough to match one in the other language, too little to miss.
_WORDS: Final = {
    **dict.fromkeys(("half", "halve", "halved", "halves", "halving"), 0.5),
    **dict.fromkeys(("both", "pair", "couple", "twin", "twins", "twice", "second"), 2.0),
    **dict.fromkeys(("double", "doubled", "doubles", "doubling", "twofold"), 2.0),
    **dict.fromkeys(("triple", "tripled", "triples", "tripling", "treble", "thrice"), 3.0),
    **dict.fromkeys(("quadruple", "quadrupled", "quadrupling", "quarter"), 4.0),
    **dict.fromkeys(("trio", "hat-trick"), 3.0),
    "dozen": 12.0, "decade": 10.0, "score": 20.0, "fortnight": 14.0, "noon": 12.0, "century": 100.0,
    "ii": 2.0, "iii": 3.0, "iv": 4.0, "vi": 6.0, "vii": 7.0, "viii": 8.0, "ix": 9.0, "xi": 11.0,
    "xii": 12.0,
}  # fmt: skip
_MONTHS: Final = {
    name: float(value)
    for value, names in enumerate(
        ("January Jan", "February Feb", "March Mar", "April Apr", "May", "June Jun", "July Jul",
         "August Aug", "September Sept Sep", "October Oct", "November Nov", "December Dec"), 1
    )
    for name in names.split()
}  # fmt: skip
_CURRENCIES: Final = {
    "yuan": "CNY", "rmb": "CNY", "renminbi": "CNY", "cny": "CNY", "euro": "EUR", "euros": "EUR",
    "yen": "JPY", "usd": "USD", "rubles": "RUB", "roubles": "RUB", "rupees": "INR",
}  # fmt: skip
_SIGNS: Final = {
    "US$": "USD", "HK$": "HKD", "A$": "AUD", "C$": "CAD", "S$": "SGD", "$": "", "€": "EUR",
    "£": "GBP", "RMB": "CNY", "¥": "", "￥": "CNY", "USD": "USD", "CNY": "CNY",
}  # fmt: skip


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_NUMERAL: Final = _any([*_SMALL, *_TENS])
_SCALE: Final = _any(_SCALES)
_PART: Final = f"(?:{_any(_PARTS)})s?"
_ELEMENT: Final = (
    rf"(?:(?:{_any(_TENS)})[ -](?:{_any(list(_ORDINALS)[:9])})|{_NUMERAL}"
    rf"|(?:{_SCALE}|dozen)(?:[ -]and(?=[ -](?:{_NUMERAL})\b))?)\b"
)
_RUN: Final = re.compile(
    rf"(?P<sign>{_any(_SIGNS)})? ?(?<![\d.])(?P<digits>{DIGITS})"
    rf"(?:(?i:(?P<short> ?(?:bn|mn|mln|tn|trn)|[kmb])\b)|(?P<scales>(?:[ -](?i:{_SCALE})\b)+))?"
    rf"|(?i:\b(?P<a_part>an?[ -]{_PART})\b"
    rf"|\b(?P<words>(?:half[ -]an?[ -]|an?[ -])?{_ELEMENT}(?:[ -]+{_ELEMENT})*"
    rf"(?:[ -]and[ -]a[ -]half\b(?:[ -](?:{_SCALE})\b)?)?))"
    rf"|\b(?P<month>{_any(_MONTHS)})\b"
    rf"|(?i:\b(?P<word>{_any([*_WORDS, *_ORDINALS])})\b)"
)
_UNIT: Final = re.compile(
    r"(?i:(?P<ordinal>st|nd|rd|th)\b|(?P<decade>['’]?s)\b"
    r"|(?P<points>[ -]?(?:percentage[ -]points?|percent[ -]points?|pp\b|ppts?\b))"
    r"|(?P<basis>[ -]?(?:basis[ -]points?|bps?\b))"
    r"|(?P<percent>[ -]?(?:%|per ?cent\b))"
    r"|(?P<fold>[ -]?fold\b| times\b)"
    rf"|[ -](?P<part>{_PART})\b"
    r"|(?P<hour>(?:[.:]\d\d)?[ -]?(?:[ap]\.?m\b|o['’]clock))"
    rf"|[ -](?P<money>{_any(_CURRENCIES)}|(?:US |American )?dollars?)\b)"
)
_RANGE: Final = re.compile(r" ?[-–—~] ?| (?:to|and|or) ")
_DATE_BEFORE: Final = re.compile(
    r"(?:\d|\d(?:st|nd|rd|th)|\b(?i:in|of|on|since|last|this|next|until|by|from|late|early|mid))"
    r"[ -]\Z"
)


def read(text: str) -> Iterator[Number]:
    """The numbers of an English text, in order."""
    return with_ranges(text, (_number(text, run) for run in _RUN.finditer(text)), _RANGE)


def _number(text: str, run: re.Match[str]) -> tuple[Number, float]:
    if run["digits"]:
        return _of_digits(text, run)
    if run["words"]:
        return _of_words(text, run)
    start, end = run.span()
    if run["a_part"]:  # a third, which may also be one more after two
        part = float(_PARTS[_part(run["a_part"][2:].strip(" -"))])
        return Number(1 / part, "fraction", start, end, sure=False, others=(part,)), 1.0
    if run["month"]:
        dated = _DATE_BEFORE.search(text, max(0, start - 8), start) or re.match(
            r"\.? \d", text[end : end + 3]
        )
        return Number(_MONTHS[run["month"]], "month", start, end, sure=bool(dated)), 1.0
    word = run["word"].lower()
    if word in _ORDINALS:
        return Number(_ORDINALS[word], "ordinal", start, end, sure=False), 1.0
    return Number(_WORDS[word], "count", start, end, sure=False), 1.0


def _of_digits(text: str, run: re.Match[str]) -> tuple[Number, float]:
    value, step = plain(run["digits"])
    scale = 1.0
    others: tuple[float, ...] = ()
    if run["scales"]:
        for word in re.split("[ -]", run["scales"].strip(" -").lower()):
            scale *= _SCALES[word]
    elif run["short"]:
        scale = _SHORT[run["short"].strip().lower()]
        others = () if run["sign"] else (value,)  # 5m may be metres
    sign = run["sign"] or ""
    number = Number(
        rounded(value * scale),
        "money" if sign else "count",
        run.start() if sign else run.start("digits"),
        run.end(),
        step * scale,
        sure=bool(sign) or not in_name(text, run.start("digits"), run.end("digits")),
        others=others,
        currency=_SIGNS.get(sign, ""),
    )
    return _with_unit(text, number), scale


def _of_words(text: str, run: re.Match[str]) -> tuple[Number, float]:
    total = current = 0.0
    scale = last = 1.0
    kind: Literal["count", "ordinal"] = "count"
    words = re.split("[ -]+", run["words"].lower())
    for place, word in enumerate(words):
        if word in _SMALL or word in _TENS:
            current += _SMALL.get(word, _TENS.get(word, 0.0))
        elif word == "half" and place:  # and a half: of the last scale, or of what follows
            rest = 0.5 * last if not current else 0.5
            total, current = (total + rest, current) if not current else (total, current + rest)
        elif word == "half":
            current = 0.5
        elif word in _SCALES or word == "dozen":
            last = _SCALES.get(word, 12.0)
            if last < 1000:
                current = (current or 1.0) * last
            else:
                total, current = total + (current or 1.0) * last, 0.0
            scale *= last
        elif word in _ORDINALS:
            current, kind = current + _ORDINALS[word], "ordinal"
    # "several hundred" is no number; nor is "one" surely more than a pronoun.
    bare = words[0] in _SCALES or words[0] == "dozen"
    value = rounded(total + current)
    number = Number(value, kind, run.start(), run.end(), max(1.0, last), not bare and value > 2)
    return (_with_unit(text, number) if kind == "count" else number), scale


def _with_unit(text: str, number: Number) -> Number:
    unit = _UNIT.match(text, number.end)
    if unit is None:
        return number
    known = unit.lastgroup
    value, step = number.value, number.step
    whole = replace(number, end=unit.end())
    match known:
        case "ordinal" | "points" | "percent" | "fold":
            return replace(whole, kind=known)
        case "basis":
            return replace(whole, kind="points", value=value / 100, step=step / 100)
        case "decade":
            others = (value % 100,) if value >= 1000 else (value + 1900, value + 2000)
            return replace(whole, kind="year", others=others)
        case "part":
            part = _PARTS[_part(unit["part"])]
            return replace(
                whole,
                kind="fraction",
                value=value / part,
                step=0.0,
                others=(value, float(part)),
                sure=False,
            )
        case "hour":
            hour = float(int(value))
            return replace(whole, kind="hour", value=hour, others=(hour + 12, hour - 12))
        case "money":
            currency = _CURRENCIES.get(unit["money"].lower(), "")
            if unit["money"].lower().startswith(("us", "american")):
                currency = "USD"
            return replace(whole, kind="money", currency=number.currency or currency)
    return number


def _part(word: str) -> str:
    word = word.lower()
    return word if word in _PARTS else word.removesuffix("s")
