"""The store's, the desk's and the stages' tests once more, on a PostgreSQL server of their own."""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("tests/desk", "tests/stages")
DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin"))

pytestmark = [pytest.mark.postgres, pytest.mark.slow]


def _binaries():
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    return DEBIAN[-1] if DEBIAN else None


def _account():
    """Who the server runs as: it refuses to be started by root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        pytest.skip("root cannot run a PostgreSQL server, and there is no account postgres")


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def server():
    """The address of a throw-away server on loopback."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server is installed")
    account, port = _account(), _free_port()
    with tempfile.TemporaryDirectory(prefix="yibao-postgres-") as folder:
        if account:
            shutil.chown(folder, account)

        def run(program, *arguments):
            command = [binaries / program, "-D", f"{folder}/data", *arguments]
            done = subprocess.run(
                command, cwd=folder, user=account, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stdout + done.stderr

        run("initdb", "-U", "yibao", "--auth=trust", "--no-sync", "--encoding=UTF8")
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        run("pg_ctl", "-w", "-l", f"{folder}/log", "-o", options, "start")
        try:
            yield f"postgres://yibao@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-m", "immediate", "stop")


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="the whole run is on another database")
def test_the_suite_passes_on_postgresql(server):
    command = [sys.executable, "-m", "pytest", "-q", "-m", "not slow", *FOLDERS]
    environment = os.environ | {"DATABASE_URL": server}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-5000:]
