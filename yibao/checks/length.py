"""Whether the translation is about as long as it should be."""

import re
from collections.abc import Iterator
from typing import Final

from yibao.checks.finding import Check, Finding, SegmentPair
from yibao.text.typography import HAN

# What a character says, in Han characters: from human translations of news and health texts.
LATIN_SHARE = 0.31
SHORT, LONG = 0.4, 2.5
FEW = 12  # below so many Han characters, or as much Latin text, a ratio says nothing
_HAN: Final = re.compile(f"[{HAN}]")


class Length(Check):
    """The translation is far shorter or longer than translations of such texts are."""

    id = "length"
    name = "Unusual length"
    description = "The translation is much shorter or longer than its source lets expect."
    severity = "warning"

    def _find(self, pair: SegmentPair) -> Iterator[Finding]:
        if {pair.source_language, pair.target_language} != {"zh", "en"}:
            return
        source, target = _size(pair.source), _size(pair.target)
        times = target / max(1.0, source)
        if source >= FEW and times < SHORT:
            yield self._finding(f"About {times:.0%} of the usual length: is something left out?")
        elif target >= FEW and times > LONG:
            yield self._finding(f"About {times:.1f} times the usual length: is something added?")


def _size(text: str) -> float:
    """How much a text says: characters, a Latin one counted as a part of a Han one."""
    text = text.strip()
    han = len(_HAN.findall(text))
    return han + (len(text) - han) * LATIN_SHARE
