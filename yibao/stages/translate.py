"""Translate: segments that wait in the store become drafts, batched across articles."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from functools import partial
from itertools import groupby
from typing import Any, Literal
from uuid import uuid4

from django.urls import reverse

from yibao.desk import memory, store
from yibao.desk.store import Waiting as Waiting  # noqa: PLC0414  # flows name it too
from yibao.errors import (
    ConfigError,
    GlossaryError,
    PackageCorrupt,
    PackageMissing,
    YibaoError,
)
from yibao.glossary import load_glossary
from yibao.newsroom import Newsroom
from yibao.paths import Paths
from yibao.progress import report
from yibao.translate import Draft, Drafter, open_engine, packages_folder

BATCH = 20
"""Articles drafted and saved together: enough for full decoding batches, little to lose."""
NOT_READY = (ConfigError, GlossaryError, PackageMissing, PackageCorrupt)
"""Errors that are no article's fault."""


@dataclass(frozen=True, slots=True, order=True)
class Job:
    """What a batch of translations has in common: the pair and the glossaries."""

    source: str
    target: str
    glossaries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drafted:
    """A translation that has its drafts now.

    Attributes:
        translation: its id.
        page: the path of its page at the desk.
        title: the article's, in the source language.
        source, target: language codes.
        segments: how many were drafted.
        findings: how many findings of each severity.
        terms: how many terms of each outcome.
        origins: how many drafts of each origin.
    """

    translation: str
    page: str
    title: str
    source: str
    target: str
    segments: int
    findings: Counter[str]
    terms: Counter[str]
    origins: Counter[str]

    @classmethod
    def of(cls, waiting: Waiting, drafts: Sequence[Draft]) -> "Drafted":
        """The summary of a translation's drafts."""
        return cls(
            waiting.translation_id,
            reverse("desk:editor", args=[waiting.translation_id]),
            waiting.article.title,
            waiting.source_language,
            waiting.target_language,
            len(drafts),
            Counter(finding.severity for draft in drafts for finding in draft.findings),
            Counter(term.status for draft in drafts for term in draft.terms),
            Counter(draft.origin for draft in drafts),
        )

    def to_record(self) -> dict[str, Any]:
        """The same as JSON-able values."""
        record = {each.name: getattr(self, each.name) for each in fields(self)}
        return {key: dict(v) if isinstance(v, Counter) else v for key, v in record.items()}


@dataclass(slots=True)
class Translated:
    """What a run drafted.

    Attributes:
        drafted: the translations that have their drafts now.
        errors: a message for everything that could not be drafted.
        waiting: how many translations still wait: held by another run, or put off.
    """

    drafted: list[Drafted] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    waiting: int = 0

    def total(self, counted: Literal["findings", "terms", "origins"]) -> Counter[str]:
        """A count over all translations."""
        return sum((getattr(each, counted) for each in self.drafted), Counter())

    def to_record(self) -> dict[str, Any]:
        """The same as JSON-able values."""
        drafted = [each.to_record() for each in self.drafted]
        return {"drafted": drafted, "errors": self.errors, "waiting": self.waiting}


DraftBatch = Callable[[Job, Sequence[Waiting], Paths], list[list[Draft]]]


def translate_waiting(
    newsroom: Newsroom, paths: Paths, draft: DraftBatch | None = None
) -> Translated:
    """Draft all that waits, batch by batch; what fails is reported, the rest goes on.

    `draft` is what drafts one batch, `draft_batch` if not given: a flow hands in its task.
    Work is claimed while it is under way, so two runs never draft the same translation.
    """
    run = uuid4().hex
    done = Translated()
    total = store.count_waiting()
    try:
        while waiting := store.claim_waiting(BATCH, run):
            for job, batch in _jobs(newsroom, waiting):
                for one, drafts in _drafted(job, batch, paths, draft or draft_batch, done.errors):
                    store.save_drafts(one.translation_id, drafts)
                    done.drafted.append(Drafted.of(one, drafts))
                report("translate", len(done.drafted), total)
    finally:
        store.release(run)
    done.waiting = store.count_waiting()
    return done


def draft_batch(job: Job, batch: Sequence[Waiting], paths: Paths) -> list[list[Draft]]:
    """Drafts for every translation of a batch, in its order.

    All segments are decoded together: sentences of different articles fill one batch.

    Raises:
        ModelError: no usable package for the pair.
        GlossaryError: a glossary has a broken row.
    """
    drafter = Drafter(
        open_engine(job.source, job.target, packages_folder(paths)),
        load_glossary(job.glossaries, paths.glossaries),
        memory=partial(memory.lookup, source_language=job.source, target_language=job.target),
    )
    segments = [segment for one in batch for segment in one.segments]
    task = f"draft {job.source}→{job.target}"
    drafts = iter(drafter.draft(segments, progress=lambda n: report(task, n, len(segments))))
    return [[next(drafts) for _ in one.segments] for one in batch]


def _drafted(
    job: Job, batch: Sequence[Waiting], paths: Paths, draft: DraftBatch, errors: list[str]
) -> Iterator[tuple[Waiting, list[Draft]]]:
    """The drafts of a batch, as far as they can be had; what went wrong goes to `errors`.

    Where the house itself is not ready (no package, a broken glossary), the batch waits for the
    next run. Where something in the batch is at fault, its translations are tried one by one,
    and the one that fails is put off.
    """
    try:
        yield from zip(batch, draft(job, batch, paths), strict=True)
    except NOT_READY as error:
        errors.append(str(error))
    except YibaoError as error:
        if len(batch) == 1:
            store.draft_failed(batch[0].translation_id, error)
            errors.append(f"{batch[0].article.url}: {error}")
            return
        for one in batch:
            yield from _drafted(job, [one], paths, draft, errors)


def _jobs(newsroom: Newsroom, waiting: Sequence[Waiting]) -> Iterator[tuple[Job, list[Waiting]]]:
    def job(one: Waiting) -> Job:
        glossaries = newsroom.glossaries_of(one.source_name)
        return Job(one.source_language, one.target_language, glossaries)

    for key, batch in groupby(sorted(waiting, key=job), key=job):
        yield key, list(batch)
