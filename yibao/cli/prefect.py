"""Prefect, made ready for flows that run inside a command."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from yibao.paths import Paths

HISTORY_LIMIT = 100_000_000
"""Bytes of run history in var/prefect above which it is begun anew: some 4,000 pages."""

Result = TypeVar("Result")


@contextmanager
def flows_here(paths: Paths) -> Iterator[None]:
    """Let flows run in this process: quiet and without telemetry.

    Where PREFECT_API_URL names a server, the runs are recorded there; else Prefect starts one for
    as long as they take and keeps them in var/prefect. What the environment already says is left
    alone. Prefect's own log is off: the command itself tells what failed.
    """
    home = paths.var / "prefect"
    quiet = {
        "DO_NOT_TRACK": "1",
        "PREFECT_HOME": str(home),
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    }
    for name, value in quiet.items():
        os.environ.setdefault(name, value)
    paths.make_var()
    with _history(home):
        from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

        # The heartbeat thread costs every flow a second when it ends. It is for runs on workers,
        # whose death somebody far away must notice.
        with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
            yield


def run_flow(flow: Any, result: type[Result], *arguments: object) -> Result:
    """Run a flow; give what it made, also where it counts as failed.

    Args:
        flow: the flow.
        result: the type of what it makes.
        arguments: handed to the flow.

    Raises:
        YibaoError: what stopped the flow.
        ConfigError: Prefect's server or its database cannot be used.
    """
    import httpx
    from prefect.exceptions import PrefectException

    from yibao.errors import ConfigError

    try:
        # What goes wrong in the flow itself is in its state: what is raised here is Prefect's.
        state = flow(*arguments, return_state=True)
    except (httpx.HTTPError, OSError, PrefectException, RuntimeError) as error:
        raise ConfigError(
            f"Prefect, {os.environ.get('PREFECT_API_URL') or os.environ['PREFECT_HOME']}",
            f"runs cannot be recorded ({type(error).__name__}: {error})",
            "Check the server of PREFECT_API_URL; without one, make room in var/ or delete "
            "var/prefect, which holds run history alone.",
        ) from error
    made = state.result(raise_on_failure=False)
    if isinstance(made, BaseException):
        raise made
    if not isinstance(made, result):
        raise TypeError(f"{flow.name} made {made!r}")
    return made


@contextmanager
def _history(home: Path) -> Iterator[None]:
    """Keep the folder of run history, and begin it anew when it has grown too big.

    Only a server prunes its history, and here none runs between commands. Whoever is alone with
    the folder may empty it; all others share it meanwhile.
    """
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pass
        else:
            files = list(home.glob("prefect.db*"))
            if sum(file.stat().st_size for file in files) > HISTORY_LIMIT:
                for file in files:
                    file.unlink()
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield
