"""Prefect, made ready for flows that run inside a command."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from yibao.paths import Paths

Result = TypeVar("Result")


@contextmanager
def flows_here(paths: Paths) -> Iterator[None]:
    """Let flows run in this process: quiet, without telemetry, without a server of their own.

    Where PREFECT_API_URL names a server, the runs are recorded there; else Prefect keeps them
    in var/prefect. What the environment already says is left alone. Prefect's own log is off:
    the command itself tells what failed.
    """
    quiet = {
        "DO_NOT_TRACK": "1",
        "PREFECT_HOME": str(paths.var / "prefect"),
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    }
    for name, value in quiet.items():
        os.environ.setdefault(name, value)
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    # The heartbeat thread costs every flow a second when it ends; it serves workers whose
    # death somebody must notice, and nobody's death is quieter than this command's.
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
    """
    made = flow(*arguments, return_state=True).result(raise_on_failure=False)
    if isinstance(made, BaseException):
        raise made
    if not isinstance(made, result):
        raise TypeError(f"{flow.name} made {made!r}")
    return made
