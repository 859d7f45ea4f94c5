import itertools
from datetime import timedelta

import pytest
from desk_steps import confirm_all
from django.db import transaction
from django.utils import timezone
from workflow_steps import key

from yibao.desk import workflow
from yibao.desk.models import (
    Action,
    Hold,
    Role,
    Translation,
    TranslationState,
)
from yibao.desk.workflow import checking, permissions
from yibao.errors import NotAllowed

# What each role may do, state by state: `free` where nobody or the person holds it, `own` only
# with a claim, `other` while somebody else has it. Written apart from the table in
# yibao.desk.workflow.permissions, and read by the two tests below.
WORK = "claim edit confirm dismiss redraft"


MAY = {
    Role.TRANSLATOR: {
        "waiting": {"free": WORK},
        "drafted": {"free": WORK},
        "in_review": {"free": f"{WORK} submit", "own": "release"},
        "returned": {"free": WORK},
        "ready": {},
        "approved": {},
        "withdrawn": {},
    },
    Role.EDITOR: {
        "waiting": {"free": f"{WORK} withdraw", "other": "withdraw"},
        "drafted": {"free": f"{WORK} withdraw", "other": "withdraw"},
        "in_review": {
            "free": f"{WORK} submit withdraw",
            "own": "release",
            "other": "take_over withdraw",
        },
        "returned": {"free": f"{WORK} withdraw", "other": "withdraw"},
        "ready": {
            "free": "claim edit confirm dismiss approve reject withdraw",
            "own": "release",
            "other": "take_over withdraw",
        },
        "approved": {"free": "reopen withdraw", "other": "reopen withdraw"},
        "withdrawn": {"free": "reopen", "other": "reopen"},
    },
}
MAY[Role.ADMIN] = MAY[Role.EDITOR]
MAY[None] = {state: {} for state in TranslationState}


PRODUCT = list(itertools.product(MAY, TranslationState, Hold, Action))


def expected(role, state, hold, action):
    allowed = MAY[role][state]
    words = {
        Hold.FREE: allowed.get("free", ""),
        Hold.OWN: f"{allowed.get('free', '')} {allowed.get('own', '')}",
        Hold.OTHER: allowed.get("other", ""),
    }[hold]
    return action in words.split()


class TestPermissions:
    def test_the_table_allows_what_is_written_above_and_nothing_else(self):
        wrong = [
            each
            for each in PRODUCT
            if (permissions.rule_for(each[3], each[0], each[1], each[2]) is not None)
            != expected(*each)
        ]
        assert wrong == []

    def test_every_function_follows_the_table(self, drafted, users, monkeypatch):
        """Role x state x hold x action, each tried on real rows and rolled back."""
        monkeypatch.setattr(checking, "check", lambda *_: None)  # the same 1008 times over
        confirm_all(drafted, users.other_translator)
        drafted.segments.filter(key="title").update(
            findings=[{"check": "x", "severity": "info", "message": "look"}]
        )
        Translation.objects.filter(pk=drafted.pk).update(submitted_by=users.other_translator)
        people = {
            Role.TRANSLATOR: users.translator,
            Role.EDITOR: users.editor,
            Role.ADMIN: users.admin,
            None: users.nobody,
        }
        wrong = [
            each
            for each in PRODUCT
            if _happens(drafted, each, people[each[0]], users) != expected(*each)
        ]
        assert wrong == []

    def test_an_inactive_editor_may_nothing(self, drafted, users):
        with pytest.raises(NotAllowed, match="no role"):
            workflow.claim(users.gone, key(drafted))

    @pytest.mark.parametrize(
        ("person", "action", "why"),
        [
            ("nobody", "claim", "no role"),
            ("translator", "withdraw", "not for the role translator"),
            ("editor", "approve", "not while the translation is drafted"),
        ],
    )
    def test_a_refusal_says_what_is_in_the_way(self, drafted, users, person, action, why):
        with pytest.raises(NotAllowed, match=why):
            permissions.require(getattr(users, person), Action(action), drafted, timezone.now())


def _happens(drafted, each, person, users):
    """Whether a combination is carried out; other refusals than the table's are failures."""
    _, state, hold, action = each
    holder = {Hold.FREE: None, Hold.OWN: person, Hold.OTHER: users.other_editor}[hold]
    until = None if holder is None else timezone.now() + timedelta(minutes=5)
    with transaction.atomic():
        Translation.objects.filter(pk=drafted.pk).update(
            state=state, claimed_by=holder, claimed_until=until, version=7
        )
        try:
            _do(action, person, drafted)
        except NotAllowed:
            return False
        finally:
            transaction.set_rollback(True)
    return True


def _do(action, person, drafted):
    title = drafted.segments.get(key="title")
    on = (person, str(drafted.pk), 7)
    at = (person, title.pk, title.version)
    finding = checking.judged(title)[0].id
    {
        Action.CLAIM: lambda: workflow.claim(*on),
        Action.TAKE_OVER: lambda: workflow.take_over(*on),
        Action.RELEASE: lambda: workflow.release(*on),
        Action.EDIT: lambda: workflow.save_segment(*at, "Another headline"),
        Action.CONFIRM: lambda: workflow.confirm_segment(*at),
        Action.DISMISS: lambda: workflow.dismiss_finding(*at, finding, "seen"),
        Action.REDRAFT: lambda: workflow.redraft(*on),
        Action.SUBMIT: lambda: workflow.submit(*on),
        Action.APPROVE: lambda: workflow.approve(*on),
        Action.REJECT: lambda: workflow.reject(*on, reason="term"),
        Action.REOPEN: lambda: workflow.reopen(*on, "a wrong figure"),
        Action.WITHDRAW: lambda: workflow.withdraw(*on, "not ours"),
    }[action]()
