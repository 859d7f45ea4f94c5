"""Drafts: what waits for the machine, and what it wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from yibao.article import Article
from yibao.desk import models
from yibao.desk.border import at_border, in_transaction
from yibao.desk.journal import log
from yibao.desk.locking import lock_translation
from yibao.desk.models import EventKind, SegmentState, TranslationState
from yibao.errors import YibaoError
from yibao.text.segment import Segment

if TYPE_CHECKING:  # the desk must not load the decoder
    from yibao.translate import Draft

DRAFTING_LEASE = timedelta(minutes=30)
"""How long a run may keep a translation without saving anything."""
FIRST_WAIT = timedelta(minutes=2)
LONGEST_WAIT = timedelta(hours=12)
"""The pause before a translation whose drafting failed is tried again: doubled every time."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A translation that a run has claimed.

    Attributes:
        translation_id, article_id: ids.
        source_language, target_language: codes.
        source_name: name of the source that the article counts to.
        article: the source article.
        segments: those without a draft, in reading order.
    """

    translation_id: str
    article_id: str
    source_language: str
    target_language: str
    source_name: str
    article: Article
    segments: tuple[Segment, ...]


@in_transaction
def claim_waiting(limit: int, run: str) -> list[Waiting]:
    """Take translations with segments that wait for a draft, the oldest first.

    Nobody else gets them until they are drafted, released, or the lease runs out; a save renews
    the lease of all that the run holds. Two processes never get the same one: PostgreSQL skips
    rows that another one is claiming, SQLite has one writer.

    Args:
        limit: how many at the most.
        run: name of the run that claims them.
    """
    now = timezone.now()
    free = Q(drafting_until=None) | Q(drafting_until__lte=now)
    rows = (
        _with_waiting_segments()
        .filter(free)
        .select_for_update(skip_locked=True, of=("self",), no_key=True)
        .select_related("article", "revision")
        .order_by("created", "id")[:limit]
    )
    claimed = list(rows)
    models.Translation.objects.filter(pk__in=[row.pk for row in claimed]).update(
        drafting_run=run, drafting_until=now + DRAFTING_LEASE
    )
    return [_waiting(row) for row in claimed]


@at_border
def count_waiting() -> int:
    """How many translations have segments that wait for a draft, claimed or not."""
    return int(_with_waiting_segments().count())


@at_border
def release(run: str) -> int:
    """Give back what a run has claimed and not drafted; gives how many."""
    return _let_go(models.Translation.objects.filter(drafting_run=run))


@in_transaction
def release_expired() -> int:
    """Clear the claims, of people and of runs, whose lease ran out; gives how many."""
    now = timezone.now()
    runs = _let_go(
        models.Translation.objects.exclude(drafting_run="").filter(drafting_until__lte=now)
    )
    people = models.Translation.objects.filter(claimed_until__lte=now)
    # A row that somebody is changing right now is no forgotten one.
    for translation in people.select_for_update(skip_locked=True, of=("self",), no_key=True):
        log(EventKind.RELEASED, None, translation, person=translation.claimed_by)
        translation.claimed_by = translation.claimed_until = None
        translation.version += 1
        translation.save()
        runs += 1
    return runs


@in_transaction
def save_drafts(translation_id: str, drafts: "Sequence[Draft]") -> None:
    """Keep what the machine or the memory wrote, and end the run's claim.

    A text that a person has touched stays as it is. A draft of a source text that has changed in
    the meantime is left out; its segment waits on. Saving the same drafts again does nothing.

    Raises:
        NotFound: no such translation.
    """
    translation, now = lock_translation(translation_id), timezone.now()
    rows = {row.key: row for row in translation.segments.current().select_related("draft")}
    changed = False
    for draft in drafts:
        row = rows.get(draft.key)
        if row is not None and row.source == draft.source:
            changed |= _save_draft(row, draft, now)
    _renew(translation, now)
    translation.drafting_run, translation.drafting_until = "", None
    translation.draft_failures, translation.draft_error = 0, ""
    waits = any(row.state == SegmentState.WAITING for row in rows.values())
    if translation.state == TranslationState.WAITING and not waits:
        translation.state = TranslationState.DRAFTED
        log(
            EventKind.DRAFTED,
            None,
            translation,
            before=TranslationState.WAITING,
            after=TranslationState.DRAFTED,
        )
    if changed:
        translation.version += 1
        translation.changed = now
    translation.save()


@in_transaction
def draft_failed(translation_id: str, error: YibaoError) -> None:
    """Say that a translation could not be drafted: it is tried again later, and ever later.

    Without this a translation that always fails would come first in every run.

    Raises:
        NotFound: no such translation.
    """
    translation, now = lock_translation(translation_id), timezone.now()
    pause = min(FIRST_WAIT * 2 ** min(translation.draft_failures, 16), LONGEST_WAIT)
    translation.draft_failures += 1
    translation.draft_error = str(error)
    translation.drafting_run, translation.drafting_until = "", now + pause
    translation.save()
    log(EventKind.DRAFT_FAILED, None, translation, text=str(error))


def _with_waiting_segments() -> QuerySet:
    waiting = models.Segment.objects.filter(
        translation=OuterRef("pk"), retired=None, state=SegmentState.WAITING
    )
    rows = models.Translation.objects.filter(Exists(waiting))
    return rows.exclude(state=TranslationState.WITHDRAWN)


def _waiting(row: models.Translation) -> Waiting:
    segments = row.segments.current().filter(state=SegmentState.WAITING)
    return Waiting(
        translation_id=str(row.pk),
        article_id=str(row.article_id),
        source_language=row.article.language,
        target_language=row.language,
        source_name=row.article.source,
        article=row.revision.value,
        segments=tuple(segment.value for segment in segments),
    )


def _save_draft(row: models.Segment, draft: "Draft", now: datetime) -> bool:
    """Add a draft to a segment; gives whether there was anything new."""
    said = {
        "source": draft.source,
        "text": draft.text,
        "origin": draft.origin,
        "engine": draft.engine,
        "glossary": draft.glossary,
    }
    if row.draft is not None and all(getattr(row.draft, key) == said[key] for key in said):
        return False
    terms = [term.to_record() for term in draft.terms]
    findings = [finding.to_record() for finding in draft.findings]
    row.draft = models.MachineDraft.objects.create(
        segment=row,
        **said,
        terms=terms,
        findings=findings,
        confidence=draft.confidence,
        created=now,
    )
    if row.state in {SegmentState.WAITING, SegmentState.DRAFT}:
        row.state, row.text, row.version = SegmentState.DRAFT, draft.text, row.version + 1
        row.terms, row.findings, row.dismissals = terms, findings, {}
    row.save()
    return True


def _renew(translation: models.Translation, now: datetime) -> None:
    """Renew the lease of all else that the translation's run holds.

    Rows that somebody is changing are passed over: to wait for them would be a deadlock if they
    wait for us.
    """
    if translation.drafting_run:
        held = (
            models.Translation.objects.filter(drafting_run=translation.drafting_run)
            .exclude(pk=translation.pk)
            .select_for_update(skip_locked=True, of=("self",), no_key=True)
        )
        models.Translation.objects.filter(pk__in=[row.pk for row in held]).update(
            drafting_until=now + DRAFTING_LEASE
        )


def _let_go(rows: QuerySet) -> int:
    return int(rows.update(drafting_run="", drafting_until=None))
