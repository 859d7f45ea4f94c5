"""Housekeeping: what a newsroom's folder needs every night."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from yibao.desk import store
from yibao.paths import Paths
from yibao.translate import packages, packages_folder

BACKUPS_KEPT = 7


@dataclass(frozen=True, slots=True)
class Kept:
    """What a run of housekeeping found and did.

    Attributes:
        backup: the new copy of the database; None on PostgreSQL, which has its own tools.
        released: claims that had expired and are free again.
        damaged: a message for every translation package that does not load.
    """

    backup: Path | None
    released: int
    damaged: tuple[str, ...]


def keep_house(paths: Paths) -> Kept:
    """Free expired claims, drop old sessions, copy the database, try the packages."""
    released = store.release_expired()
    SessionStore.clear_expired()
    damaged = [error for _, error in packages.verify(packages_folder(paths)) if error is not None]
    return Kept(_backup(paths), released, tuple(map(str, damaged)))


def _backup(paths: Paths) -> Path | None:
    """Copy a live SQLite database through its backup interface, and keep the newest few."""
    if connection.vendor != "sqlite":
        return None
    folder = paths.var / "backups"
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / f"yibao-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.sqlite3"
    unfinished = copy.with_suffix(".partial")
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as live,
        closing(sqlite3.connect(unfinished)) as to,
    ):
        live.backup(to)
    unfinished.rename(copy)
    for old in sorted(folder.glob("yibao-*.sqlite3"))[:-BACKUPS_KEPT]:
        old.unlink()
    return copy
