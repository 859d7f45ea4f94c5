"""Prefect, made ready for flows that run inside a command."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from yibao.paths import Paths


@contextmanager
def flows_here(paths: Paths) -> Iterator[None]:
    """Let flows run in this process: quiet, without telemetry, without a server of their own.

    Where PREFECT_API_URL names a server, the runs are recorded there; else Prefect keeps them
    in var/prefect. What the environment already says is left alone.
    """
    quiet = {
        "DO_NOT_TRACK": "1",
        "PREFECT_HOME": str(paths.var / "prefect"),
        "PREFECT_LOGGING_LEVEL": "ERROR",
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
