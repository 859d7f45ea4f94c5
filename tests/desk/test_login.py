import pytest
from desk_visits import editor_of, save, visitor
from django.test import Client
from django.urls import reverse

from yibao.desk.views import sign_in

pytestmark = pytest.mark.django_db


def enter(client, name, password, **more):
    return client.post("/login/", {"username": name, "password": password, **more})


class TestSigningIn:
    def test_the_right_password_leads_to_the_queue(self, users):
        answer = enter(Client(), "lin", "lin-Wire-26", follow=True)
        assert answer.status_code == 302
        assert answer["Location"] == "/"

    def test_and_back_to_where_one_was(self, users, drafted):
        place = editor_of(drafted)
        assert Client().get(place)["Location"] == f"/login/?next={place}"
        assert enter(Client(), "lin", "lin-Wire-26", next=place)["Location"] == place

    def test_but_never_to_another_site(self, users):
        answer = enter(Client(), "lin", "lin-Wire-26", next="https://evil.example/")
        assert answer["Location"] == "/"

    @pytest.mark.parametrize("name", ["lin", "gone", "unheard-of"])
    def test_a_wrong_password_and_an_inactive_account_are_refused_alike(self, users, name):
        answer = enter(Client(), name, "gone-Wire-26")
        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()

    def test_guessing_is_stopped_even_with_the_right_password(self, users):
        client = Client()
        for _ in range(sign_in.TRIES):
            assert enter(client, "lin", "guess").status_code == 422
        assert enter(client, "lin", "lin-Wire-26").status_code == 429
        assert enter(client, "mei", "mei-Wire-26").status_code == 302

    def test_a_success_forgives_earlier_mistakes(self, users):
        client = Client()
        for _ in range(sign_in.TRIES - 1):
            enter(client, "lin", "guess")
        enter(client, "lin", "lin-Wire-26")
        assert enter(Client(), "lin", "guess").status_code == 422

    def test_signing_out_is_a_post(self, users):
        client = visitor(users.translator)
        assert client.get("/logout/").status_code == 405
        assert client.post("/logout/")["Location"] == "/login/"
        assert client.get("/desk/").status_code == 302


class TestWithoutASession:
    @pytest.mark.parametrize(
        "path", ["/desk/", "/desk/account/", "/desk/published/", "/admin/", "/desk/language/x"]
    )
    def test_pages_ask_for_the_password(self, db, path):
        assert Client().get(path).status_code in {302, 404}

    def test_a_save_is_refused_with_the_text_given_back(self, drafted):
        answer = save(Client(), drafted.segments.first(), "A text of an hour")
        assert answer.status_code == 401
        assert "A text of an hour" in answer.content.decode()
        assert f"next={editor_of(drafted).replace('/', '%2F')}" in answer.content.decode()

    def test_a_form_of_an_earlier_sign_in_gives_the_text_back(self, drafted, users, settings):
        client = Client(enforce_csrf_checks=True)
        client.force_login(users.translator)
        answer = save(client, drafted.segments.first(), "A text of an hour")
        assert answer.status_code == 403
        assert "A text of an hour" in answer.content.decode()


class TestAccount:
    def test_the_password_is_changed_and_the_session_stays(self, users):
        client = visitor(users.translator)
        sent = {"old_password": "lin-Wire-26", "new_password1": "Neue-Zeile-9"}
        answer = client.post(reverse("desk:account"), {**sent, "new_password2": "Neue-Zeile-9"})
        assert answer.status_code == 302
        assert client.get("/desk/").status_code == 200
        assert enter(Client(), "lin", "Neue-Zeile-9").status_code == 302

    def test_a_weak_one_is_refused(self, users):
        sent = {"old_password": "lin-Wire-26", "new_password1": "12345", "new_password2": "12345"}
        answer = visitor(users.translator).post(reverse("desk:account"), sent)
        assert answer.status_code == 422

    def test_the_interface_changes_its_language(self, users):
        client = visitor(users.translator)
        sent = {"language": "zh-hans", "next": "/desk/"}
        assert client.post(reverse("desk:language"), sent)["Location"] == "/desk/"
        assert "稿件队列" in client.get("/desk/").content.decode()

    def test_a_language_that_is_not_offered_changes_nothing(self, users):
        client = visitor(users.translator)
        client.post(reverse("desk:language"), {"language": "fr", "next": "https://evil.example/"})
        assert "Queue" in client.get("/desk/").content.decode()
