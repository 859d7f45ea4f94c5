"""Translations: the rows to translate, and how they follow their source."""

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from uuid import UUID

from django.utils import timezone

from yibao.desk import models
from yibao.desk.border import in_transaction
from yibao.desk.journal import log
from yibao.desk.locking import as_uuid, lock_translation
from yibao.desk.models import EventKind, ReopenedBy, SegmentState, TranslationState
from yibao.desk.reading import as_read
from yibao.errors import NotAllowed, NotFound
from yibao.languages import language
from yibao.text.segment import Segment, segments


@in_transaction
def request_translation(article_id: str, to: str) -> str:
    """Ask for an article in another language.

    Asking again gives the same translation; if it lags behind its article, it follows now.

    Args:
        article_id: the article.
        to: code of the target language.

    Returns:
        the translation's id.

    Raises:
        NotFound: no such article.
        NotAllowed: it is in that language already.
        ConfigError: no such language.
    """
    key = as_uuid(article_id)
    # The lock keeps a second request from making a second translation.
    rows = models.Article.objects.select_for_update(no_key=True)
    article = rows.filter(pk=key).first() if key else None
    if article is None:
        raise NotFound(f"article {article_id}")
    if language(to).code == article.language:
        raise NotAllowed(f"article {article_id}", f"is in {to} already")
    revision = article.latest
    translation = article.translations.filter(language=to).first()
    if translation is None:
        return _make(article, revision, to)
    if translation.revision_id != revision.pk:
        follow(translation.pk, revision)
    return str(translation.pk)


def follow(translation_id: UUID, revision: models.ArticleRevision) -> None:
    """Bring a translation to a newer revision of its article, inside a transaction.

    A segment whose source text is still there keeps its row, with its text, state and history,
    wherever it moved. What is new waits for a draft and shows what stood there before. What is
    gone is retired; it comes back if the source does.
    """
    translation, now = lock_translation(translation_id), timezone.now()
    before = translation.revision.value
    fresh = _match(translation, segments(revision.value), now)
    old_state = translation.state
    translation.state = _state_after(
        translation, bool(fresh), as_read(before) != as_read(revision.value)
    )
    if translation.state != TranslationState.IN_REVIEW:
        translation.claimed_by = translation.claimed_until = None
    translation.revision = revision
    translation.version += 1
    translation.changed = now
    translation.save()
    log(
        EventKind.SOURCE_CHANGED,
        None,
        translation,
        before=old_state,
        after=translation.state,
        text=f"revision {revision.number}: {len(fresh)} segments to translate",
    )


def _make(article: models.Article, revision: models.ArticleRevision, to: str) -> str:
    now = timezone.now()
    translation = models.Translation.objects.create(
        article=article,
        revision=revision,
        language=to,
        created=now,
        changed=now,
    )
    models.Segment.objects.bulk_create(
        models.Segment(
            translation=translation,
            key=segment.key,
            order=order,
            role=segment.role,
            source=segment.text,
        )
        for order, segment in enumerate(segments(revision.value))
    )
    log(EventKind.TRANSLATION_REQUESTED, None, translation, after=translation.state)
    return str(translation.pk)


def _match(
    translation: models.Translation, wanted: Sequence[Segment], now: datetime
) -> list[models.Segment]:
    """Give every wanted segment its row, and make those that are missing.

    Returns:
        the rows that were made.
    """
    current = list(translation.segments.current())
    retired = list(translation.segments.exclude(retired=None).order_by("-retired", "order"))
    # All are retired first: keys move from row to row, and no two rows may have one at once.
    translation.segments.current().update(retired=now)
    rows = _rows_by_text(current, retired, wanted)
    formers = dict(_formers(current, wanted))
    kept = {row.pk for row in rows.values()}
    fresh = []
    for order, segment in enumerate(wanted):
        row = rows.get(segment.key)
        if row is None:
            former = formers.get(segment.key)
            if former is not None and former.pk in kept:
                former = None
            row = models.Segment(
                translation=translation,
                source=segment.text,
                reopened_by=ReopenedBy.SOURCE_CHANGED,
                former_source=former.source if former else "",
            )
            fresh.append(row)
        row.key, row.order, row.role, row.retired = segment.key, order, segment.role, None
        row.save()
    return fresh


def _rows_by_text(
    current: Sequence[models.Segment],
    retired: Sequence[models.Segment],
    wanted: Sequence[Segment],
) -> dict[str, models.Segment]:
    """The row of the same source text for every key that has one; each row once.

    A row that stays at its key goes first, then the others in reading order, then the retired.
    """
    rows: dict[str, models.Segment] = {}
    text_at = {segment.key: segment.text for segment in wanted}
    pool: dict[str, deque[models.Segment]] = defaultdict(deque)
    for row in current:
        if text_at.get(row.key) == row.source:
            rows[row.key] = row
        else:
            pool[row.source].append(row)
    for row in retired:
        pool[row.source].append(row)
    for segment in wanted:
        if segment.key not in rows and pool[segment.text]:
            rows[segment.key] = pool[segment.text].popleft()
    return rows


def _formers(
    current: Sequence[models.Segment], wanted: Sequence[Segment]
) -> Iterator[tuple[str, models.Segment]]:
    """Which row stood where a changed segment stands now, by aligning old and new texts."""
    old, new = [row.source for row in current], [segment.text for segment in wanted]
    aligned = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for kind, old_start, old_end, new_start, new_end in aligned:
        if kind == "replace":
            pairs = zip(wanted[new_start:new_end], current[old_start:old_end], strict=False)
            yield from ((segment.key, row) for segment, row in pairs)


def _state_after(
    translation: models.Translation, any_fresh: bool, readers_see_it: bool
) -> TranslationState:
    """The state of a translation whose source changed.

    People who are at it stay at it. Finished work goes back only as far as it must.
    """
    state = TranslationState(translation.state)
    settled = {
        TranslationState.DRAFTED,
        TranslationState.READY,
        TranslationState.APPROVED,
    }
    if any_fresh and state in settled:
        return TranslationState.WAITING
    waits = translation.segments.current().filter(state=SegmentState.WAITING).exists()
    if state == TranslationState.WAITING and not waits:
        return TranslationState.DRAFTED
    if state == TranslationState.APPROVED and readers_see_it:
        return TranslationState.READY
    return state
