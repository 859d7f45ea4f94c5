"""Freezing a finished translation: the four-eyes rule, the approved revision, the publication."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from yibao.article import Article, Block
from yibao.desk import house, memory
from yibao.desk.models import (
    ApprovedRevision,
    EventKind,
    Publication,
    Segment,
    SegmentEdit,
    SegmentState,
    Translation,
    User,
)
from yibao.desk.reading import as_read
from yibao.desk.workflow import checking
from yibao.errors import NotAllowed
from yibao.text.segment import assemble

NAMED = 5
"""How many segments a refusal names."""


def freeze(
    actor: User, translation: Translation, now: datetime, *, note: str, override: str
) -> None:
    """Make the approved revision, bring its publication up to date, remember its segments.

    A text that readers have already is not approved as another one: the old revision stands.

    Raises:
        NotAllowed: a segment is not confirmed, an error stands, or the note is missing.
    """
    segments = _segments(translation)
    require_finished(translation, segments)
    publication, approved = _publication(translation), as_it_stands(translation, now)
    _require_note(translation, publication, approved, note)
    if publication is not None and not _news(publication, approved):
        memory.remember(publication.approved, segments)
        return
    approved.number = translation.approvals.count() + 1
    approved.approved_by, approved.reviewer = actor, actor.display_name
    approved.note, approved.override = note, override
    approved.save()
    _publish(approved)
    memory.remember(approved, segments)


def as_it_stands(translation: Translation, now: datetime) -> ApprovedRevision:
    """The revision that approving would make of the text as it is now; nobody's and not stored."""
    segments = _segments(translation)
    texts = {segment.key: segment.text for segment in segments}
    article = assemble(translation.revision.value, texts, translation.language)
    return ApprovedRevision(
        translation=translation,
        source=translation.revision,
        record=article.to_record(),
        approved=now,
        translators=_translators(translation, segments),
        machine_assisted=any(
            segment.draft is not None and segment.draft.origin == "engine" for segment in segments
        ),
    )


def as_published(translation: Translation, now: datetime) -> Publication:
    """The entry that approving the text as it is now would make or change; not stored."""
    publication, approved = _publication(translation), as_it_stands(translation, now)
    if publication is None:
        return _first_publication(approved)
    publication.approved, publication.updated, publication.withdrawn = approved, now, None
    return publication


def wants_note(translation: Translation) -> bool:
    """Whether approving takes a note for readers: they know another text, or a withdrawal."""
    publication = _publication(translation)
    return publication is not None and _told(publication, as_it_stands(translation, timezone.now()))


def require_finished(translation: Translation, segments: Sequence[Segment]) -> None:
    """Refuse a translation that has work left.

    Raises:
        NotAllowed: a segment is not confirmed, or an error-severity finding stands.
    """
    where = f"translation {translation.pk}"
    open_keys = [each.key for each in segments if each.state != SegmentState.CONFIRMED]
    if open_keys:
        raise NotAllowed(
            where,
            f"{len(open_keys)} segments are not confirmed: {_some(open_keys)}",
            "Confirm them.",
        )
    errors = [
        f"{segment.key} {finding.message}" for segment, finding in checking.blocking(segments)
    ]
    if errors:
        raise NotAllowed(
            where,
            f"{len(errors)} errors stand: {_some(errors)}",
            "Correct them, or dismiss them with a reason.",
        )


def own_work(actor: User, translation: Translation) -> bool:
    """Whether somebody else has to approve it: the actor submitted it, or wrote in it.

    Whoever changed a text since the last approval wrote in it, even if others changed it again.
    """
    if translation.submitted_by_id == actor.pk:
        return True
    edits = SegmentEdit.objects.filter(
        person=actor, segment__translation=translation, segment__retired=None
    )
    last = translation.events.filter(kind=EventKind.APPROVED).order_by("id").last()
    if last is not None:
        edits = edits.filter(created__gt=last.created)
    return bool(edits.exists())


def require_other_eyes(actor: User, translation: Translation, override: str) -> str:
    """The reason to record for an override; empty where none is needed.

    Raises:
        NotAllowed: it is the actor's own work, and the policy forbids it or wants a reason.
    """
    if not own_work(actor, translation):
        return ""
    policy = house.newsroom().review.approval
    where = f"translation {translation.pk}"
    if policy == "strict":
        raise NotAllowed(where, "nobody approves their own work", "Ask another editor.")
    if policy == "warn" and not override:
        raise NotAllowed(where, "this is your own work", "Ask another editor, or say why not.")
    return override


def withdraw_publication(translation: Translation, now: datetime, note: str) -> None:
    """Mark the entry as withdrawn, if there is one."""
    Publication.objects.filter(translation=translation).update(
        withdrawn=now, updated=now, live_withdrawn=False, note=note
    )


def _segments(translation: Translation) -> list[Segment]:
    return list(translation.segments.current().select_related("edited_by", "confirmed_by", "draft"))


def _publication(translation: Translation) -> Publication | None:
    rows = Publication.objects.filter(translation=translation).select_related("approved__source")
    publication: Publication | None = rows.first()
    return publication


def _news(publication: Publication, approved: ApprovedRevision) -> bool:
    """Whether a revision is another thing to readers than what they may have."""
    same = as_read(publication.approved.value) == as_read(approved.value)
    return publication.withdrawn is not None or not same


def _told(publication: Publication, approved: ApprovedRevision) -> bool:
    """Whether readers have to be told of a revision: another text, or one that is back.

    A name in the source's byline is no text of ours.
    """
    same = _text(publication.approved.value) == _text(approved.value)
    return publication.withdrawn is not None or not same


def _text(article: Article) -> tuple[str, str, tuple[Block, ...]]:
    return article.title, article.summary, article.blocks


def _require_note(
    translation: Translation,
    publication: Publication | None,
    approved: ApprovedRevision,
    note: str,
) -> None:
    where = f"translation {translation.pk}"
    if publication is None:
        return
    if not _news(publication, approved):
        if note:
            raise NotAllowed(
                where,
                "the text is the one that was approved before, there is nothing to tell readers",
                "Approve it without a note.",
            )
    elif not note and _told(publication, approved):
        why = "restored" if publication.withdrawn is not None else "corrected"
        raise NotAllowed(
            where,
            f"readers have to be told why a text is {why}",
            "Write a note for them.",
        )


def _publish(approved: ApprovedRevision) -> None:
    translation = approved.translation
    publication = _publication(translation)
    if publication is None:
        _first_publication(approved).save()
        return
    Publication.objects.filter(pk=publication.pk).update(
        approved=approved,
        updated=approved.approved,
        withdrawn=None,
        live_withdrawn=False,
        note="",
    )


def _first_publication(approved: ApprovedRevision) -> Publication:
    article = approved.translation.article
    declared = house.newsroom().sources.get(article.source)
    return Publication(
        translation=approved.translation,
        entry=article.pk,
        language=approved.translation.language,
        section=declared.section if declared else "",
        approved=approved,
        first_published=approved.approved,
        updated=approved.approved,
    )


def _translators(translation: Translation, segments: Sequence[Segment]) -> list[str]:
    """Who submitted it, then who else edited or confirmed, in reading order."""
    people = [translation.submitted_by]
    for segment in segments:
        people += [segment.edited_by, segment.confirmed_by]
    return list(dict.fromkeys(person.display_name for person in people if person is not None))


def _some(items: Sequence[str]) -> str:
    more = len(items) - NAMED
    return "; ".join(items[:NAMED]) + (f" and {more} more" if more > 0 else "")
