"""A real server, deployed to: does it start, and does it create scheduled runs?

With a wrong version of FastAPI the server dies at import; with a wrong version of SQLAlchemy all
seems well and nothing is ever scheduled.
"""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
import yaml

ROOT = Path(__file__).parents[2]
PREFECT = Path(sys.executable).with_name("prefect")
PATIENCE = 120

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT", "YIBAO"))}
    return kept | {
        "DO_NOT_TRACK": "1",
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_HOME": str(tmp_path_factory.mktemp("prefect")),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "YIBAO_VERSION": "test",
    }


@pytest.fixture(scope="module")
def server(environment, tmp_path_factory):
    url = environment["PREFECT_API_URL"]
    port = url.split(":")[-1].removesuffix("/api")
    command = [PREFECT, "server", "start", "--host", "127.0.0.1", "--port", port, "--no-ui"]
    log = (tmp_path_factory.mktemp("log") / "server.log").open("w+")
    process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        _wait_for(lambda: httpx.get(f"{url}/health").json() is True, log)
        yield url
    finally:
        process.terminate()
        process.wait(30)
        log.close()


def _wait_for(condition, log=None):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if condition():
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.5)
    if log is not None:
        log.seek(0)
        pytest.fail(log.read()[-3000:])
    pytest.fail(f"not within {PATIENCE} s")


def _prefect(environment, *arguments):
    done = subprocess.run(
        [PREFECT, "--no-prompt", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_deploying_creates_scheduled_runs_and_one_automation(server, environment):
    for _ in range(2):
        _prefect(
            environment, "work-pool", "create", "yibao-process", "--type", "process", "--overwrite"
        )
    _prefect(environment, "deploy", "--all")

    expected = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    deployed = httpx.post(f"{server}/deployments/filter", json={}).json()
    assert {d["name"] for d in deployed} == {d["name"] for d in expected}

    scheduled = {d["id"] for d in deployed if d["schedules"]}

    def all_scheduled():
        wanted = {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}, "limit": 200}
        runs = httpx.post(f"{server}/flow_runs/filter", json=wanted).json()
        return {run["deployment_id"] for run in runs} == scheduled

    _wait_for(all_scheduled)

    script = ROOT / "operations" / "apply_automations.py"
    for _ in range(2):
        subprocess.run([sys.executable, script], env=environment, check=True, capture_output=True)
    automations = httpx.post(f"{server}/automations/filter", json={}).json()
    names = [each["name"] for each in automations]
    assert names.count("yibao-end-runs-without-heartbeat") == 1
