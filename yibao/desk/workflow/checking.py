"""What the checks and the glossary say of a segment's text as it now stands."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from yibao.checks import Finding, SegmentPair, run_checks
from yibao.desk import house
from yibao.desk.models import Segment, Translation
from yibao.errors import GlossaryError
from yibao.glossary import Glossary, TermOutcome, realised

NO_TERMS = Glossary(())
ID_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding as a reviewer meets it.

    Attributes:
        id: names the finding among those of its segment, as long as the text stands.
        finding: what the check says.
        dismissal: who dismissed it, why and when (`by`, `reason`, `at`); None where nobody did.
    """

    id: str
    finding: Finding
    dismissal: Mapping[str, str] | None

    @property
    def blocks(self) -> bool:
        """Whether it stands in the way of submitting and approving."""
        return self.finding.severity == "error" and self.dismissal is None


def judged(segment: Segment) -> list[Judged]:
    """The findings of a segment with what people made of them."""
    return [
        Judged(finding_id(record), Finding.from_record(record), segment.dismissals.get(key))
        for record in segment.findings
        for key in (finding_id(record),)
    ]


def finding_id(record: Mapping[str, Any]) -> str:
    """A short name for a finding, the same as long as it says the same."""
    said = json.dumps(record, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:ID_LENGTH]


def check(segment: Segment, translation: Translation) -> None:
    """Look at the segment's text again and set its `terms` and `findings`.

    Dismissals stay for findings that say the same as before. A glossary that cannot be read
    is a finding too: nobody loses their text over a broken row.
    """
    source_language, target_language = translation.article.language, translation.language
    trouble = []
    try:
        glossary = house.glossary(_glossary_names(translation))
    except GlossaryError as error:
        glossary, trouble = NO_TERMS, [Finding("glossary-unreadable", "error", str(error))]
    terms = tuple(
        term_outcomes(segment.source, segment.text, glossary, source_language, target_language)
    )
    pair = SegmentPair(
        source=segment.source,
        target=segment.text,
        source_language=source_language,
        target_language=target_language,
        role=segment.role,
        terms=terms,
        glossary=glossary,
    )
    segment.terms = [term.to_record() for term in terms]
    segment.findings = [finding.to_record() for finding in (*trouble, *run_checks(pair))]
    known = {finding_id(record) for record in segment.findings}
    segment.dismissals = {key: by for key, by in segment.dismissals.items() if key in known}


def term_outcomes(
    source: str, target: str, glossary: Glossary, source_language: str, target_language: str
) -> Iterator[TermOutcome]:
    """What became of every term of the source in a text that a person wrote.

    The first occurrence in the source is paired with the first in the target, and so on.
    """
    taken: dict[str, int] = defaultdict(int)
    for match in glossary.matcher(source_language, target_language).find(source):
        spans = realised(target, match, target_language)
        number = taken[match.term.id]
        taken[match.term.id] += 1
        span = spans[number] if number < len(spans) else None
        yield TermOutcome(
            term=match.term.id,
            source_form=source[match.start : match.end],
            target=match.target(target_language),
            start=match.start,
            end=match.end,
            status="kept" if span else "missed",
            target_start=span.start if span else None,
            target_end=span.end if span else None,
        )


def blocking(segments: Iterable[Segment]) -> list[tuple[Segment, Finding]]:
    """The findings that stand in the way, with their segments."""
    return [
        (segment, each.finding) for segment in segments for each in judged(segment) if each.blocks
    ]


def _glossary_names(translation: Translation) -> tuple[str, ...]:
    named = tuple(translation.glossaries)
    return named or house.newsroom().glossaries_of(translation.article.source)
