import pytest
from desk_steps import approve_all
from django.contrib import admin
from django.urls import reverse

from yibao.desk import models, store
from yibao.desk.models import User
from yibao.errors import NotAnArticle

SHOWN = [model for model in admin.site._registry if model.__module__.startswith("yibao.")]
READ_ONLY = [model for model in SHOWN if model is not User]


@pytest.fixture
def admin_page(client, users):
    """A function: the status and text of a page of the admin, seen by an administrator."""
    client.force_login(users.admin)

    def get(name, *args):
        return client.get(reverse(f"admin:{name}", args=args))

    return get


@pytest.fixture
def rows(drafted, users):
    """A row in most tables."""
    store.quarantine("jiangnan", "https://jiangnan.example/x", NotAnArticle("x", "a list"))
    return approve_all(drafted, users)


def test_what_an_operator_asks_about_is_there():
    assert {model.__name__ for model in SHOWN} >= {
        "Event",
        "Quarantine",
        "Article",
        "Translation",
        "ApprovedRevision",
        "Publication",
        "MemoryEntry",
        "User",
    }


@pytest.mark.parametrize("model", SHOWN, ids=lambda model: model.__name__)
def test_every_list_and_every_row_can_be_seen(admin_page, rows, model):
    name = f"desk_{model._meta.model_name}"
    assert admin_page(f"{name}_changelist").status_code == 200
    row = model.objects.first()
    if row is not None:
        assert admin_page(f"{name}_change", row.pk).status_code == 200


@pytest.mark.parametrize("model", READ_ONLY, ids=lambda model: model.__name__)
def test_nothing_can_be_added_changed_or_deleted(admin_page, client, rows, model):
    name = f"admin:desk_{model._meta.model_name}"
    row = model.objects.first()
    targets = [reverse(f"{name}_add")]
    if row is not None:
        targets += [reverse(f"{name}_{verb}", args=[row.pk]) for verb in ("change", "delete")]
    for target in targets:
        assert client.post(target, {"post": "yes"}).status_code == 403


def test_accounts_are_not_deleted(admin_page, client, users):
    target = reverse("admin:desk_user_delete", args=[users.translator.pk])
    assert client.post(target, {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=users.translator.pk).exists()


def test_an_editor_does_not_get_in(client, users):
    client.force_login(users.editor)
    answers = client.get(reverse("admin:index"), follow=True)
    assert answers.status_code == 403
    assert len(answers.redirect_chain) == 1


def test_a_password_is_tried_at_the_desks_own_page_alone(client, users):
    """Which brakes; the admin's own page would let anybody guess for ever."""
    tried = {"username": users.admin.username, "password": "ada-Wire-26", "next": "/admin/"}
    answer = client.post("/admin/login/?next=/admin/desk/event/", tried)
    assert answer.status_code == 302
    assert answer["Location"] == "/login/?next=/admin/desk/event/"
    assert "_auth_user_id" not in client.session
    signed_in = client.post(answer["Location"], tried | {"next": "/admin/desk/event/"}, follow=True)
    assert (signed_in.status_code, signed_in.request["PATH_INFO"]) == (200, "/admin/desk/event/")


def test_an_administrator_who_is_signed_in_goes_straight_on(client, users):
    client.force_login(users.admin)
    answer = client.get("/admin/login/", follow=True)
    assert answer.request["PATH_INFO"] == "/admin/"


def test_a_text_from_outside_is_shown_as_text(admin_page, drafted):
    models.Article.objects.update(title="<script>alert(1)</script>")
    shown = admin_page("desk_article_changelist").content.decode()
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script>alert(1)" not in shown
