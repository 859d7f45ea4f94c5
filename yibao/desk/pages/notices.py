"""What a person has to know before they begin at a translation."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from yibao.desk.models import Action, Event, EventKind, Hold, Reason, TranslationState, User
from yibao.desk.pages import buttons
from yibao.desk.pages.worksheet import Worksheet
from yibao.desk.workflow.permissions import may

STALLED = 3
"""Failed attempts at drafting, after which the operator has to look."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence above the segments.

    Attributes:
        said: what is the matter.
        quoted: what a colleague wrote about it.
        tone: good, careful, bad or none.
    """

    said: str
    quoted: str = ""
    tone: str = ""


def notices(work: Worksheet, person: User) -> list[Notice]:
    """What to know, the most pressing first."""
    found = (
        _returned(work),
        _held(work, person),
        _own(work, person),
        _submitted(work, person),
        _state(work),
    )
    return [notice for notice in found if notice is not None]


def _returned(work: Worksheet) -> Notice | None:
    """The editor's reason, until the translation is submitted again."""
    kinds = (EventKind.REJECTED, EventKind.SUBMITTED, EventKind.REOPENED)
    events = work.translation.events.filter(kind__in=kinds).select_related("actor")
    last: Event | None = events.order_by("-id").first()
    working = {TranslationState.RETURNED, TranslationState.IN_REVIEW}
    if last is None or work.translation.state not in working:
        return None
    who = {"who": last.actor.display_name if last.actor else "–"}
    if last.kind == EventKind.REJECTED:
        reason = Reason(last.reason).label
        said = _("Returned by %(who)s: %(reason)s.") % {**who, "reason": reason}
        return Notice(said, last.text, "bad")
    if last.kind == EventKind.REOPENED:
        said = _("Taken up again by %(who)s. What is published stays until you are done.") % who
        return Notice(said, last.text, "careful")
    return None


def _held(work: Worksheet, person: User) -> Notice | None:
    translation = work.translation
    if translation.held_by(person, timezone.now()) != Hold.OTHER:
        return None
    until = timezone.localtime(translation.claimed_until)
    said = _("%(who)s works on it until %(time)s. You can read, but not write.") % {
        "who": translation.claimed_by.display_name,
        "time": f"{until:%H:%M}",
    }
    return Notice(said, tone="careful")


def _own(work: Worksheet, person: User) -> Notice | None:
    if not buttons.blocked_by_own_work(person, work.translation):
        return None
    said = _("You wrote a part of this text or submitted it: another editor has to approve it.")
    return Notice(said)


def _submitted(work: Worksheet, person: User) -> Notice | None:
    translation = work.translation
    if translation.state != TranslationState.READY or may(person, Action.APPROVE, translation):
        return None
    return Notice(_("Submitted: it waits for an editor. You can read, but not write."))


def _state(work: Worksheet) -> Notice | None:
    translation = work.translation
    if translation.state == TranslationState.WAITING:
        if translation.draft_failures >= STALLED:
            said = _("Machine drafts could not be made. You can write without them.")
            return Notice(said, translation.draft_error, "bad")
        return Notice(_("Machine drafts are on their way. You can begin without them."))
    if translation.state == TranslationState.WITHDRAWN:
        return Notice(
            _("Withdrawn. To bring it back, an editor takes it up again."), tone="careful"
        )
    if translation.state == TranslationState.APPROVED:
        return Notice(_("Approved. To change it, an editor takes it up again."), tone="good")
    return None
