"""What becomes of a translation as a whole."""

from django.utils import timezone

from yibao.desk.border import in_transaction
from yibao.desk.cleaning import clean
from yibao.desk.journal import log
from yibao.desk.locking import lock_translation
from yibao.desk.models import (
    Action,
    EventKind,
    Reason,
    ReopenedBy,
    SegmentState,
    Translation,
    User,
)
from yibao.desk.workflow import approving, checking, permissions
from yibao.desk.workflow.steps import let_go, moved, said
from yibao.errors import NotAllowed, NotFound


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
    let_go(translation)
    return moved(translation, rule, now, actor, EventKind.SUBMITTED)


@in_transaction
def approve(
    actor: User, translation_id: str, version: int, *, note: str = "", override: str = ""
) -> Translation:
    """Freeze the text for publication.

    Args:
        actor: an editor.
        translation_id: the translation.
        version: of the translation, as the actor saw it.
        note: for readers: what a correction changed, or why a withdrawn text is back; empty the
            first time, and where the text is the one that was approved before.
        override: under the policy `warn`, why the actor approves their own work.

    Raises:
        NotFound, StaleEdit: no such translation; it changed since.
        NotAllowed: the table forbids it, it is the actor's own work, a segment is not
            confirmed, an error stands, or a correction or restoration has no note.
    """
    now, translation = timezone.now(), lock_translation(translation_id, version)
    rule = permissions.require(actor, Action.APPROVE, translation, now)
    note, override = clean(note), approving.require_other_eyes(actor, translation, clean(override))
    approving.freeze(actor, translation, now, note=note, override=override)
    let_go(translation)
    if override:
        log(EventKind.OVERRIDDEN, actor, translation, text=override)
    return moved(translation, rule, now, actor, EventKind.APPROVED, text=note)


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
        text = said(text, where, "the reason 'other' needs an explanation")
    for segment_id in segments:
        _reopen_segment(actor, translation, segment_id)
    let_go(translation)
    return moved(translation, rule, now, actor, EventKind.REJECTED, reason=reason, text=text)


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
    text = said(text, f"translation {translation.pk}", "say what has to be corrected")
    return moved(translation, rule, now, actor, EventKind.REOPENED, text=text)


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
    text = said(clean(text), f"translation {translation.pk}", "say why it is withdrawn")
    approving.withdraw_publication(translation, now, text)
    let_go(translation)
    return moved(translation, rule, now, actor, EventKind.WITHDRAWN, text=text)


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
