import os
import stat
import subprocess
import sys
import textwrap
import traceback
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from yibao.errors import ConfigError
from yibao.paths import Paths
from yibao.web import environment, setup
from yibao.web.security import POLICY, content_security_policy


@pytest.fixture
def run(newsroom):
    """A function: run Python in a fresh process that serves `newsroom`, with variables."""

    def start(code, **variables):
        clean = {
            name: value
            for name, value in os.environ.items()
            if name not in {each.name for each in environment.VARIABLES}
            and name != "DJANGO_SETTINGS_MODULE"
        }
        given = {"YIBAO_ROOT": str(newsroom.root), **variables}
        return subprocess.Popen(
            [sys.executable, "-W", "error", "-c", textwrap.dedent(code)],
            env={**clean, **{name: value for name, value in given.items() if value}},
            cwd=newsroom.root.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def finish(code, **variables):
        process = start(code, **variables)
        out, error = process.communicate(timeout=60)
        return out + error

    finish.start = start
    return finish


SHOW = """
    from yibao.web.setup import setup_django
    setup_django()
    from django.conf import settings
"""


class TestSecretKey:
    def test_it_is_made_once_for_its_owner_alone(self, tmp_path):
        paths = Paths(tmp_path)
        key = environment.secret_key(paths)
        assert len(key) >= 50
        assert environment.secret_key(paths) == key
        (file,) = paths.var.iterdir()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600

    def test_two_newsrooms_have_two(self, tmp_path):
        keys = {environment.secret_key(Paths(tmp_path / name)) for name in "ab"}
        assert len(keys) == 2

    def test_the_variable_comes_first_and_nothing_is_written(self, tmp_path, monkeypatch):
        monkeypatch.setenv("YIBAO_SECRET_KEY", "k" * 50)
        assert environment.secret_key(Paths(tmp_path)) == "k" * 50
        assert list(tmp_path.iterdir()) == []

    def test_of_two_that_begin_at_once_the_first_one_s_stands(self, tmp_path):
        file = Paths(tmp_path).make_var() / "secret-key"
        environment._write_once(file, "first")
        environment._write_once(file, "second")
        assert environment.secret_key(Paths(tmp_path)) == "first"

    def test_an_empty_file_is_refused(self, tmp_path):
        (Paths(tmp_path).make_var() / "secret-key").write_text("\n")
        with pytest.raises(ConfigError, match="Delete it"):
            environment.secret_key(Paths(tmp_path))

    def test_a_place_that_cannot_be_written_is_said(self, tmp_path):
        (Paths(tmp_path).make_var() / "secret-key").mkdir()
        with pytest.raises(ConfigError, match="Set YIBAO_SECRET_KEY"):
            environment.secret_key(Paths(tmp_path))


class TestVariables:
    def test_each_has_a_name_of_its_own_and_says_what_it_is_for(self):
        names = [each.name for each in environment.VARIABLES]
        assert len(set(names)) == len(names)
        assert all(each.default and each.help.endswith(".") for each in environment.VARIABLES)

    def test_what_is_not_in_the_table_cannot_be_read(self):
        with pytest.raises(KeyError):
            environment.read("YIBAO_DEBUG")

    @pytest.mark.parametrize("value", ["yes", "true", "2"])
    def test_a_flag_is_0_or_1(self, monkeypatch, value):
        monkeypatch.setenv("YIBAO_HTTPS", value)
        with pytest.raises(ConfigError, match="YIBAO_HTTPS"):
            environment.read_flag("YIBAO_HTTPS")

    def test_hosts_are_a_list(self, monkeypatch):
        assert environment.read_list("YIBAO_HOSTS") == ["localhost", "127.0.0.1", "[::1]"]
        monkeypatch.setenv("YIBAO_HOSTS", " desk.example , ,b.example")
        assert environment.read_list("YIBAO_HOSTS") == ["desk.example", "b.example"]


class TestSettings:
    def test_nothing_is_debugged_in_the_open(self):
        assert settings.DEBUG is False
        assert settings.PASSWORD_HASHERS[1].endswith("Argon2PasswordHasher")  # 0: the tests' own

    def test_the_newsroom_says_what_time_it_is(self):
        assert settings.TIME_ZONE == "Asia/Shanghai"
        assert settings.USE_TZ

    def test_a_session_is_kept_on_the_server_and_out_of_reach_of_scripts(self):
        assert settings.SESSION_ENGINE.endswith(".db")
        assert settings.SESSION_COOKIE_HTTPONLY
        assert settings.SESSION_COOKIE_SAMESITE == settings.CSRF_COOKIE_SAMESITE == "Lax"
        assert "django.middleware.csrf.CsrfViewMiddleware" in settings.MIDDLEWARE
        assert settings.X_FRAME_OPTIONS == "DENY"
        assert settings.SECURE_REFERRER_POLICY == "same-origin"

    def test_behind_https_cookies_are_for_https_alone(self, run):
        said = run(
            SHOW
            + """
    print(settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE,
          settings.SESSION_COOKIE_NAME, settings.CSRF_TRUSTED_ORIGINS)
            """,
            YIBAO_HTTPS="1",
            YIBAO_HOSTS="desk.example",
        )
        assert said == "True True __Host-yibao ['https://desk.example']\n"

    def test_a_database_url_is_followed(self, run):
        said = run(
            SHOW + "    print(settings.DATABASES['default'])",
            DATABASE_URL="postgres://u:p@db.example:5433/wire",
        )
        for part in ("backends.postgresql", "'HOST': 'db.example'", "'NAME': 'wire'", "5433"):
            assert part in said

    @pytest.mark.parametrize(
        "url",
        ["mysql://u:geheim@h/d", "postgres://u:geheim@[::1/d", "postgres://u:geheim@h:x/d", "x"],
    )
    def test_a_database_url_that_is_none_is_said_without_its_password(self, monkeypatch, url):
        monkeypatch.setenv("DATABASE_URL", url)
        with pytest.raises(ConfigError, match="Write one like postgres://") as refusal:
            environment.database(Path("x"))
        assert "geheim" not in "".join(traceback.format_exception(refusal.value))

    def test_sqlite_elsewhere_is_set_up_the_same_way(self, monkeypatch, tmp_path):
        monkeypatch.delenv("DATABASE_URL", raising=False)
        own = environment.database(tmp_path / "a?b#c.sqlite3")
        assert own["NAME"] == tmp_path / "a?b#c.sqlite3"
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/b.sqlite3")
        named = environment.database(tmp_path / "a.sqlite3")
        assert str(named["NAME"]) == f"{tmp_path}/b.sqlite3"
        assert named["OPTIONS"] == own["OPTIONS"]

    def test_a_broken_newsroom_is_said_before_django_starts(self, run, newsroom):
        newsroom.newsroom.write_text("newsroom: {name: x}\n", encoding="utf-8")
        assert "ConfigError" in (said := run(SHOW))
        assert "newsroom.authority" in said

    def test_without_a_newsroom_it_is_said_what_to_do(self, run):
        assert "set YIBAO_ROOT to it" in run(SHOW, YIBAO_ROOT="")

    def test_loading_the_settings_opens_no_database(self, run, newsroom):
        assert run(SHOW) == ""
        assert not newsroom.database.exists()


class TestDatabase:
    def test_sqlite_is_set_for_many_readers_and_one_writer(self, db):
        if connection.vendor != "sqlite":
            pytest.skip("the tests run on PostgreSQL")
        with connection.cursor() as cursor:
            found = {
                name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            }
        assert found == {
            "journal_mode": "wal",
            "synchronous": 1,
            "foreign_keys": 1,
            "busy_timeout": 5000,
        }
        assert connection.transaction_mode == "IMMEDIATE"

    def test_tables_are_made_on_demand_and_once(self, run, newsroom):
        code = SHOW + "    from yibao.web.setup import migrate; print(migrate(), migrate())"
        assert run(code) == "True False\n"
        assert run(code) == "False False\n"
        assert newsroom.database.exists()
        assert stat.S_IMODE(newsroom.var.stat().st_mode) == 0o700

    def test_processes_that_start_at_once_make_the_tables_once(self, run):
        code = SHOW + "    from yibao.web.setup import migrate; print(migrate())"
        started = [run.start(code) for _ in range(3)]
        said = [process.communicate(timeout=60) for process in started]
        assert sorted(out for out, _ in said) == ["False\n", "False\n", "True\n"], said

    def test_a_database_that_is_none_is_said(self, run, newsroom):
        newsroom.var.mkdir()
        newsroom.database.write_text("this is no database, but long enough to look at" * 9)
        code = SHOW + "    from yibao.web.setup import migrate; migrate()"
        said = run(code)
        assert "ConfigError" in said.splitlines()[-1]
        assert "file is not a database" in said.splitlines()[-1]

    def test_a_server_that_cannot_be_reached_is_said_without_its_password(self, run):
        code = SHOW + "    from yibao.web.setup import migrate; migrate()"
        said = run(code, DATABASE_URL="postgres://u:geheim@127.0.0.1:1/wire")
        assert "ConfigError: database wire" in said
        assert "Check DATABASE_URL" in said
        assert "geheim" not in said.splitlines()[-1]


class TestStaticFiles:
    """They are served from the packages they lie in; nothing is collected first."""

    def test_a_file_of_a_package_is_served_as_it_is(self, client):
        answer = client.get("/static/admin/css/base.css")
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith("text/css")
        assert answer["Content-Security-Policy"] == POLICY
        assert len(answer.content) == int(answer["Content-Length"]) > 1000

    def test_it_is_sent_again_only_if_it_changed(self, client):
        first = client.get("/static/admin/css/base.css")
        again = client.get("/static/admin/css/base.css", headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")

    def test_a_part_of_it_can_be_had(self, client):
        whole = client.get("/static/admin/css/base.css").content
        part = client.get("/static/admin/css/base.css", headers={"Range": "bytes=10-19"})
        assert (part.status_code, part.content) == (206, whole[10:20])

    def test_its_head_has_no_body(self, client):
        answer = client.head("/static/admin/css/base.css")
        assert (answer.status_code, answer.content) == (200, b"")
        assert int(answer["Content-Length"]) > 1000

    def test_an_asgi_server_gets_it_without_a_warning(self):
        from asgiref.sync import async_to_sync
        from django.test import AsyncClient

        answer = async_to_sync(AsyncClient().get)("/static/admin/css/base.css")
        assert answer.status_code == 200
        assert not answer.streaming

    @pytest.mark.parametrize(
        "path", ["../settings.py", "..%2f..%2fsettings.py", "no-such.css", "admin/"]
    )
    def test_nothing_else_is(self, client, db, path):
        assert client.get(f"/static/{path}").status_code in {302, 404}


class TestSetup:
    def test_starting_again_does_nothing(self, newsroom):
        setup.setup_django()
        setup.setup_django(newsroom)

    def test_a_process_serves_one_newsroom(self, newsroom, tmp_path):
        with pytest.raises(ConfigError, match="already serves"):
            setup.setup_django(Paths(tmp_path / "other"))

    def test_a_folder_that_is_given_is_the_one_that_is_served(self, run, newsroom):
        said = run(
            f"""
            from pathlib import Path
            from yibao.paths import Paths
            from yibao.web.setup import setup_django
            setup_django(Paths(Path({str(newsroom.root)!r})))
            from django.conf import settings
            print(settings.YIBAO_ROOT)
            """,
            YIBAO_ROOT="",
        )
        assert said == f"{newsroom.root}\n"


class TestContentSecurityPolicy:
    def answer(self, response):
        return content_security_policy(lambda _: response)(RequestFactory().get("/"))

    def test_every_answer_has_it(self):
        assert self.answer(HttpResponse())["Content-Security-Policy"] == POLICY

    def test_nothing_is_allowed_that_is_not_named(self):
        rules = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
        assert rules["default-src"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'"
        assert rules["script-src"] == rules["style-src"] == rules["form-action"] == "'self'"
        assert "unsafe" not in POLICY

    def test_a_view_may_bring_its_own(self):
        own = HttpResponse(headers={"Content-Security-Policy": "default-src 'none'"})
        assert self.answer(own)["Content-Security-Policy"] == "default-src 'none'"
