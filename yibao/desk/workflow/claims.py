"""Who works on a translation."""

from django.utils import timezone

from yibao.desk.border import in_transaction
from yibao.desk.locking import lock_translation
from yibao.desk.models import Action, EventKind, Hold, Translation, User
from yibao.desk.workflow import permissions
from yibao.desk.workflow.steps import LEASE, hold, let_go, moved
from yibao.errors import NotAllowed


@in_transaction
def claim(actor: User, translation_id: str, version: int | None = None) -> Translation:
    """Take a translation to work on; on one's own it renews the lease.

    Raises:
        NotFound, StaleEdit, NotAllowed: no such one; it changed; somebody else holds it.
    """
    now, translation = timezone.now(), lock_translation(translation_id, version)
    rule = permissions.require(actor, Action.CLAIM, translation, now)
    hold(actor, translation, rule, now)
    return moved(translation, rule, now)


@in_transaction
def take_over(actor: User, translation_id: str, version: int | None = None) -> Translation:
    """Take a translation from the person who holds it.

    Raises:
        NotFound, StaleEdit, NotAllowed: no such one; it changed; nobody else holds it, or no
            editor.
    """
    now, translation = timezone.now(), lock_translation(translation_id, version)
    rule = permissions.require(actor, Action.TAKE_OVER, translation, now)
    hold(actor, translation, rule, now)
    return moved(translation, rule, now)


@in_transaction
def release(actor: User, translation_id: str, version: int | None = None) -> Translation:
    """Let go of one's own claim; what was done so far stays.

    Raises:
        NotFound, StaleEdit, NotAllowed: no such one; it changed; not held by the actor.
    """
    now, translation = timezone.now(), lock_translation(translation_id, version)
    rule = permissions.require(actor, Action.RELEASE, translation, now)
    let_go(translation)
    return moved(translation, rule, now, actor, EventKind.RELEASED)


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
