"""Segments to drafts: memory first, engine next, terms, checks."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Self, get_args

from yibao.checks import Finding, SegmentPair, run_checks
from yibao.glossary import Glossary, TermOutcome, outcomes
from yibao.languages import language
from yibao.text.segment import Segment
from yibao.text.sentences import split_sentences
from yibao.text.typography import PROTECTED
from yibao.translate.confidence import CERTAIN, confidence
from yibao.translate.enforce import Enforced, enforce
from yibao.translate.engine import Engine

Origin = Literal["memory", "engine", "copied"]
Memory = Callable[[Sequence[str]], Mapping[str, str]]
"""Approved translations, by source text, of those texts that have one."""

CHUNK = 400
"""Segments decoded together: many full batches, and steps small enough to show progress by."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A machine translation of a segment, with all that a reviewer should know of it.

    Attributes:
        key: the segment's key.
        source: the segment's text.
        text: the translation.
        origin: memory: approved before, word for word the same source; engine: decoded; copied:
            it needs no translation.
        engine: id of the engine; empty unless it was decoded.
        glossary: version of the glossary in force.
        terms: what became of each term of the source.
        findings: what the checks say of it.
        confidence: from 0 to 1; see `yibao.translate.confidence`. None if nobody judged it.
    """

    key: str
    source: str
    text: str
    origin: Origin
    engine: str = ""
    glossary: str = ""
    terms: tuple[TermOutcome, ...] = ()
    findings: tuple[Finding, ...] = ()
    confidence: float | None = None

    def to_record(self) -> dict[str, Any]:
        """The draft as JSON-able values."""
        return {
            "key": self.key,
            "source": self.source,
            "text": self.text,
            "origin": self.origin,
            "engine": self.engine,
            "glossary": self.glossary,
            "terms": [term.to_record() for term in self.terms],
            "findings": [finding.to_record() for finding in self.findings],
            "confidence": self.confidence,
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """The draft of a record that `to_record` made.

        Raises:
            KeyError, ValueError: the record was not made by `to_record`.
        """
        if record["origin"] not in get_args(Origin):
            raise ValueError(f"unknown origin of a draft: {record['origin']!r}")
        return cls(
            key=record["key"],
            source=record["source"],
            text=record["text"],
            origin=record["origin"],
            engine=record["engine"],
            glossary=record["glossary"],
            terms=tuple(map(TermOutcome.from_record, record["terms"])),
            findings=tuple(map(Finding.from_record, record["findings"])),
            confidence=record["confidence"],
        )


@dataclass(frozen=True, slots=True)
class Drafter:
    """Drafts segments of one pair of languages under one glossary.

    Equal sentences are decoded once, however often and in however many calls they come.

    Attributes:
        engine: what decodes.
        glossary: the terms in force.
        memory: approved translations; none if not given.
    """

    engine: Engine
    glossary: Glossary
    memory: Memory | None = None
    _decoded: dict[str, Enforced] = field(default_factory=dict, repr=False, compare=False)

    def draft(
        self, segments: Sequence[Segment], *, progress: Callable[[int], None] | None = None
    ) -> list[Draft]:
        """A draft for every segment, in their order.

        Args:
            segments: of any number of articles; a long list is decoded faster than short ones.
            progress: told, from time to time, how many segments are done.

        Raises:
            ModelError: decoding failed.
        """
        texts = list(dict.fromkeys(segment.text for segment in segments))
        approved = self.memory(texts) if self.memory else {}
        drafts: list[Draft] = []
        for begin in range(0, len(segments), CHUNK):
            chunk = segments[begin : begin + CHUNK]
            self._decode(segment.text for segment in chunk if segment.text not in approved)
            drafts += [self._draft(segment, approved.get(segment.text)) for segment in chunk]
            if progress:
                progress(len(drafts))
        return drafts

    def _decode(self, texts: Iterator[str]) -> None:
        """Decode the sentences of texts that need it and are not decoded yet."""
        waiting = dict.fromkeys(
            sentence
            for text in texts
            if not self._as_it_is(text)
            for sentence in split_sentences(text, self.engine.source)
            if sentence not in self._decoded
        )
        decoded = enforce(self.engine, list(waiting), self.glossary)
        self._decoded.update(zip(waiting, decoded, strict=True))

    def _as_it_is(self, text: str) -> bool:
        """Whether a text needs no translation: no letters, an address, or the target's script."""
        rest = PROTECTED.sub("", text)
        if not any(char.isalpha() for char in rest):
            return True
        return self._languages == ("zh", "en") and rest.isascii()

    @property
    def _languages(self) -> tuple[str, str]:
        return self.engine.source, self.engine.target

    def _draft(self, segment: Segment, approved: str | None) -> Draft:
        if approved is not None:
            terms = outcomes(segment.text, approved, self.glossary, self._languages, "waived")
            return self._checked(segment, Draft(**_known(segment, approved, "memory"), terms=terms))
        if self._as_it_is(segment.text):
            return self._checked(segment, Draft(**_known(segment, segment.text, "copied")))
        text, terms, parts = self._joined(segment.text)
        weights = [max(1, len(part.text)) for part in parts]
        scores = zip(parts, weights, strict=True)
        truncated = any(part.truncated for part in parts)
        draft = Draft(
            key=segment.key,
            source=segment.text,
            text=text,
            origin="engine",
            engine=self.engine.id,
            terms=terms,
            confidence=confidence(
                segment.text,
                text,
                self._languages,
                score=sum(part.score * weight for part, weight in scores) / sum(weights),
                terms=terms,
                loops=any(part.loops for part in parts),
                truncated=truncated,
            ),
        )
        return self._checked(segment, draft, truncated=truncated)

    def _joined(self, text: str) -> tuple[str, tuple[TermOutcome, ...], list[Enforced]]:
        """The decoded sentences of a text put together, the places of terms with them."""
        joiner = language(self.engine.target).joiner
        target, cursor = "", 0
        terms: list[TermOutcome] = []
        parts = []
        for sentence in split_sentences(text, self.engine.source):
            part = self._decoded[sentence]
            start = text.index(sentence, cursor)
            cursor = start + len(sentence)
            target += joiner if target and part.text else ""
            terms += (_moved(term, start, len(target)) for term in part.terms)
            target += part.text
            parts.append(part)
        return target, tuple(terms), parts

    def _checked(self, segment: Segment, draft: Draft, *, truncated: bool = False) -> Draft:
        pair = SegmentPair(
            source=segment.text,
            target=draft.text,
            source_language=self.engine.source,
            target_language=self.engine.target,
            role=segment.role,
            terms=draft.terms,
            glossary=self.glossary,
            truncated=truncated,
        )
        return replace(draft, glossary=self.glossary.version, findings=run_checks(pair))


def _known(segment: Segment, text: str, origin: Origin) -> dict[str, Any]:
    return {
        "key": segment.key,
        "source": segment.text,
        "text": text,
        "origin": origin,
        "confidence": CERTAIN,
    }


def _moved(term: TermOutcome, start: int, target_start: int) -> TermOutcome:
    """A term's outcome in a sentence, as one in the segment."""
    moved = replace(term, start=term.start + start, end=term.end + start)
    if term.target_start is None or term.target_end is None:
        return moved
    return replace(
        moved,
        target_start=term.target_start + target_start,
        target_end=term.target_end + target_start,
    )
