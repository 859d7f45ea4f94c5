"""Who may do what to a translation: one table, by role, state and who holds it.

The four-eyes rule is not here, because it looks at texts: `yibao.desk.workflow.approve`.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from yibao.desk.models import Action, Hold, Role, Translation, TranslationState, User
from yibao.errors import NotAllowed

WAITING, DRAFTED, IN_REVIEW, READY, APPROVED, RETURNED, WITHDRAWN = TranslationState
EVERYBODY = frozenset(Role)
EDITORS = frozenset({Role.EDITOR, Role.ADMIN})
NOT_ANOTHERS = frozenset({Hold.FREE, Hold.OWN})
AT_WORK = frozenset({WAITING, DRAFTED, IN_REVIEW, RETURNED})


@dataclass(frozen=True, slots=True)
class Rule:
    """An action that is allowed, and the state that it leads to.

    Attributes:
        action: what is done.
        roles: who may.
        states: of the translation, in which they may.
        holds: who may hold it meanwhile, seen by the person who acts.
        to: the state afterwards; None where it stays.
    """

    action: Action
    roles: frozenset[Role]
    states: frozenset[TranslationState]
    holds: frozenset[Hold]
    to: TranslationState | None = None


PERMISSIONS = (
    Rule(Action.CLAIM, EVERYBODY, AT_WORK, NOT_ANOTHERS, IN_REVIEW),
    Rule(Action.CLAIM, EDITORS, frozenset({READY}), NOT_ANOTHERS),
    Rule(Action.TAKE_OVER, EDITORS, frozenset({IN_REVIEW, READY}), frozenset({Hold.OTHER})),
    Rule(Action.RELEASE, EVERYBODY, frozenset({IN_REVIEW}), frozenset({Hold.OWN})),
    Rule(Action.RELEASE, EDITORS, frozenset({READY}), frozenset({Hold.OWN})),
    Rule(Action.EDIT, EVERYBODY, AT_WORK, NOT_ANOTHERS, IN_REVIEW),
    Rule(Action.EDIT, EDITORS, frozenset({READY}), NOT_ANOTHERS),
    Rule(Action.CONFIRM, EVERYBODY, AT_WORK, NOT_ANOTHERS, IN_REVIEW),
    Rule(Action.CONFIRM, EDITORS, frozenset({READY}), NOT_ANOTHERS),
    Rule(Action.DISMISS, EVERYBODY, AT_WORK, NOT_ANOTHERS, IN_REVIEW),
    Rule(Action.DISMISS, EDITORS, frozenset({READY}), NOT_ANOTHERS),
    Rule(Action.REDRAFT, EVERYBODY, AT_WORK, NOT_ANOTHERS),
    Rule(Action.SUBMIT, EVERYBODY, frozenset({IN_REVIEW}), NOT_ANOTHERS, READY),
    Rule(Action.APPROVE, EDITORS, frozenset({READY}), NOT_ANOTHERS, APPROVED),
    Rule(Action.REJECT, EDITORS, frozenset({READY}), NOT_ANOTHERS, RETURNED),
    Rule(Action.REOPEN, EDITORS, frozenset({APPROVED, WITHDRAWN}), frozenset(Hold), IN_REVIEW),
    Rule(
        Action.WITHDRAW,
        EDITORS,
        frozenset(TranslationState) - {WITHDRAWN},
        frozenset(Hold),
        WITHDRAWN,
    ),
)
_TABLE = {
    (rule.action, role, state, hold): rule
    for rule in PERMISSIONS
    for role in rule.roles
    for state in rule.states
    for hold in rule.holds
}


def role_of(person: User) -> Role | None:
    """The strongest role of a person; none for inactive people and those without a role."""
    if not person.is_active:
        return None
    if person.is_superuser:
        return Role.ADMIN
    groups = set(person.groups.values_list("name", flat=True))
    return next((role for role in (Role.EDITOR, Role.TRANSLATOR) if role in groups), None)


def rule_for(action: Action, role: Role | None, state: TranslationState, hold: Hold) -> Rule | None:
    """The rule that allows an action, if there is one."""
    return None if role is None else _TABLE.get((action, role, state, hold))


def may(
    person: User, action: Action, translation: Translation, now: datetime | None = None
) -> bool:
    """Whether the table allows it; `approve` looks at the four-eyes rule besides."""
    hold = translation.held_by(person, now or timezone.now())
    state = TranslationState(translation.state)
    return rule_for(action, role_of(person), state, hold) is not None


def require(person: User, action: Action, translation: Translation, now: datetime) -> Rule:
    """The rule that allows an action.

    Raises:
        NotAllowed: there is none; says whether role, state or holder is in the way.
    """
    role, state = role_of(person), TranslationState(translation.state)
    hold = translation.held_by(person, now)
    rule = rule_for(action, role, state, hold)
    if rule is None:
        raise NotAllowed(f"translation {translation.pk}", *_why(action, role, state, translation))
    return rule


def _why(
    action: Action, role: Role | None, state: TranslationState, translation: Translation
) -> tuple[str, str]:
    if role is None:
        return f"{action}: the account has no role at the desk", "Ask an administrator for one."
    rules = [rule for rule in PERMISSIONS if rule.action == action and role in rule.roles]
    if not rules:
        return f"{action}: not for the role {role}", "Ask an editor."
    if not any(state in rule.states for rule in rules):
        return f"{action}: not while the translation is {state}", "Load the page again."
    holder = translation.claimed_by
    if holder is None:
        return f"{action}: nobody holds the translation", "Claim it first."
    return (
        f"{action}: {holder.display_name} works on it until {translation.claimed_until:%H:%M} UTC",
        "Wait, or ask an editor to take it over.",
    )
