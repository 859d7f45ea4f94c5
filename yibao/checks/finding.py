"""What a check is given and what it says: pairs of segments, findings."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Self

from yibao.glossary import Glossary, TermOutcome
from yibao.text.segment import Role

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says of a segment.

    Attributes:
        check: id of the check.
        severity: an error blocks approval, a warning must be seen, info may be passed over.
        message: one sentence that names what was found.
        start: where it begins in the target, in characters; None if it has no place there.
        end: where it ends in the target.
    """

    check: str
    severity: Severity
    message: str
    start: int | None = None
    end: int | None = None

    def to_record(self) -> dict[str, Any]:
        """The finding as JSON-able values; a place is left out where there is none."""
        record: dict[str, Any] = {
            "check": self.check,
            "severity": self.severity,
            "message": self.message,
        }
        if self.start is not None and self.end is not None:
            record |= {"start": self.start, "end": self.end}
        return record

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """The finding of a record that `to_record` made.

        Raises:
            KeyError: the record was not made by `to_record`.
        """
        return cls(
            check=record["check"],
            severity=record["severity"],
            message=record["message"],
            start=record.get("start"),
            end=record.get("end"),
        )


@dataclass(frozen=True, slots=True)
class SegmentPair:
    """A segment and its translation, as checks see them.

    Attributes:
        source: text of the source segment.
        target: its translation, as it now stands.
        source_language: code.
        target_language: code.
        role: what the segment is in its article.
        terms: what became of the terms when the draft was made.
        glossary: the terms in force; with it, terms are looked for in the target as it now
            stands, without it what `terms` says is believed.
        truncated: the engine stopped at its length limit.
    """

    source: str
    target: str
    source_language: str
    target_language: str
    role: Role
    terms: tuple[TermOutcome, ...] = ()
    glossary: Glossary | None = None
    truncated: bool = False


class Check(ABC):
    """Looks at one pair of segments for one kind of flaw.

    A subclass is listed in `CHECKS`, has a heading of its id in docs/checks.md and a test.

    Attributes:
        id: what findings, settings and the documentation call it.
        name: what people read, two or three words.
        description: what it finds, one sentence.
        severity: of all its findings.
        languages: target languages that it is for; empty: all.
    """

    id: ClassVar[str]
    name: ClassVar[str]
    description: ClassVar[str]
    severity: ClassVar[Severity]
    languages: ClassVar[frozenset[str]] = frozenset()

    def findings(self, pair: SegmentPair) -> tuple[Finding, ...]:
        """What is wrong with the pair."""
        if self.languages and pair.target_language not in self.languages:
            return ()
        return tuple(self._find(pair))

    @abstractmethod
    def _find(self, pair: SegmentPair) -> Iterator[Finding]:
        """Yield what is wrong with a pair in one of the check's languages."""

    def _finding(self, message: str, start: int | None = None, end: int | None = None) -> Finding:
        return Finding(self.id, self.severity, message, start, end)
