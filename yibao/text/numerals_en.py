"""Numbers of an English text: digits, number words, percentages, fractions, dates, money."""
# ruff: noqa: PLR2004, SIM905  # numbers are the subject; number words read better in one string

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final, Literal

from yibao.text.numerals import DIGITS, Number, in_name, plain, rounded, with_prefix, with_ranges

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
    **dict.fromkeys(("quartet", "foursome", "foursomes", "fourball", "fourballs"), 4.0),
    "dozen": 12.0, "decade": 10.0, "score": 20.0, "fortnight": 14.0, "noon": 12.0, "century": 100.0,
    "ii": 2.0, "iii": 3.0, "iv": 4.0, "vi": 6.0, "vii": 7.0, "viii": 8.0, "ix": 9.0, "xi": 11.0,
    "xii": 12.0,
}  # fmt: skip
_MONTHS: Final = {
    name: float(value)
    for value, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
         "august aug", "september sept sep", "october oct", "november nov", "december dec"), 1
    )
    for name in names.split()
}  # fmt: skip
_CURRENCIES: Final = {
    "yuan": "CNY", "rmb": "CNY", "renminbi": "CNY", "cny": "CNY", "euro": "EUR", "euros": "EUR",
    "yen": "JPY", "usd": "USD", "rubles": "RUB", "roubles": "RUB", "rupees": "INR",
}  # fmt: skip
_SIGNS: Final = {
    "us$": "USD", "hk$": "HKD", "a$": "AUD", "c$": "CAD", "s$": "SGD", "$": "", "€": "EUR",
    "£": "GBP", "rmb": "CNY", "¥": "", "￥": "CNY", "usd": "USD", "cny": "CNY",
}  # fmt: skip


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_NUMERAL: Final = _any([*_SMALL, *_TENS])
_SCALE: Final = _any(_SCALES)
_PART: Final = f"(?:{_any(_PARTS)})s?"
_ONES: Final = _any([*list(_SMALL)[1:10], *list(_ORDINALS)[:9]])
_GROUP: Final = rf"(?:(?:{_any(_TENS)})[ -](?:{_ONES})|{_NUMERAL})\b"
_SCALED: Final = rf"(?:{_SCALE}|dozen)\b(?:(?:[ -]and)?[ -]{_GROUP})?"
_RUN: Final = re.compile(  # on lower-case text
    rf"(?P<digits>(?<![\d.]){DIGITS}|(?<![\w.)])\.\d+)"
    rf"(?:(?P<short> ?(?:bn|mn|mln|tn|trn)|[kmb])\b|(?P<scales>\+?(?:[ -]?(?:{_SCALE})\b)+))?"
    r"|\b(?=[abcdefhijmnopqstvxz])(?:"
    rf"(?P<a_part>an?[ -]{_PART})\b"
    rf"|(?P<words>(?:{_GROUP}|(?:half[ -]an?[ -]|an?[ -])?{_SCALED})(?:[ -]{_SCALED})*"
    rf"(?:[ -]and[ -]a[ -]half\b(?:[ -](?:{_SCALE})\b)?)?)"
    rf"|(?P<month>{_any(_MONTHS)})\b"
    rf"|(?P<word>{_any([*_WORDS, *_ORDINALS])})\b)"
)
_SIGN: Final = re.compile(rf"(?:{_any(_SIGNS)}) ?\Z")
_LOWER: Final = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
_UNIT: Final = re.compile(
    r"(?i:(?P<ordinal>st|nd|rd|th)\b|(?P<decade>['’]?s)\b"
    r"|(?P<points>[ -]?(?:percentage[ -]points?|percent[ -]points?|pp\b|ppts?\b))"
    r"|(?P<basis>[ -]?(?:basis[ -]points?|bps?\b))"
    r"|(?P<percent>[ -]?(?:%|per ?cent\b))"
    r"|(?P<fold>[ -]?fold\b| times\b)"
    rf"|[ -](?P<part>{_PART})\b"
    r"|(?P<hour>(?:[.:]\d\d)?[ -]?(?:[ap]\.?m\b|o['’]clock))"
    r"|(?P<decades> decades?\b)"
    rf"|[ -](?P<money>{_any(_CURRENCIES)}|(?:US |American )?dollars?)\b)"
)
_PREFIXED: Final = re.compile(
    r"[ -]?(?:(?P<kilo>kilo(?!s)\w+|k(?:m|g|W|Wh|Hz|b|B|V)\b)"
    r"|(?P<mega>mega\w+|M(?:W|Wh|Hz|B|b|Pa)\b|(?:metric )?ton(?:ne)?s?\b)"
    r"|(?P<giga>giga\w+|G(?:W|Wh|Hz|B)\b)|(?P<tera>tera\w+|T(?:W|Wh|Hz|B)\b)"
    r"|(?P<centi>centi\w+|cm\b)|(?P<milli>milli(?!on)\w+|m(?:m|g|l|L)\b)"
    r"|(?P<micro>micro(?:n|met|gr)\w+|[µμ][mg]\b)|(?P<nano>nano\w+|nm\b))"
)
_PREFIXES: Final = {
    "kilo": 1e3, "mega": 1e6, "giga": 1e9, "tera": 1e12,
    "centi": 1e-2, "milli": 1e-3, "micro": 1e-6, "nano": 1e-9,
}  # fmt: skip
_RANGE: Final = re.compile(r" ?[-–—~] ?| (?:to|and|or) ")
_DATE_BEFORE: Final = re.compile(
    r"(?:\d|\d(?:st|nd|rd|th)|\b(?i:in|of|on|since|last|this|next|until|by|from|late|early|mid))"
    r"[ -]\Z"
)
_DAY_AFTER: Final = re.compile(r"\.? \d")


