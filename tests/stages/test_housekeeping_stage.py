import sqlite3
from contextlib import closing

import pytest
from django.db import connection

from yibao.stages import housekeeping


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has its own backup tools")
class TestBackup:
    @pytest.mark.django_db(transaction=True)
    def test_the_live_database_is_copied_wherever_it_is(self, newsroom, users):
        kept = housekeeping.keep_house(newsroom)
        with closing(sqlite3.connect(kept.backup)) as copy:
            names = copy.execute("select username from desk_user").fetchall()
        assert ("lin",) in names

    @pytest.mark.django_db
    def test_the_oldest_copies_go(self, newsroom):
        folder = newsroom.var / "backups"
        folder.mkdir(parents=True)
        for day in range(1, 10):
            (folder / f"yibao-2026010{day}T000000Z.sqlite3").touch()
        housekeeping.keep_house(newsroom)
        names = sorted(path.name for path in folder.iterdir())
        assert len(names) == housekeeping.BACKUPS_KEPT
        assert names[0] == "yibao-20260104T000000Z.sqlite3"


@pytest.mark.django_db
def test_an_empty_newsroom_is_kept_too_and_postgresql_backs_itself_up(newsroom):
    kept = housekeeping.keep_house(newsroom)
    assert kept.damaged == ()
    assert (kept.backup is None) == (connection.vendor == "postgresql")
