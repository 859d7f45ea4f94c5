"""Over HTTP nobody does what the permissions table forbids: role by action by state by holder."""

import pytest
from desk_steps import approve_all, submit_all
from desk_visits import SCRIPT, decide, editor_of, save, visitor
from django.urls import reverse

from yibao.desk import workflow
from yibao.desk.models import Event, Hold, SegmentEdit, SegmentState, TranslationState
from yibao.desk.pages import buttons
from yibao.desk.workflow.permissions import PERMISSIONS

pytestmark = pytest.mark.django_db

WORDS = {
    "reject": {"reason": "style", "text": "Shorter."},
    "reopen": {"text": "A wrong figure."},
    "withdraw": {"text": "The source withdrew it."},
}
OFFERED = [str(each) for each in buttons.BY_ACTION]
PEOPLE = {"translator": "other_translator", "editor": "other_editor", "admin": "admin"}


def brought_to(translation, state, users):
    """The translation in a state that people bring it to."""
    key = str(translation.pk)
    if state == TranslationState.IN_REVIEW:
        workflow.claim(users.translator, key)
        workflow.release(users.translator, key)
    elif state == TranslationState.READY:
        submit_all(translation, users.translator)
    elif state == TranslationState.RETURNED:
        submit_all(translation, users.translator)
        workflow.reject(users.editor, key, translation.version, reason="style", text="Shorter.")
    elif state == TranslationState.APPROVED:
        approve_all(translation, users)
    elif state == TranslationState.WITHDRAWN:
        workflow.withdraw(users.editor, key, translation.version, "The source withdrew it.")
    translation.refresh_from_db()
    assert translation.state == state
    return translation


def allowed(action, role, state):
    """Whether the table allows it while nobody holds the translation."""
    return any(
        rule.action == action
        and role in rule.roles
        and state in rule.states
        and Hold.FREE in rule.holds
        for rule in PERMISSIONS
    )


def address(translation, action):
    return reverse("desk:decide", args=[translation.pk, action])


@pytest.mark.parametrize("role", list(PEOPLE))
@pytest.mark.parametrize(
    "state", [each for each in TranslationState if each != TranslationState.WAITING]
)
class TestEveryRoleInEveryState:
    def test_the_table_says_what_is_offered(self, drafted, users, role, state):
        translation = brought_to(drafted, state, users)
        page = visitor(getattr(users, PEOPLE[role])).get(editor_of(translation)).content.decode()
        expected = {each for each in OFFERED if allowed(each, role, state)}
        if state == TranslationState.READY:
            expected.discard("claim")  # approving and returning need none
        if not translation.segments.filter(state=SegmentState.DRAFT).exists():
            expected.discard("redraft")  # everything was touched
        assert {each for each in OFFERED if address(translation, each) in page} == expected

    def test_what_is_not_allowed_is_refused_and_leaves_no_trace(self, drafted, users, role, state):
        translation = brought_to(drafted, state, users)
        client = visitor(getattr(users, PEOPLE[role]))
        before = Event.objects.count()
        for action in OFFERED:
            if not allowed(action, role, state):
                answer = decide(client, translation, action, **WORDS.get(action, {}))
                assert answer.status_code == 403, action
        assert Event.objects.count() == before
        translation.refresh_from_db()
        assert translation.state == state

    def test_texts_change_only_where_the_table_says(self, drafted, users, role, state):
        translation = brought_to(drafted, state, users)
        person = getattr(users, PEOPLE[role])
        may = allowed("edit", role, state)
        segment = translation.segments.get(key="title")
        page = visitor(person).get(editor_of(translation)).content.decode()
        assert (" readonly>" in page) != may
        before = SegmentEdit.objects.count()
        answer = save(visitor(person), segment, "Another headline", **SCRIPT)
        assert answer.status_code == (200 if may else 403)
        assert SegmentEdit.objects.count() == before + may


class TestHolders:
    def test_nobody_writes_into_what_another_holds(self, drafted, users):
        workflow.claim(users.translator, str(drafted.pk))
        segment = drafted.segments.get(key="title")
        for person in (users.other_translator, users.editor, users.admin):
            answer = save(visitor(person), segment, "Mine now", **SCRIPT)
            assert answer.status_code == 403
            assert "Lin works on it until" in answer.content.decode()

    def test_an_editor_takes_over_a_translator_cannot(self, drafted, users):
        workflow.claim(users.translator, str(drafted.pk))
        assert decide(visitor(users.other_translator), drafted, "take_over").status_code == 403
        assert decide(visitor(users.editor), drafted, "take_over").status_code == 302
        drafted.refresh_from_db()
        assert drafted.claimed_by == users.editor


class TestOthers:
    def test_an_account_without_a_role_reads_and_changes_nothing(self, drafted, users):
        client = visitor(users.nobody)
        page = client.get(editor_of(drafted)).content.decode()
        assert " readonly>" in page
        assert "/claim/" not in page
        answer = decide(client, drafted, "claim")
        assert answer.status_code == 403
        assert "your account has no role" in answer.content.decode()

    def test_an_inactive_account_is_signed_out(self, drafted, users):
        assert visitor(users.gone).get(editor_of(drafted)).status_code == 302

    def test_only_administrators_are_shown_the_administration(self, users):
        assert b"/admin/" in visitor(users.admin).get("/desk/").content
        assert b"/admin/" not in visitor(users.editor).get("/desk/").content
        assert visitor(users.editor).get("/admin/").status_code == 302

    def test_every_page_but_the_few_public_ones_wants_a_person(self, drafted, client):
        for name in ("editor", "history", "preview"):
            answer = client.get(reverse(f"desk:{name}", args=[drafted.pk]))
            assert answer.status_code == 302
