"""Starting Django in a process of ours: the command line, a stage, a flow, the web server."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import Error

from yibao.errors import ConfigError
from yibao.paths import ROOT_VARIABLE, Paths, find_paths

SETTINGS_MODULE = "yibao.web.settings"
MIGRATION_LOCK = 0x5969_6261_6F  # any number that nobody else takes in the same database


def setup_django(paths: Paths | None = None) -> None:
    """Start Django in this process.

    Calling it again, or where somebody else has started Django, does nothing. A process serves
    one newsroom. The database is not touched: Prefect imports flows inside an event loop, where
    that is forbidden. `migrate` brings the tables up to date.

    Args:
        paths: the newsroom's folder; where none is given, `find_paths()` finds it.

    Raises:
        ConfigError: there is no newsroom, its configuration is broken, or Django already runs
            for another newsroom.
    """
    if apps.ready:
        _same_newsroom(paths)
        return
    os.environ[ROOT_VARIABLE] = str((paths or find_paths()).root)
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS_MODULE
    django.setup()


def migrate() -> bool:
    """Bring the tables up to date.

    Returns:
        whether there was anything to do.

    Raises:
        ConfigError: the database cannot be reached or changed.
    """
    try:
        _make_folder()
        if not _unapplied():
            return False
        with _migrating_alone():
            if not _unapplied():
                return False
            call_command("migrate", verbosity=0, interactive=False)
    except (Error, OSError) as error:
        where = str(connection.settings_dict["NAME"])
        raise ConfigError(
            f"database {where}", str(error).strip(), "Check DATABASE_URL, or the folder var/."
        ) from error
    return True


def _same_newsroom(paths: Paths | None) -> None:
    if paths is not None and paths.root != settings.YIBAO_ROOT:
        raise ConfigError(
            str(paths.root),
            f"this process already serves the newsroom in {settings.YIBAO_ROOT}",
            "Start another process for another newsroom.",
        )


def _make_folder() -> None:
    if connection.vendor == "sqlite":
        Paths(settings.YIBAO_ROOT).make_var()


def _unapplied() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def _migrating_alone() -> Iterator[None]:
    """Keep other processes that start at the same moment waiting until we are done."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])
        return
    with (Paths(settings.YIBAO_ROOT).var / "migrate.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
