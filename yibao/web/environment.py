"""The environment variables that Yibao reads, and the secret key.

`VARIABLES` is the table that docs/settings.md and its test follow: a variable that is read
anywhere in yibao/web or yibao/desk stands here.
"""

import os
import secrets
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dj_database_url

from yibao.errors import ConfigError
from yibao.paths import ROOT_VARIABLE, Paths

KEY_BYTES = 48
SQLITE = "django.db.backends.sqlite3"
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 5,
    "init_command": (
        "PRAGMA busy_timeout=5000; PRAGMA journal_mode=WAL;"
        " PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON"
    ),
}
HOW_TO_DATABASE = "Write one like postgres://user:password@host:5432/yibao."


@dataclass(frozen=True, slots=True)
class Variable:
    """An environment variable.

    Attributes:
        name: as it is set.
        default: what holds where it is not set, in words or as a value.
        help: what it is for, one sentence.
    """

    name: str
    default: str
    help: str


VARIABLES = (
    Variable(
        ROOT_VARIABLE,
        "the nearest folder upwards with newsroom.yaml",
        "The newsroom's folder.",
    ),
    Variable(
        "DATABASE_URL",
        "SQLite at var/yibao.sqlite3",
        "Where the store is, such as postgres://user:password@host:5432/yibao.",
    ),
    Variable(
        "YIBAO_SECRET_KEY",
        "made once and kept in var/secret-key",
        "Key that signs sessions; set the same one on every machine that serves the desk.",
    ),
    Variable(
        "YIBAO_HOSTS",
        "localhost,127.0.0.1,[::1]",
        "Host names the desk answers to, separated by commas.",
    ),
    Variable(
        "YIBAO_HTTPS",
        "0",
        "1 where a proxy serves the desk over https: cookies are then sent over https alone.",
    ),
)


def read(name: str) -> str:
    """The value of one of `VARIABLES`, stripped; empty where it is not set.

    Raises:
        KeyError: the name is not in the table.
    """
    if all(variable.name != name for variable in VARIABLES):
        raise KeyError(name)
    return os.environ.get(name, "").strip()


def read_list(name: str) -> list[str]:
    """The comma-separated values of a variable, or of its default."""
    default = next(variable.default for variable in VARIABLES if variable.name == name)
    return [part.strip() for part in (read(name) or default).split(",") if part.strip()]


def read_flag(name: str) -> bool:
    """Whether a variable is 1.

    Raises:
        ConfigError: it is set to something other than 0 or 1.
    """
    value = read(name) or "0"
    if value not in {"0", "1"}:
        raise ConfigError(f"environment variable {name}", f"is {value!r}", "Set it to 0 or 1.")
    return value == "1"


def database(file: Path) -> dict[str, Any]:
    """The database of DATABASE_URL, else SQLite in `file`, as Django wants it described.

    SQLite is set for many readers and one writer. IMMEDIATE: a transaction that will write waits
    for its turn at its start, instead of failing in its middle with "database is locked".

    Raises:
        ConfigError: DATABASE_URL is no address of SQLite or PostgreSQL.
    """
    url = read("DATABASE_URL")
    if not url:
        return {"ENGINE": SQLITE, "NAME": file, "OPTIONS": dict(SQLITE_OPTIONS)}
    scheme = url.partition(":")[0]
    if scheme not in {"sqlite", "postgres", "postgresql"}:
        raise ConfigError("DATABASE_URL", f"unknown kind of database {scheme!r}", HOW_TO_DATABASE)
    try:
        described: dict[str, Any] = {**dj_database_url.parse(url, conn_health_checks=True)}
    except ValueError:
        # Without its cause, whose message may hold the password.
        raise ConfigError("DATABASE_URL", "cannot be read", HOW_TO_DATABASE) from None
    if scheme == "sqlite":
        described["OPTIONS"] = dict(SQLITE_OPTIONS)
    return described


def secret_key(paths: Paths) -> str:
    """YIBAO_SECRET_KEY, else the key kept in var/secret-key, which is made on the first call.

    Raises:
        ConfigError: var/ cannot be made, or the file cannot be read or written, or is empty.
    """
    given = read("YIBAO_SECRET_KEY")
    if given:
        return given
    file = paths.make_var() / "secret-key"
    try:
        if not file.exists():
            _write_once(file, secrets.token_urlsafe(KEY_BYTES))
        key = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            str(file), f"the secret key cannot be kept ({error})", "Set YIBAO_SECRET_KEY."
        ) from error
    if not key:
        raise ConfigError(str(file), "is empty", "Delete it; a new key is made, sessions end.")
    return key


def _write_once(file: Path, text: str) -> None:
    """Make the file whole or not at all; of two processes at once, the first one's stands."""
    # mkstemp makes its file readable by the owner alone (0600).
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=".secret-")
    fresh = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            stream.write(text + "\n")
        with suppress(FileExistsError):
            os.link(fresh, file)
    finally:
        fresh.unlink()
