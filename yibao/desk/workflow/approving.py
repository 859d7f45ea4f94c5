"""Freezing a finished translation: the four-eyes rule, the approved revision, the publication."""

from collections.abc import Sequence
from datetime import datetime

from yibao.desk import house, memory
from yibao.desk.models import (
    ApprovedRevision,
    Publication,
    Segment,
    SegmentState,
    Translation,
    User,
)
from yibao.desk.workflow import checking
from yibao.errors import NotAllowed
from yibao.text.segment import assemble

NAMED = 5
"""How many segments a refusal names."""


def freeze(
    actor: User, translation: Translation, now: datetime, *, note: str, override: str
) -> ApprovedRevision:
    """Make the approved revision, bring its publication up to date, remember its segments.

    Raises:
        NotAllowed: the actor's own work, a segment that is not confirmed, an error that stands.
    """
    segments = list(
        translation.segments.current().select_related("edited_by", "confirmed_by", "draft")
    )
    require_finished(translation, segments)
    override = _require_other_eyes(actor, translation, segments, override)
    source = translation.revision
    texts = {segment.key: segment.text for segment in segments}
    article = assemble(source.value, texts, translation.language)
    approved: ApprovedRevision = ApprovedRevision.objects.create(
        translation=translation,
        source=source,
        number=translation.approvals.count() + 1,
        record=article.to_record(),
        approved_by=actor,
        approved=now,
        reviewer=actor.display_name,
        translators=_translators(translation, segments),
        machine_assisted=any(
            segment.draft is not None and segment.draft.origin == "engine" for segment in segments
        ),
        note=note,
        override=override,
    )
    _publish(approved)
    memory.remember(approved, segments)
    return approved


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
    """Whether somebody else has to approve it: the actor submitted it, or wrote a text in it."""
    edited = translation.segments.current().filter(edited_by=actor)
    return translation.submitted_by_id == actor.pk or bool(edited.exists())


def withdraw_publication(translation: Translation, now: datetime, note: str) -> None:
    """Mark the entry as withdrawn, if there is one."""
    Publication.objects.filter(translation=translation).update(
        withdrawn=now, updated=now, live_withdrawn=False, note=note
    )


def _require_other_eyes(
    actor: User, translation: Translation, segments: Sequence[Segment], override: str
) -> str:
    """The reason to record for an override; empty where none is needed."""
    if translation.submitted_by_id != actor.pk and all(
        segment.edited_by_id != actor.pk for segment in segments
    ):
        return ""
    policy = house.newsroom().review.approval
    where = f"translation {translation.pk}"
    if policy == "strict":
        raise NotAllowed(where, "nobody approves their own work", "Ask another editor.")
    if policy == "warn" and not override:
        raise NotAllowed(where, "this is your own work", "Ask another editor, or say why not.")
    return override


def _publish(approved: ApprovedRevision) -> None:
    translation = approved.translation
    _, created = Publication.objects.get_or_create(
        translation=translation,
        defaults={
            "entry": translation.article_id,
            "language": translation.language,
            "approved": approved,
            "first_published": approved.approved,
            "updated": approved.approved,
        },
    )
    if not created:
        Publication.objects.filter(translation=translation).update(
            approved=approved,
            updated=approved.approved,
            withdrawn=None,
            live_withdrawn=False,
            note="",
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
