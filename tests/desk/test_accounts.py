import pytest
from django.contrib.auth import authenticate

from yibao.desk import accounts
from yibao.desk.models import Event, EventKind, Role, User
from yibao.errors import DeskError, NotFound

PASSWORD = "seven-Quiet-rivers"


@pytest.mark.parametrize("role", list(Role))
def test_an_account_has_the_role_it_was_made_with(db, role):
    user = accounts.create_user("wen", role, PASSWORD)
    assert accounts.role_of(user) == role
    assert accounts.role_of(User.objects.get(username="wen")) == role
    assert authenticate(username="wen", password=PASSWORD) == user


def test_only_an_administrator_may_enter_the_admin(db):
    assert accounts.create_user("root", "admin", PASSWORD).is_staff
    assert not accounts.create_user("ed", "editor", PASSWORD).is_staff


def test_a_password_is_stored_as_argon2(db, settings):
    settings.PASSWORD_HASHERS = settings.PASSWORD_HASHERS[1:]  # without the tests' cheap one
    user = accounts.create_user("wen", "translator", PASSWORD)
    assert user.password.startswith("argon2$argon2id$")


@pytest.mark.parametrize("password", ["", "short", "password123", "20261122", "weny"])
def test_a_weak_password_is_refused(db, password):
    with pytest.raises(DeskError, match="password"):
        accounts.create_user("weny", "translator", password)
    assert not User.objects.exists()


@pytest.mark.parametrize("username", ["", "two words", "a" * 151])
def test_an_unusable_name_is_refused(db, username):
    with pytest.raises(DeskError, match="account"):
        accounts.create_user(username, "translator", PASSWORD)
    assert not User.objects.exists()


def test_a_name_is_given_once(db):
    accounts.create_user("wen", "translator", PASSWORD)
    with pytest.raises(DeskError, match="already exists"):
        accounts.create_user("wen", "editor", PASSWORD)
    assert accounts.role_of(accounts.find_user("wen")) == Role.TRANSLATOR


def test_an_unknown_role_is_refused_with_the_known_ones(db):
    with pytest.raises(DeskError, match="translator, editor, admin"):
        accounts.create_user("wen", "chief", PASSWORD)
    assert not User.objects.exists()


def test_a_role_replaces_the_one_before(db):
    user = accounts.create_user("wen", "admin", PASSWORD)
    accounts.set_role(user, "translator")
    user = accounts.find_user("wen")
    assert accounts.role_of(user) == Role.TRANSLATOR
    assert not user.is_staff


def test_an_inactive_person_has_no_role(users):
    assert accounts.role_of(users.gone) is None
    assert authenticate(username="gone", password="gone-Wire-26") is None
    accounts.set_active(users.gone, True)
    assert accounts.role_of(users.gone) == Role.EDITOR


def test_what_is_done_to_accounts_is_recorded(users):
    accounts.set_role(users.translator, "editor", actor=users.admin)
    event = Event.objects.latest("id")
    assert (event.kind, event.actor, event.person) == (
        EventKind.ROLES_CHANGED,
        users.admin,
        users.translator,
    )
    assert (event.from_state, event.to_state) == ("translator", "editor")


def test_an_unknown_account_is_not_found(db):
    with pytest.raises(NotFound, match="wen"):
        accounts.find_user("wen")


def test_a_new_password_replaces_the_old_one(users):
    accounts.set_password(users.editor, PASSWORD)
    assert authenticate(username="ellen", password=PASSWORD) == users.editor
    assert authenticate(username="ellen", password="ellen-Wire-26") is None


def test_a_weak_new_password_leaves_the_old_one(users):
    with pytest.raises(DeskError, match="too short"):
        accounts.set_password(users.editor, "short")
    assert authenticate(username="ellen", password="ellen-Wire-26") == users.editor


def test_the_credit_is_the_name_others_see(db):
    assert accounts.create_user("wen", "editor", PASSWORD, credit="文静").display_name == "文静"
    assert accounts.create_user("bo", "editor", PASSWORD).display_name == "bo"
