"""Whether the translation is about as long as it should be."""

from collections.abc import Iterator
from typing import Final

from yibao.checks.finding import Check, Finding, SegmentPair

# Characters of the translation per character of the source: median of human translations of
# news and health texts. Below MANY characters a ratio says nothing.
RATIOS: Final = {("zh", "en"): 3.2, ("en", "zh"): 0.31}
SHORT, LONG = 0.4, 2.5
MANY: Final = {"zh": 12, "en": 40}


class Length(Check):
    """The translation is far shorter or longer than translations of such texts are."""

    id = "length"
    name = "Unusual length"
    description = "The translation is much shorter or longer than its source lets expect."
    severity = "warning"

    def _find(self, pair: SegmentPair) -> Iterator[Finding]:
        usual = RATIOS.get((pair.source_language, pair.target_language))
        source, target = len(pair.source.strip()), len(pair.target.strip())
        if usual is None:
            return
        times = target / (max(1, source) * usual)
        if source >= MANY[pair.source_language] and times < SHORT:
            yield self._finding(f"About {times:.0%} of the usual length: is something left out?")
        elif target >= MANY[pair.target_language] and times > LONG:
            yield self._finding(f"About {times:.1f} times the usual length: is something added?")
