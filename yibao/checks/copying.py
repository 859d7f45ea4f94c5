"""Whether the source was translated or only copied."""

import re
from collections.abc import Iterator
from typing import Final

from yibao.checks.finding import Check, Finding, SegmentPair
from yibao.text.typography import HAN, blanked

_HAN: Final = re.compile(f"[{HAN}]+")
_LETTER: Final = re.compile("[A-Za-z]")
_WORD: Final = re.compile(r"(?<![A-Za-z0-9'’-])[a-z][a-z'’]+(?![A-Za-z0-9])")
_WORDS: Final = re.compile(r"(?<![A-Za-z'’-])[a-z][a-z'’]+(?: [a-z][a-z'’]+){2,}(?![A-Za-z])")
PROSE: Final = 3  # lower-case words from which a Latin text is prose, not a name


class Untranslated(Check):
    """The translation is still in the language of the source."""

    id = "untranslated"
    name = "Not translated"
    description = "The translation is the source, or written in the source's language."
    severity = "error"
    languages = frozenset({"zh", "en"})

    def _find(self, pair: SegmentPair) -> Iterator[Finding]:
        target = blanked(pair.target)
        han = sum(len(run) for run in _HAN.findall(target))
        if pair.target_language == "en":
            copied = han > 0 and han > len(_LETTER.findall(target))
        else:
            copied = not han and len(_WORD.findall(target)) >= PROSE
        if copied:
            yield self._finding("This is not translated.", 0, len(pair.target))


class HanInEnglish(Check):
    """Chinese characters stand in an English text."""

    id = "han-in-english"
    name = "Chinese in English"
    description = "Chinese characters stand in the English text."
    severity = "warning"
    languages = frozenset({"en"})

    def _find(self, pair: SegmentPair) -> Iterator[Finding]:
        for run in _HAN.finditer(pair.target):
            yield self._finding(f"“{run[0]}” is not translated.", *run.span())


class CopiedWords(Check):
    """A phrase of an English source stands in the Chinese text as it was."""

    id = "copied-words"
    name = "English in Chinese"
    description = "Three or more English words in a row were copied from the source."
    severity = "warning"
    languages = frozenset({"zh"})

    def _find(self, pair: SegmentPair) -> Iterator[Finding]:
        if not _HAN.search(pair.target):
            return
        for run in _WORDS.finditer(blanked(pair.target)):
            if run[0] in pair.source:
                yield self._finding(f"“{run[0]}” is not translated.", *run.span())
