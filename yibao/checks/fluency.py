"""Flaws that show without the source: loops, doubled words, a sentence without an end."""

import re
from collections.abc import Iterator
from typing import Final

from yibao.checks.finding import Check, Finding, SegmentPair
from yibao.text.typography import HAN

_LOOP: Final = re.compile(
    rf"(?P<unit>[{HAN}][{HAN}、，,]{{1,11}}|(?<!\w)\w+(?:[ ,]+\w+){{0,3}}[ ,]+)(?P=unit){{2,}}",
    re.IGNORECASE,
)
_DOUBLED: Final = re.compile(
    r"\b(?P<word>the|a|an|of|in|to|and|is|are|was|were|for|with|on|at|by|from|it|this|be|as|or)"
    r" +(?P=word)\b(?!-)",
    re.IGNORECASE,
)
_DOUBLED_HAN: Final = re.compile(
    r"的的(?!确)|和和(?!气)|在在|是是(?!非)|与与|及及|被被|把把|对于对于|以及以及|并且并且|因为因为|[，。；：、]{2,}"
)
_SENTENCE_END: Final = re.compile(r"[.!?。！？…][\"'”’)）》」]*\s*\Z")
_ANY_END: Final = re.compile(r"[.!?。！？…:：;；][\"'”’)）》」\]]*\s*\Z|[\"'“”’)）》」\]]\s*\Z")
PROSE: Final = frozenset({"summary", "paragraph", "quote", "list_item"})


class Repetition(Check):
    """Words come three times in a row or more, the mark of an engine that is caught in a loop."""

    id = "repetition"
    name = "Repeated words"
    description = "The same words come three times in a row, which the source does not do."
    severity = "warning"

    def _find(self, pair: SegmentPair) -> Iterator[Finding]:
        loops = tuple(_LOOP.finditer(pair.target))
        if not loops or _LOOP.search(pair.source):
            return
        for loop in loops:
            yield self._finding(f"“{loop['unit'].strip()}” is repeated.", *loop.span())


class DoubledWord(Check):
    """A small word or a mark stands twice."""

    id = "doubled-word"
    name = "Doubled word"
    description = "A function word or a punctuation mark stands twice in a row."
    severity = "warning"
    languages = frozenset({"zh", "en"})

    def _find(self, pair: SegmentPair) -> Iterator[Finding]:
        doubled = _DOUBLED if pair.target_language == "en" else _DOUBLED_HAN
        for found in doubled.finditer(pair.target):
            yield self._finding(f"“{found[0]}” is doubled.", *found.span())


class NoEnding(Check):
    """The source is a sentence with its full stop, the translation breaks off without one."""

    id = "no-ending"
    name = "No end of sentence"
    description = "The source ends with a full stop, the translation without any mark."
    severity = "warning"

    def _find(self, pair: SegmentPair) -> Iterator[Finding]:
        ends = _SENTENCE_END.search(pair.source)
        if pair.role in PROSE and ends and not _ANY_END.search(pair.target):
            place = len(pair.target.rstrip())
            yield self._finding("The sentence does not end.", max(0, place - 1), place)
