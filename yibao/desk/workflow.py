"""What people do to a translation: claim, edit, confirm, submit, approve, return, withdraw.

Every function is one transition. It takes the person, the id of what they act on and the
version they saw; it checks the permissions table, refuses an outdated version, changes the rows
and writes the audit trail, all in one transaction. It returns the changed row.

    waiting -> drafted -> in_review -> ready -> approved
                              ^          |         |
                              |       returned     |  reopen (a correction)
                              +----------+---------+

Whether something is published is not a state here: `Publication`.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from yibao.desk import approving, checking, permissions
from yibao.desk.approving import own_work
from yibao.desk.border import in_transaction
from yibao.desk.journal import log
from yibao.desk.locking import lock_segment, lock_translation
from yibao.desk.models import (
    Action,
    EventKind,
    Hold,
    Reason,
    ReopenedBy,
    Segment,
    SegmentEdit,
    SegmentState,
    Translation,
    User,
)
from yibao.desk.permissions import Rule, may
from yibao.desk.wording import clean
from yibao.errors import NotAllowed, NotFound, StaleEdit

__all__ = [
    "LEASE",
    "approve",
    "claim",
    "confirm_segment",
    "dismiss_finding",
    "may",
    "own_work",
    "redraft",
    "reject",
    "release",
    "renew",
    "reopen",
    "save_segment",
    "submit",
    "take_over",
    "withdraw",
]

LEASE = timedelta(minutes=20)
"""How long a claim lasts without a sign of life; every save renews it."""


@in_transaction
def claim(actor: User, translation_id: str, version: int | None = None) -> Translation:
    """Take a translation to work on; on one's own it renews the lease.

    Raises:
        NotFound, StaleEdit, NotAllowed: no such one; it changed; somebody else holds it.
    """
    now, translation = timezone.now(), lock_translation(translation_id, version)
    rule = permissions.require(actor, Action.CLAIM, translation, now)
    _hold(actor, translation, rule, now)
    return _moved(translation, rule, now)


@in_transaction
def take_over(actor: User, translation_id: str, version: int | None = None) -> Translation:
    """Take a translation from the person who holds it.

    Raises:
        NotFound, StaleEdit, NotAllowed: no such one; it changed; nobody else holds it, or no
            editor.
    """
    now, translation = timezone.now(), lock_translation(translation_id, version)
    rule = permissions.require(actor, Action.TAKE_OVER, translation, now)
    _hold(actor, translation, rule, now)
    return _moved(translation, rule, now)


@in_transaction
def release(actor: User, translation_id: str, version: int | None = None) -> Translation:
    """Let go of one's own claim; what was done so far stays.

    Raises:
        NotFound, StaleEdit, NotAllowed: no such one; it changed; not held by the actor.
    """
    now, translation = timezone.now(), lock_translation(translation_id, version)
    rule = permissions.require(actor, Action.RELEASE, translation, now)
    _let_go(translation)
    return _moved(translation, rule, now, actor, EventKind.RELEASED)


@in_transaction
def renew(actor: User, translation_id: str) -> Translation:
    """A sign of life from the holder: the lease starts anew; nothing else changes.

    Raises:
        NotFound, NotAllowed: no such translation; the actor does not hold it any more.
    """
    now, translation = timezone.now(), lock_translation(translation_id)
    if translation.held_by(actor, now) != Hold.OWN:
        raise NotAllowed(
            f"translation {translation.pk}", "your claim has run out", "Claim it again."
        )
    translation.claimed_until = now + LEASE
    translation.save(update_fields=["claimed_until"])
    return translation


@in_transaction
def save_segment(actor: User, segment_id: int, version: int, text: str) -> Segment:
    """Save a text for a segment; claims the translation if it is free.

    Saving what already stands changes nothing, so that a repeated request is harmless.

    Raises:
        NotFound, NotAllowed: no such segment; the table forbids it, or the text is too long.
        StaleEdit: it was changed since `version`; the error carries both texts.
    """
    text = clean(text)
    now, segment = timezone.now(), lock_segment(segment_id)
    rule = permissions.require(actor, Action.EDIT, segment.translation, now)
    _hold(actor, segment.translation, rule, now)
    if text != segment.text:
        _fresh(segment, version, text)
        _edit(actor, segment, text, now)
        segment.save()
    elif segment.version == version and segment.state == SegmentState.WAITING:
        raise NotAllowed(f"segment {segment.key}", "has no text yet", "Write a translation.")
    _moved(segment.translation, rule, now)
    return segment


@in_transaction
def confirm_segment(actor: User, segment_id: int, version: int, text: str | None = None) -> Segment:
    """Say that a segment's text is right; with `text`, save it first.

    Raises:
        NotFound, NotAllowed: no such segment; the table forbids it, or it has no text.
        StaleEdit: it was changed since `version`; the error carries both texts.
    """
    now, segment = timezone.now(), lock_segment(segment_id)
    rule = permissions.require(actor, Action.CONFIRM, segment.translation, now)
    text = segment.text if text is None else clean(text)
    _fresh(segment, version, text)
    if not text:
        raise NotAllowed(f"segment {segment.key}", "an empty text cannot be confirmed")
    _hold(actor, segment.translation, rule, now)
    if text != segment.text:
        _edit(actor, segment, text, now)
    if segment.state != SegmentState.CONFIRMED:
        before, segment.state = segment.state, SegmentState.CONFIRMED
        segment.reopened_by = ""
        segment.confirmed_by = actor
        segment.version += 1
        log(EventKind.SEGMENT_CONFIRMED, actor, segment, before=before, after=segment.state)
    segment.save()
    _moved(segment.translation, rule, now)
    return segment


@in_transaction
def dismiss_finding(
    actor: User, segment_id: int, version: int, finding: str, reason: str
) -> Segment:
    """Set a finding aside, with a reason; it comes back when the text changes.

    Args:
        actor: who does it.
        segment_id: the segment.
        version: of the segment, as the actor saw it.
        finding: its id, `checking.Judged.id`.
        reason: why it does not matter here; may not be empty.

    Raises:
        NotFound, NotAllowed, StaleEdit: no such segment or finding; the table forbids it, or
            there is no reason; the segment was changed since.
    """
    now, segment = timezone.now(), lock_segment(segment_id)
    rule = permissions.require(actor, Action.DISMISS, segment.translation, now)
    _fresh(segment, version, segment.text)
    said = {each.id: each.finding for each in checking.judged(segment)}
    if finding not in said:
        raise NotFound(f"segment {segment.key}", f"has no finding {finding!r}")
    reason = _said(reason, f"segment {segment.key}", "a dismissal needs a reason")
    _hold(actor, segment.translation, rule, now)
    segment.dismissals = {
        **segment.dismissals,
        finding: {"by": actor.display_name, "reason": reason, "at": now.isoformat()},
    }
    segment.version += 1
    segment.save()
    log(EventKind.FINDING_DISMISSED, actor, segment, reason=said[finding].check, text=reason)
    _moved(segment.translation, rule, now)
    return segment


@in_transaction
def redraft(actor: User, translation_id: str, version: int) -> Translation:
    """Ask for new machine drafts where nobody has touched the old ones.

    Raises:
        NotFound, StaleEdit, NotAllowed: no such one; it changed; the table forbids it.
    """
    now, translation = timezone.now(), lock_translation(translation_id, version)
    rule = permissions.require(actor, Action.REDRAFT, translation, now)
    for segment in translation.segments.current().filter(state=SegmentState.DRAFT):
        segment.state, segment.draft = SegmentState.WAITING, None
        segment.version += 1
        segment.save()
    return _moved(translation, rule, now, actor, EventKind.REDRAFT_REQUESTED)


@in_transaction
def submit(actor: User, translation_id: str, version: int) -> Translation:
    """Hand a finished translation to the editors. All its texts are checked once more.

    Raises:
        NotFound, StaleEdit: no such translation; it changed since.
        NotAllowed: the table forbids it, a segment is not confirmed, or an error stands.
    """
    now, translation = timezone.now(), lock_translation(translation_id, version)
    rule = permissions.require(actor, Action.SUBMIT, translation, now)
    segments = list(translation.segments.current())
    for segment in segments:
        checking.check(segment, translation)
        segment.save(update_fields=["terms", "findings", "dismissals"])
    approving.require_finished(translation, segments)
    translation.submitted_by = actor
    _let_go(translation)
    return _moved(translation, rule, now, actor, EventKind.SUBMITTED)


@in_transaction
def approve(
    actor: User, translation_id: str, version: int, *, note: str = "", override: str = ""
) -> Translation:
    """Freeze the text for publication.

    Args:
        actor: an editor.
        translation_id: the translation.
        version: of the translation, as the actor saw it.
        note: what a correction changed, for readers; empty the first time.
        override: under the policy `warn`, why the actor approves their own work.

    Raises:
        NotFound, StaleEdit: no such translation; it changed since.
        NotAllowed: the table forbids it, it is the actor's own work, a segment is not
            confirmed, or an error stands.
    """
    now, translation = timezone.now(), lock_translation(translation_id, version)
    rule = permissions.require(actor, Action.APPROVE, translation, now)
    approved = approving.freeze(
        actor, translation, now, note=note.strip(), override=override.strip()
    )
    _let_go(translation)
    if approved.override:
        log(EventKind.OVERRIDDEN, actor, translation, text=approved.override)
    return _moved(translation, rule, now, actor, EventKind.APPROVED, text=approved.note)


@in_transaction
def reject(  # noqa: PLR0913  # what a rejection consists of
    actor: User,
    translation_id: str,
    version: int,
    *,
    reason: Reason | str,
    text: str = "",
    segments: tuple[int, ...] = (),
) -> Translation:
    """Return a translation to its translator.

    Args:
        actor: an editor.
        translation_id: the translation.
        version: of the translation, as the actor saw it.
        reason: one of `Reason`.
        text: what to do about it; needed where the reason is `other`.
        segments: ids of segments that have to be confirmed again.

    Raises:
        NotFound, StaleEdit, NotAllowed: no such translation or segment; it changed since; the
            table forbids it, or the reason is missing.
    """
    now, translation = timezone.now(), lock_translation(translation_id, version)
    rule = permissions.require(actor, Action.REJECT, translation, now)
    where = f"translation {translation.pk}"
    if reason not in list(Reason):
        raise NotAllowed(where, f"unknown reason {reason!r}", f"Use {', '.join(Reason)}.")
    if reason == Reason.OTHER:
        text = _said(text, where, "the reason 'other' needs an explanation")
    for segment_id in segments:
        _reopen_segment(actor, translation, segment_id)
    _let_go(translation)
    return _moved(translation, rule, now, actor, EventKind.REJECTED, reason=reason, text=text)


@in_transaction
def reopen(actor: User, translation_id: str, version: int, text: str) -> Translation:
    """Take an approved or withdrawn translation up again, to correct it.

    What is published stays so until the correction is approved.

    Raises:
        NotFound, StaleEdit, NotAllowed: no such one; it changed since; the table forbids it, or
            it is not said why.
    """
    now, translation = timezone.now(), lock_translation(translation_id, version)
    rule = permissions.require(actor, Action.REOPEN, translation, now)
    text = _said(text, f"translation {translation.pk}", "say what has to be corrected")
    return _moved(translation, rule, now, actor, EventKind.REOPENED, text=text)


@in_transaction
def withdraw(actor: User, translation_id: str, version: int, text: str) -> Translation:
    """Take a translation out of the house; what was published of it becomes a notice.

    Args:
        actor: an editor.
        translation_id: the translation.
        version: of the translation, as the actor saw it.
        text: why, for readers; may not be empty.

    Raises:
        NotFound, StaleEdit, NotAllowed: no such one; it changed since; the table forbids it, or
            it is not said why.
    """
    now, translation = timezone.now(), lock_translation(translation_id, version)
    rule = permissions.require(actor, Action.WITHDRAW, translation, now)
    text = _said(text, f"translation {translation.pk}", "say why it is withdrawn")
    approving.withdraw_publication(translation, now, text)
    _let_go(translation)
    return _moved(translation, rule, now, actor, EventKind.WITHDRAWN, text=text)


def _moved(  # noqa: PLR0913  # a transition and what its event says
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


def _hold(actor: User, translation: Translation, rule: Rule, now: datetime) -> None:
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


def _let_go(translation: Translation) -> None:
    translation.claimed_by = translation.claimed_until = None


def _fresh(segment: Segment, version: int, mine: str) -> None:
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


def _edit(actor: User, segment: Segment, text: str, now: datetime) -> None:
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


def _reopen_segment(actor: User, translation: Translation, segment_id: int) -> None:
    segment = translation.segments.current().filter(pk=segment_id).first()
    if segment is None:
        raise NotFound(f"segment {segment_id}", f"not in translation {translation.pk}")
    before, segment.state = segment.state, SegmentState.REOPENED
    segment.reopened_by = ReopenedBy.RETURNED
    segment.confirmed_by = None
    segment.version += 1
    segment.save()
    log(EventKind.SEGMENT_REOPENED, actor, segment, before=before, after=segment.state)


def _said(text: str, where: str, wanted: str) -> str:
    if not text.strip():
        raise NotAllowed(where, wanted)
    return text.strip()
