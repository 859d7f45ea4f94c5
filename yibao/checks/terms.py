"""Whether the house's terms are kept."""

from collections.abc import Iterator

from yibao.checks.finding import Check, Finding, SegmentPair
from yibao.glossary import forbidden, realised


class TermMissed(Check):
    """A term of the source is rendered in none of its accepted forms."""

    id = "term-missed"
    name = "Term not kept"
    description = "A glossary term of the source has none of its accepted forms in the translation."
    severity = "error"

    def _find(self, pair: SegmentPair) -> Iterator[Finding]:
        for form, target in dict.fromkeys(_missed(pair)):
            yield self._finding(f"“{form}” should be “{target}”.")


class TermForbidden(Check):
    """A term of the source is rendered in a form that the glossary rules out."""

    id = "term-forbidden"
    name = "Forbidden rendering"
    description = "The translation uses a rendering that the glossary forbids for a term."
    severity = "error"

    def _find(self, pair: SegmentPair) -> Iterator[Finding]:
        if pair.glossary is None:
            return
        matcher = pair.glossary.matcher(pair.source_language, pair.target_language)
        preferred = {
            match.term: match.target(pair.target_language) for match in matcher.find(pair.source)
        }
        for term, target in preferred.items():
            for start, end in forbidden(pair.target, term, pair.target_language):
                message = f"“{pair.target[start:end]}” is not to be used here: write “{target}”."
                yield self._finding(message, start, end)


class TermSpliced(Check):
    """A term was put into the finished draft, where grammar may no longer fit around it."""

    id = "term-spliced"
    name = "Term put in"
    description = "A glossary term was put in place of other words: read the sentence around it."
    severity = "warning"

    def _find(self, pair: SegmentPair) -> Iterator[Finding]:
        for outcome in pair.terms:
            if outcome.status != "spliced":
                continue
            start, end = outcome.target_start, outcome.target_end
            if start is None or end is None or not pair.target[start:end].strip():
                continue
            message = f"“{pair.target[start:end]}” was put in for “{outcome.source_form}”."
            yield self._finding(message, start, end)


def _missed(pair: SegmentPair) -> Iterator[tuple[str, str]]:
    """Source form and preferred target of each term that is not kept nor waived."""
    if pair.glossary is None:
        for outcome in pair.terms:
            if outcome.status == "missed":
                yield outcome.source_form, outcome.target
        return
    waived = {outcome.term for outcome in pair.terms if outcome.status == "waived"}
    matcher = pair.glossary.matcher(pair.source_language, pair.target_language)
    for match in matcher.find(pair.source):
        if match.term.id not in waived and not realised(pair.target, match, pair.target_language):
            yield pair.source[match.start : match.end], match.target(pair.target_language)
