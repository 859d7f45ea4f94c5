"""What a person can decide about a translation: buttons, what they ask for, what they do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yibao.desk import house, workflow
from yibao.desk.models import Action, Hold, SegmentState, Translation, TranslationState, User
from yibao.desk.pages.forms import ApproveForm, DecisionForm, RejectForm, ReopenForm, WithdrawForm
from yibao.desk.workflow.permissions import may
from yibao.languages import language


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that the editor page offers.

    Attributes:
        action: the key of the permissions table.
        label: on the button.
        done: said afterwards; empty where the page itself shows it.
        tone: primary, danger or none.
        leaves: whether the person goes back to the queue afterwards.
    """

    action: Action
    label: str | Promise
    done: str | Promise = ""
    tone: str = ""
    leaves: bool = True


DECISIONS = (
    Decision(Action.CLAIM, _("Take it"), tone="primary", leaves=False),
    Decision(Action.TAKE_OVER, _("Take over"), tone="danger", leaves=False),
    Decision(Action.RELEASE, _("Put back"), _("It is in the queue again.")),
    Decision(
        Action.REDRAFT,
        _("New drafts"),
        _("New drafts will be made for the segments that nobody has touched."),
        leaves=False,
    ),
    Decision(
        Action.SUBMIT,
        _("Submit for approval"),
        _("Submitted. An editor will read it."),
        tone="primary",
    ),
    Decision(
        Action.REJECT,
        pgettext_lazy("to its translator", "Return"),
        _("Returned to its translator."),
        tone="danger",
    ),
    Decision(
        Action.APPROVE,
        _("Approve"),
        _("Approved. It goes out with the next publication."),
        tone="primary",
    ),
    Decision(Action.REOPEN, _("Correct it"), leaves=False),
    Decision(
        Action.WITHDRAW,
        _("Withdraw"),
        _("Withdrawn. What was published of it becomes a notice with the next publication."),
        tone="danger",
    ),
)
BY_ACTION = {str(decision.action): decision for decision in DECISIONS}


@dataclass(frozen=True, slots=True)
class Button:
    """A decision as it is offered to a person.

    Attributes:
        decision: what it decides.
        form: what it asks for.
        asks: whether the form has more than the version, so that it needs a place to open.
    """

    decision: Decision
    form: DecisionForm

    @property
    def asks(self) -> bool:
        """Whether there is anything to fill in."""
        return len(self.form.fields) > 1


def buttons(
    person: User, translation: Translation, sent: Mapping[str, DecisionForm] | None = None
) -> list[Button]:
    """The decisions that this person can take now.

    Args:
        person: who looks at the page.
        translation: the translation.
        sent: forms that were sent and refused, by action; shown again with what is wrong.
    """
    offered = [
        decision
        for decision in DECISIONS
        if may(person, decision.action, translation) and _sensible(person, decision, translation)
    ]
    return [
        Button(each, (sent or {}).get(each.action) or form(person, translation, each.action))
        for each in offered
    ]


def form(
    person: User, translation: Translation, action: str, data: Mapping[str, Any] | None = None
) -> DecisionForm:
    """What a decision asks for.

    Args:
        person: who decides.
        translation: about what.
        action: one of `BY_ACTION`.
        data: what was sent; None for an empty form.
    """
    options = {"initial": {"version": translation.version}, "auto_id": f"{action}-%s"}
    spoken = language(translation.language)
    if action == Action.APPROVE:
        own = _policy() == "warn" and workflow.own_work(person, translation)
        return ApproveForm(data, note=_note(translation), own=own, spoken=spoken, **options)
    if action == Action.REJECT:
        return RejectForm(data, most=translation.segments.current().count(), **options)
    if action == Action.WITHDRAW:
        return WithdrawForm(data, spoken=spoken, **options)
    return (ReopenForm if action == Action.REOPEN else DecisionForm)(data, **options)


def _note(translation: Translation) -> str:
    """What readers have to be told when it is approved: a key of `NOTES`, or nothing."""
    if not workflow.wants_note(translation):
        return ""
    return "correction" if translation.publication.withdrawn is None else "restoration"


def take(person: User, translation: Translation, action: str, sent: Mapping[str, Any]) -> None:
    """Do what was decided.

    Args:
        person: who decides.
        translation: about what.
        action: one of `BY_ACTION`.
        sent: the cleaned data of its form.

    Raises:
        DeskError: the workflow refused.
    """
    values = dict(sent)
    if "numbers" in values:
        values["segments"] = _ids(translation, values.pop("numbers"))
    getattr(workflow, action)(person, str(translation.pk), **values)


def blocked_by_own_work(person: User, translation: Translation) -> bool:
    """Whether the four-eyes rule alone keeps this person from approving."""
    return (
        may(person, Action.APPROVE, translation)
        and _policy() == "strict"
        and workflow.own_work(person, translation)
    )


def _sensible(person: User, decision: Decision, translation: Translation) -> bool:
    """Leave out what the table allows but would only confuse here."""
    if decision.action == Action.CLAIM:
        held = translation.held_by(person, timezone.now()) == Hold.OWN
        return not held and translation.state != TranslationState.READY
    if decision.action == Action.APPROVE:
        return not blocked_by_own_work(person, translation)
    if decision.action == Action.REDRAFT:
        untouched = translation.segments.current().filter(state=SegmentState.DRAFT)
        return bool(untouched.exists())
    return True


def _policy() -> str:
    return house.newsroom().review.approval


def _ids(translation: Translation, numbers: tuple[int, ...]) -> tuple[int, ...]:
    """The segments that stand at these places of the page, counted from one."""
    keys = list(translation.segments.current().values_list("pk", flat=True))
    return tuple(keys[number - 1] for number in numbers)
