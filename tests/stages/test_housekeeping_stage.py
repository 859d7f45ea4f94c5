import sqlite3
from contextlib import closing

import pytest
from django.db import connection

from yibao.stages import housekeeping

pytestmark = pytest.mark.django_db


@pytest.fixture
def database(newsroom):
    """A live SQLite database with something in it, where the newsroom has its own."""
    newsroom.var.mkdir(exist_ok=True)
    with closing(sqlite3.connect(newsroom.database)) as live:
        live.execute("create table kept (what text)")
        live.execute("insert into kept values ('a draft')")
        live.commit()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has its own backup tools")
class TestBackup:
    def test_the_database_is_copied(self, newsroom, database):
        kept = housekeeping.keep_house(newsroom)
        with closing(sqlite3.connect(kept.backup)) as copy:
            assert copy.execute("select what from kept").fetchall() == [("a draft",)]

    def test_the_oldest_copies_go(self, newsroom, database):
        folder = newsroom.var / "backups"
        folder.mkdir()
        for day in range(1, 10):
            (folder / f"yibao-2026010{day}T000000Z.sqlite3").touch()
        housekeeping.keep_house(newsroom)
        names = sorted(path.name for path in folder.iterdir())
        assert len(names) == housekeeping.BACKUPS_KEPT
        assert names[0] == "yibao-20260104T000000Z.sqlite3"


def test_an_empty_newsroom_is_kept_too_and_postgresql_backs_itself_up(newsroom, request):
    if connection.vendor == "sqlite":
        request.getfixturevalue("database")
    kept = housekeeping.keep_house(newsroom)
    assert kept.damaged == ()
    assert (kept.backup is None) == (connection.vendor == "postgresql")
