"""Numbers of a text as values: "3500万", "三千五百万" and "35 million" are the same.

`numbers(text, language)` finds them, `alike` compares two of different languages. Chinese and
English are read; `READERS` names the languages.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from yibao.text import numerals_en, numerals_zh
from yibao.text.numerals import Kind, Number, alike
from yibao.text.typography import blanked

__all__ = ["READERS", "Kind", "Number", "alike", "numbers"]

READERS: Final[Mapping[str, Callable[[str], Iterator[Number]]]] = {
    "en": numerals_en.read,
    "zh": numerals_zh.read,
}
_NARROW: Final = str.maketrans("０１２３４５６７８９％．\u00a0\u2009\u202f", "0123456789%.   ")
_WIDE_COMMA: Final = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")  # 5，000 is five thousand
MOST: Final = 1e18  # beyond are serial numbers, or digits that no float can hold


def numbers(text: str, language: str) -> tuple[Number, ...]:
    """The numbers of a text, in order; those of addresses and e-mail addresses are left out.

    Raises:
        KeyError: the language is none of `READERS`.
    """
    text = _WIDE_COMMA.sub(",", blanked(text.translate(_NARROW)))
    return tuple(number for number in READERS[language](text) if abs(number.value) < MOST)
