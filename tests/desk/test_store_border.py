import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from desk_steps import confirm_all
from django.db import InterfaceError, connection
from store_steps import NOBODY, save

from yibao.desk import models, store, workflow
from yibao.desk.models import SegmentState
from yibao.errors import (
    DeskError,
    NotAnArticle,
)

CRASH = """
import os, sys
from yibao.web.setup import migrate, setup_django
setup_django()
migrate()
from yibao.article import Article, Block
from yibao.desk import store
from yibao.desk.store import articles
article = Article("https://a.example/1", "zh", "标题", (Block("paragraph", "正文。"),))
store.save_article(article, source="s", pages=())
if sys.argv[1] == "crash":
    articles.log = lambda *args, **said: os._exit(9)
store.save_article(
    Article("https://a.example/2", "zh", "标题二", (Block("paragraph", "正文。"),)),
    source="s", pages=(),
)
"""


def test_a_process_that_dies_before_its_commit_leaves_a_whole_database(newsroom):
    """Killed in the middle of a save, a second process finds the first save and goes on."""
    environment = {**os.environ, "YIBAO_ROOT": str(newsroom.root)}
    environment.pop("DATABASE_URL", None)

    def run(word):
        return subprocess.run(
            [sys.executable, "-c", CRASH, word], env=environment, check=False
        ).returncode

    assert run("crash") == 9
    assert _titles(newsroom.database) == ["标题"]
    assert run("go on") == 0
    assert _titles(newsroom.database) == ["标题", "标题二"]


def _titles(database: Path):
    with sqlite3.connect(database) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        found = [title for (title,) in opened.execute("SELECT title FROM desk_article ORDER BY 1")]
    opened.close()
    return found


def test_confirming_everything_is_what_submission_asks(drafted, users):
    """The helper that other tests rely on does confirm everything."""
    confirm_all(drafted, users.translator)
    assert set(drafted.segments.values_list("state", flat=True)) == {SegmentState.CONFIRMED}


@pytest.fixture
def locked(transactional_db):
    """The database, written to by somebody else who takes their time."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL waits for rows, it has no lock on all of it")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout=20")
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.rollback()
    other.close()
    connection.close()


@pytest.mark.parametrize(
    "call",
    [
        lambda article: save(article.zh),
        lambda _: store.request_translation(NOBODY, "en"),
        lambda _: store.quarantine("s", "https://x.example/", NotAnArticle()),
        lambda _: store.claim_waiting(1, "run"),
        lambda _: store.release("run"),
        lambda _: store.release_expired(),
        lambda _: store.save_drafts(NOBODY, []),
        lambda _: store.draft_failed(NOBODY, NotAnArticle()),
        lambda _: store.hand_out([]),
        lambda _: store.record_publication([]),
        lambda _: workflow.claim(None, NOBODY),
        lambda _: workflow.approve(None, NOBODY, 1),
    ],
)
def test_a_locked_database_is_an_error_of_ours(newsroom, article, locked, call):
    with pytest.raises(DeskError, match=r"database is locked.*try again"):
        call(article)


def test_a_connection_that_is_gone_is_an_error_of_ours(newsroom, db, monkeypatch):
    """Django's InterfaceError is none of its DatabaseErrors."""

    def gone(*_, **__):
        raise InterfaceError("connection already closed")

    monkeypatch.setattr(models.Translation.objects, "filter", gone)
    with pytest.raises(DeskError, match="connection already closed"):
        store.release("run")


def test_every_function_of_the_store_is_at_the_border():
    """A new function that lets the database's own errors through is found here."""
    functions = [getattr(store, name) for name in store.__all__ if name[0].islower()]
    assert [each.__name__ for each in functions if not hasattr(each, "__wrapped__")] == []
