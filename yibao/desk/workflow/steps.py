"""What all transitions are made of."""

from datetime import datetime, timedelta

from yibao.desk.journal import log
from yibao.desk.models import (
    EventKind,
    Hold,
    Segment,
    SegmentEdit,
    SegmentState,
    Translation,
    User,
)
from yibao.desk.workflow import checking
from yibao.desk.workflow.permissions import Rule
from yibao.errors import NotAllowed, StaleEdit

LEASE = timedelta(minutes=20)
"""How long a claim lasts without a sign of life; every save renews it."""


def moved(  # noqa: PLR0913  # a transition and what its event says
    translation: Translation,
    rule: Rule,
    now: datetime,
    actor: User | None = None,
    kind: EventKind | None = None,
    *,
    reason: str = "",
    text: str = "",
) -> Translation:
    """Store a transition; with a kind, add it to the audit trail."""
    before, after = translation.state, rule.to or translation.state
    translation.state = after
    translation.version += 1
    translation.changed = now
    translation.save()
    if kind is not None:
        log(kind, actor, translation, before=before, after=after, reason=reason, text=text)
    return translation


def hold(actor: User, translation: Translation, rule: Rule, now: datetime) -> None:
    """Give the actor the lease, and log it unless they had it already."""
    if translation.held_by(actor, now) != Hold.OWN:
        former = translation.claimed_by if translation.claimed_by != actor else None
        log(
            EventKind.CLAIMED if former is None else EventKind.TAKEN_OVER,
            actor,
            translation,
            before=translation.state,
            after=rule.to or translation.state,
            person=former,
        )
    translation.claimed_by = actor
    translation.claimed_until = now + LEASE


def let_go(translation: Translation) -> None:
    """Clear the claim; the caller stores the row."""
    translation.claimed_by = translation.claimed_until = None


def fresh(segment: Segment, version: int, mine: str) -> None:
    """Refuse a save that was made on an older version.

    Raises:
        StaleEdit: with the refused text, the one that stands and the one both began with.
    """
    if segment.version == version:
        return
    since = segment.edits.filter(base__gte=version).first()
    raise StaleEdit(
        f"segment {segment.key}",
        f"you began with version {version}, version {segment.version} stands now",
        "",
        mine,
        segment.text,
        segment.text if since is None else since.old,
        segment.version,
    )


def edit(actor: User, segment: Segment, text: str, now: datetime) -> None:
    """Put a person's text into a segment, with history and findings; the caller stores it."""
    SegmentEdit.objects.create(
        segment=segment,
        person=actor,
        old=segment.text,
        new=text,
        base=segment.version,
        created=now,
    )
    before, segment.state = segment.state, SegmentState.EDITED
    segment.text = text
    segment.edited_by, segment.edited, segment.confirmed_by = actor, now, None
    segment.version += 1
    segment.dismissals = {}
    checking.check(segment, segment.translation)
    if before != SegmentState.EDITED:
        log(EventKind.SEGMENT_EDITED, actor, segment, before=before, after=segment.state)


def said(text: str, where: str, wanted: str) -> str:
    """A text that may not be empty, stripped.

    Raises:
        NotAllowed: it is empty; says what is wanted.
    """
    if not text.strip():
        raise NotAllowed(where, wanted)
    return text.strip()
