"""What the checks and the glossary say of a segment's text as it now stands."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from yibao.checks import Finding, SegmentPair, run_checks
from yibao.checks.empty import Truncated
from yibao.desk import house
from yibao.desk.models import MachineDraft, Segment, Translation
from yibao.errors import GlossaryError
from yibao.glossary import Glossary, OutcomeStatus, TermOutcome, outcomes

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
    is a finding too: nobody loses their text over a broken row. While the text is the machine's,
    what only the machine could know of it holds: that it was cut off, and how terms came in.
    """
    languages = (translation.article.language, translation.language)
    draft = _draft_that_stands(segment)
    trouble = []
    try:
        glossary = house.glossary_of(translation.article.source)
    except GlossaryError as error:
        glossary, trouble = NO_TERMS, [Finding("glossary-unreadable", "error", str(error))]
    terms = term_outcomes(segment, glossary, languages, draft)
    pair = SegmentPair(
        source=segment.source,
        target=segment.text,
        source_language=languages[0],
        target_language=languages[1],
        role=segment.role,
        terms=terms,
        truncated=draft is not None and any(map(_says_truncated, draft.findings)),
        glossary=glossary,
    )
    segment.terms = [term.to_record() for term in terms]
    segment.findings = [finding.to_record() for finding in (*trouble, *run_checks(pair))]
    known = {finding_id(record) for record in segment.findings}
    segment.dismissals = {key: by for key, by in segment.dismissals.items() if key in known}


def term_outcomes(
    segment: Segment, glossary: Glossary, languages: tuple[str, str], draft: MachineDraft | None
) -> tuple[TermOutcome, ...]:
    """What became of every term of a segment's source.

    Args:
        segment: with the text as it stands.
        glossary: the terms in force.
        languages: source and target code.
        draft: the one that the text is, if it is one: what it says of its terms still holds,
            that one was put in, or that the memory decided otherwise.
    """
    said = {
        (each.term, each.start): each.status
        for each in map(TermOutcome.from_record, draft.terms if draft else ())
    }
    return tuple(
        replace(each, status=_status(each.status, said.get((each.term, each.start), each.status)))
        for each in outcomes(segment.source, segment.text, glossary, languages, "missed")
    )


def _status(now: OutcomeStatus, said: OutcomeStatus) -> OutcomeStatus:
    """The status of a term that is kept or missed now, after what its draft said of it."""
    follows = {"kept": {"repaired", "spliced"}, "missed": {"waived"}}
    return said if said in follows[now] else now


def _says_truncated(record: Mapping[str, Any]) -> bool:
    return Finding.from_record(record).check == Truncated.id


def _draft_that_stands(segment: Segment) -> MachineDraft | None:
    """The newest draft that has the segment's text letter by letter; None where a person wrote."""
    same = segment.drafts.filter(source=segment.source, text=segment.text)
    draft: MachineDraft | None = same.order_by("id").last()
    return draft


def blocking(segments: Iterable[Segment]) -> list[tuple[Segment, Finding]]:
    """The findings that stand in the way, with their segments."""
    return [
        (segment, each.finding) for segment in segments for each in judged(segment) if each.blocks
    ]