def read(text: str) -> Iterator[Number]:
    """The numbers of an English text, in order."""
    return with_ranges(
        text, (_number(text, run) for run in _RUN.finditer(text.translate(_LOWER))), _RANGE
    )


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
        dated = _DATE_BEFORE.search(text, max(0, start - 8), start) or _DAY_AFTER.match(text, end)
        sure = text[start].isupper() and dated is not None
        return Number(_MONTHS[run["month"]], "month", start, end, sure=sure), 1.0
    word = run["word"]
    if word in _ORDINALS:
        return Number(_ORDINALS[word], "ordinal", start, end, sure=False), 1.0
    return Number(_WORDS[word], "count", start, end, sure=False), 1.0


def _of_digits(text: str, run: re.Match[str]) -> tuple[Number, float]:
    value, step = plain(run["digits"])
    scale = 1.0
    if run["scales"]:
        for word in re.findall("[a-z]+", run["scales"]):
            scale *= _SCALES[word]
    elif run["short"]:
        scale = _SHORT[run["short"].strip()]
    others = (value,) if run["short"] else ()  # 5m may be metres
    if scale == 1 and step == 1e-3 and value >= 1:  # 10.700 as some of Europe writes 10,700
        others = (value * 1000,)
    found = _SIGN.search(run.string, max(0, run.start() - 4), run.start())
    number = Number(
        rounded(value * scale),
        "money" if found else "count",
        found.start() if found else run.start(),
        run.end(),
        step * scale,
        sure=found is not None or not in_name(text, run.start("digits"), run.end("digits")),
        others=() if found else others,
        currency=_SIGNS[found[0].strip()] if found else "",
    )
    return _with_unit(text, number), scale


def _of_words(text: str, run: re.Match[str]) -> tuple[Number, float]:
    total = current = 0.0
    scale = last = 1.0
    kind: Literal["count", "ordinal"] = "count"
    words = re.split("[ -]+", run["words"])
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
    number = Number(
        value, kind, run.start(), run.end(), last if not current else 1.0, not bare and value > 2
    )
    return (_with_unit(text, number) if kind == "count" else number), scale


def _with_unit(text: str, number: Number) -> Number:
    unit = _UNIT.match(text, number.end)
    if unit is None:
        prefixed = _PREFIXED.match(text, number.end)
        return with_prefix(number, _PREFIXES[prefixed.lastgroup or ""]) if prefixed else number
    whole = replace(number, end=unit.end())
    match known := unit.lastgroup:
        case "ordinal" | "points" | "percent" | "fold":
            return replace(whole, kind=known)
        case "basis":
            return replace(whole, kind="points", value=whole.value / 100, step=whole.step / 100)
        case "part":
            return _as_fraction(whole, _PARTS[_part(unit["part"])])
        case "money":
            return replace(
                whole, kind="money", currency=number.currency or _currency(unit["money"])
            )
    return _as_time(whole, known)


def _as_fraction(number: Number, parts: float) -> Number:
    others = (number.value, float(parts))
    return replace(
        number, kind="fraction", value=number.value / parts, step=0.0, others=others, sure=False
    )


def _as_time(number: Number, known: str | None) -> Number:
    value = number.value
    if known == "decades":
        return replace(number, others=(value * 10,))
    if known == "decade":
        others = (value + 1900, value + 2000)
        return replace(number, kind="year", others=others if value < 100 else (value % 100,))
    hour, minutes = value // 1, rounded(value % 1 * 100)  # 5.30pm
    readings = [hour + 12, hour - 12, *([minutes] if minutes else [])]
    return replace(number, kind="hour", value=hour, step=1.0, others=tuple(readings))


def _currency(name: str) -> str:
    name = name.lower()
    return "USD" if name.startswith(("us", "american")) else _CURRENCIES.get(name, "")


def _part(word: str) -> str:
    word = word.lower()
    return word if word in _PARTS else word.removesuffix("s")
