"""What is done to a translation's segments."""

from django.utils import timezone

from yibao.desk.border import in_transaction
from yibao.desk.cleaning import clean
from yibao.desk.journal import log
from yibao.desk.locking import lock_segment, lock_translation
from yibao.desk.models import Action, EventKind, Segment, SegmentState, Translation, User
from yibao.desk.workflow import checking, permissions
from yibao.desk.workflow.steps import edit, fresh, hold, moved, said
from yibao.errors import NotAllowed, NotFound


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
    hold(actor, segment.translation, rule, now)
    if text != segment.text:
        fresh(segment, version, text)
        edit(actor, segment, text, now)
        segment.save()
    elif segment.version == version and segment.state == SegmentState.WAITING:
        raise NotAllowed(f"segment {segment.key}", "has no text yet", "Write a translation.")
    moved(segment.translation, rule, now)
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
    fresh(segment, version, text)
    if not text:
        raise NotAllowed(f"segment {segment.key}", "an empty text cannot be confirmed")
    hold(actor, segment.translation, rule, now)
    if text != segment.text:
        edit(actor, segment, text, now)
    if segment.state != SegmentState.CONFIRMED:
        before, segment.state = segment.state, SegmentState.CONFIRMED
        segment.reopened_by = ""
        segment.confirmed_by = actor
        segment.version += 1
        log(EventKind.SEGMENT_CONFIRMED, actor, segment, before=before, after=segment.state)
    segment.save()
    moved(segment.translation, rule, now)
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
    fresh(segment, version, segment.text)
    findings = {each.id: each.finding for each in checking.judged(segment)}
    if finding not in findings:
        raise NotFound(f"segment {segment.key}", f"has no finding {finding!r}")
    reason = said(reason, f"segment {segment.key}", "a dismissal needs a reason")
    hold(actor, segment.translation, rule, now)
    segment.dismissals = {
        **segment.dismissals,
        finding: {"by": actor.display_name, "reason": reason, "at": now.isoformat()},
    }
    segment.version += 1
    segment.save()
    log(EventKind.FINDING_DISMISSED, actor, segment, reason=findings[finding].check, text=reason)
    moved(segment.translation, rule, now)
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
    return moved(translation, rule, now, actor, EventKind.REDRAFT_REQUESTED)
