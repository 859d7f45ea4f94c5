"""How far to trust a draft, from 0 (not at all) to 1, before anybody has read it.

    confidence = probability x length x loops x truncation x terms

- probability: the geometric mean of what the model gave the pieces it wrote, exp(mean log p);
- length: 1 where the draft is 0.5 to 2 times as long as translations of such a source are, else
  as much less as it is outside, at least 0.3 (languages we have no ratio for: 1);
- loops: 0.3 if it goes round in circles; truncation: 0.5 if it was cut;
- terms: 0.95 for each that was repaired, 0.8 for each spliced, 0.6 for each missed, together at
  least 0.3.

It orders a reviewer's queue; it is no probability that the draft is right. What a person approved
before (memory), and what needs no translation, has 1.
"""

import math
from collections.abc import Iterable

from yibao.glossary import OutcomeStatus, TermOutcome

CERTAIN = 1.0
RATIOS = {("zh", "en"): 3.5, ("en", "zh"): 0.29}
"""Characters of a translation per character of its source: median of 520 news sentences."""

FLOOR = 0.3
LOOPS = 0.3
TRUNCATED = 0.5
SHORT, LONG = 0.5, 2.0
TERMS: dict[OutcomeStatus, float] = {
    "kept": 1.0,
    "waived": 1.0,
    "repaired": 0.95,
    "spliced": 0.8,
    "missed": 0.6,
}


def confidence(  # noqa: PLR0913  # each is one factor
    source: str,
    target: str,
    languages: tuple[str, str],
    *,
    score: float,
    terms: Iterable[TermOutcome] = (),
    loops: bool = False,
    truncated: bool = False,
) -> float:
    """The confidence of a draft that the engine made, rounded to three places.

    Args:
        source: source text.
        target: the draft's text.
        languages: source and target code.
        score: mean log-probability of a piece, natural logarithm.
        terms: what became of its terms.
        loops: whether it repeats itself.
        truncated: whether it was cut at a limit.
    """
    if not target.strip():
        return 0.0
    value = math.exp(min(score, 0.0)) * _length(source, target, languages)
    value *= LOOPS if loops else 1
    value *= TRUNCATED if truncated else 1
    value *= max(FLOOR, math.prod(TERMS[each.status] for each in terms))
    return round(value, 3)


def _length(source: str, target: str, languages: tuple[str, str]) -> float:
    usual = RATIOS.get(languages)
    if usual is None:
        return 1.0
    times = len(target) / (max(1, len(source)) * usual)
    return max(FLOOR, min(1.0, times / SHORT, LONG / max(times, 1e-9)))
