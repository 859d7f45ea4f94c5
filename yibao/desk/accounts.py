"""The people at the desk: making accounts, giving roles.

Translator and editor are Django groups of that name; an administrator is a superuser.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import override

from yibao.desk.border import at_border, in_transaction
from yibao.desk.journal import log
from yibao.desk.models import EventKind, Role, User
from yibao.desk.workflow.permissions import role_of
from yibao.errors import DeskError, NotFound

__all__ = ["create_user", "find_user", "role_of", "set_active", "set_password", "set_role"]


@in_transaction
def create_user(  # noqa: PLR0913  # what an account consists of
    username: str,
    role: Role | str,
    password: str,
    *,
    credit: str = "",
    email: str = "",
    actor: User | None = None,
) -> User:
    """Make an account.

    Args:
        username: to sign in with.
        role: translator, editor or admin.
        password: must pass the checks of the settings.
        credit: the name that feeds give; the user name if empty.
        email: address, if any.
        actor: who makes it; None for the command line.

    Raises:
        DeskError: the name is taken or not usable, the password too weak, no such role.
    """
    role = _role(role)
    user = User(username=username.strip(), email=email, credit=credit)
    with _refusals(username):
        validate_password(password, user)
        user.set_password(password)
        user.full_clean()
    user.save()
    _give(user, role)
    log(EventKind.USER_CREATED, actor, None, person=user, text=role)
    return user


@in_transaction
def set_password(user: User, password: str) -> None:
    """Give a person a new password; their sessions end.

    Raises:
        DeskError: the password is too weak.
    """
    with _refusals(user.username):
        validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])


@at_border
def find_user(username: str) -> User:
    """The account of a name.

    Raises:
        NotFound: there is none.
    """
    user: User | None = User.objects.filter(username=username).first()
    if user is None:
        raise NotFound(f"account {username!r}")
    return user


@in_transaction
def set_role(user: User, role: Role | str, *, actor: User | None = None) -> None:
    """Give a person another role instead of the one they have.

    Raises:
        DeskError: no such role.
    """
    role, before = _role(role), role_of(user)
    _give(user, role)
    log(
        EventKind.ROLES_CHANGED,
        actor,
        None,
        person=user,
        before=before or "",
        after=role,
    )


@in_transaction
def set_active(user: User, active: bool, *, actor: User | None = None) -> None:
    """Let a person in again, or shut them out; accounts are never deleted, history names them."""
    before = role_of(user)
    user.is_active = active
    user.save(update_fields=["is_active"])
    log(
        EventKind.ROLES_CHANGED,
        actor,
        None,
        person=user,
        before=before or "",
        after=role_of(user) or "",
    )


@contextmanager
def _refusals(username: str) -> Iterator[None]:
    """Django's refusals as ours, in the language of all our errors."""
    with override("en"):
        try:
            yield
        except ValidationError as error:
            raise DeskError(f"account {username!r}", " ".join(error.messages)) from error


def _give(user: User, role: Role) -> None:
    user.is_superuser = user.is_staff = role is Role.ADMIN
    user.save(update_fields=["is_superuser", "is_staff"])
    groups: Iterable[Group] = ()
    if role is not Role.ADMIN:
        groups = (Group.objects.get_or_create(name=role.value)[0],)
    user.groups.set(groups)


def _role(role: Role | str) -> Role:
    try:
        return Role(role)
    except ValueError:
        raise DeskError(f"role {role!r}", "unknown", f"Use {', '.join(Role)}.") from None
