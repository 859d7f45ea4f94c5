"""A real Chromium at a real server: what no test client can tell."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

sys.path.append(str(Path(__file__).parents[1] / "desk"))  # desk_steps

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = (
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
EXPECTED = ("401 (", "403 (", "409 (", "422 (", "ERR_INTERNET_DISCONNECTED")
"""Answers that tests provoke; Chromium reports each as an error of the console."""


@pytest.fixture(scope="module", autouse=True)
def _loop_in_this_thread():
    """Playwright's synchronous interface runs an event loop in the thread that asks the store."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="module")
def chromium():
    """The browser; every page of it has a profile of its own.

    It ends with its module: while it runs, no other test can use an event loop in this thread.
    """
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_desk(chromium, live_server):
    """A function: a signed-in page of a fresh profile; nothing it complains of goes unseen."""
    opened = []

    def open_page(person, *, script=True):
        context = chromium.new_context(locale="en", java_script_enabled=script)
        context.add_cookies([{"name": "django_language", "value": "en", "url": live_server.url}])
        page, complaints = context.new_page(), []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: complaints.append(said.text) if said.type == "error" else None,
        )
        opened.append((context, complaints))
        context.add_cookies([{**session_of(person), "url": live_server.url}])
        page.goto(f"{live_server.url}/desk/")
        return page

    yield open_page
    for context, complaints in opened:
        context.close()
        assert not [each for each in complaints if not any(e in each for e in EXPECTED)]


def session_of(person):
    """The cookie of a session that this person has signed in to."""
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value}
