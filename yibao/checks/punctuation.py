"""Whether marks are paired, and set as the language sets them."""

import re
from collections.abc import Iterator
from typing import Final

from yibao.checks.finding import Check, Finding, SegmentPair
from yibao.text.diff import diff
from yibao.text.typography import tidy

_CLOSED_BY: Final = {"(": ")", "（": "）", "[": "]", "【": "】", "《": "》", "“": "”", "「": "」"}
_CLOSING: Final = frozenset(_CLOSED_BY.values())
_QUOTES: Final = frozenset("“”「」")
# Single quotes that are no apostrophes.
_OPENS: Final = re.compile(r"(?<!\w)['‘](?=\w)")
_CLOSES: Final = re.compile(r"(?<=[\w.,!?])['’](?!\w)")
_NARROW: Final = str.maketrans("（）【】", "()[]")


class Brackets(Check):
    """A bracket or quotation mark is opened and not closed, or closed and not opened."""

    id = "brackets"
    name = "Unpaired marks"
    description = "A bracket or quotation mark has no partner, though all have one in the source."
    severity = "warning"

    def _find(self, pair: SegmentPair) -> Iterator[Finding]:
        unpaired = _unpaired(pair.target)
        if not unpaired:
            return
        in_source = {pair.source[place].translate(_NARROW) for place in _unpaired(pair.source)}
        across = _quotes_across(pair.source)
        for place in unpaired:
            mark = pair.target[place].translate(_NARROW)
            if (across and mark in _QUOTES) or (in_source and mark not in _QUOTES):
                continue
            yield self._finding(f"“{pair.target[place]}” has no partner.", place, place + 1)


class Typography(Check):
    """Marks or spaces are not set as the language sets them; `tidy` would mend it."""

    id = "typography"
    name = "Marks and spaces"
    description = "Marks or spaces are not set as the language sets them."
    severity = "info"
    languages = frozenset({"zh", "en"})

    def _find(self, pair: SegmentPair) -> Iterator[Finding]:
        tidied = tidy(pair.target, pair.target_language)
        if tidied == pair.target or _without_spaces(tidied) == _without_spaces(pair.target):
            return
        place = 0
        for piece in diff(pair.target, tidied):
            if piece.op == "insert":
                continue
            if piece.op == "delete" and piece.text.strip():
                message = f"“{piece.text}” is not set as usual."
                yield self._finding(message, place, place + len(piece.text))
            place += len(piece.text)


def _unpaired(text: str) -> list[int]:
    """Places of marks without a partner."""
    text = text.translate(_NARROW)
    opened: list[int] = []
    unpaired: list[int] = []
    for place, char in enumerate(text):
        if char in _CLOSED_BY:
            opened.append(place)
        elif char in _CLOSING:
            if opened and _CLOSED_BY[text[opened[-1]]] == char:
                opened.pop()
            elif not (char == ")" and _enumerates(text, place)):
                unpaired.append(place)
    return sorted(unpaired + opened)


def _quotes_across(text: str) -> bool:
    """Whether a quotation begins before the segment or ends after it."""
    return (
        text.count('"') % 2 == 1
        or text.count("“") != text.count("”")
        or len(_OPENS.findall(text)) != len(_CLOSES.findall(text))
    )


def _enumerates(text: str, place: int) -> bool:
    """Whether a bracket belongs to a number of a list, as in "1)"."""
    return place > 0 and text[place - 1].isalnum() and (place < 3 or text[place - 2] == " ")  # noqa: PLR2004  # "10)" at the start


def _without_spaces(text: str) -> str:
    return "".join(text.split())
