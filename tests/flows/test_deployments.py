"""prefect.yaml against the flows: Prefect itself ignores a misspelt key until a run fails."""

import asyncio
import inspect
from pathlib import Path

import pytest
import yaml

from yibao.newsroom import load_newsroom

ROOT = Path(__file__).parents[2]
FILE = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))
TOP = {"name", "pull", "definitions", "deployments"}
DEPLOYMENT = {
    "name",
    "entrypoint",
    "description",
    "version",
    "tags",
    "parameters",
    "schedules",
    "concurrency_limit",
    "work_pool",
}
deployments = pytest.mark.parametrize("deployment", FILE["deployments"], ids=lambda d: d["name"])


@pytest.fixture(autouse=True)
def _from_the_root(monkeypatch):
    monkeypatch.chdir(ROOT)


def test_the_file_has_no_unknown_key():
    assert set(FILE) == TOP


def test_a_worker_fills_in_its_own_folder():
    step = "prefect.deployments.steps.set_working_directory"
    assert FILE["pull"] == [{step: {"directory": "{{ $YIBAO_ROOT }}"}}]


def test_names_are_unique():
    names = [deployment["name"] for deployment in FILE["deployments"]]
    assert len(names) == len(set(names))


@deployments
def test_a_deployment_has_no_unknown_key(deployment):
    assert deployment.keys() <= DEPLOYMENT
    assert deployment["work_pool"].keys() == {"name", "work_queue_name"}


@deployments
def test_a_deployment_never_overlaps_with_itself(deployment):
    assert deployment["concurrency_limit"] == {"limit": 1, "collision_strategy": "CANCEL_NEW"}


@deployments
def test_a_deployment_is_tagged_and_described(deployment):
    assert deployment["tags"]
    assert deployment["description"]


@deployments
def test_the_flow_takes_the_parameters(deployment):
    from prefect.flows import load_flow_from_entrypoint

    flow = load_flow_from_entrypoint(deployment["entrypoint"])
    given = deployment.get("parameters", {})
    inspect.signature(flow.fn).bind(**given)
    flow.validate_parameters(given)


@deployments
def test_schedules_are_in_the_newsrooms_zone(deployment):
    for schedule in deployment.get("schedules", []):
        assert schedule.keys() == {"cron", "timezone", "slug"}
        assert schedule["timezone"] == "Asia/Shanghai"


def test_a_misspelt_parameter_is_refused():
    from prefect.exceptions import ParameterTypeError
    from prefect.flows import load_flow_from_entrypoint

    flow = load_flow_from_entrypoint("flows/ingest.py:ingest_source")
    with pytest.raises(ParameterTypeError, match="sourc"):
        flow.validate_parameters({"request": {"sourc": "delta-review"}})


def test_every_source_has_a_deployment_as_often_as_it_wants():
    from prefect.server.schemas.schedules import CronSchedule

    wanted = load_newsroom(ROOT / "newsroom.yaml").sources
    deployed = {
        d["parameters"]["request"]["source"]: d
        for d in FILE["deployments"]
        if d["entrypoint"] == "flows/ingest.py:ingest_source"
    }
    assert deployed.keys() == wanted.keys()
    for name, source in wanted.items():
        [schedule] = deployed[name]["schedules"]
        cron = CronSchedule(cron=schedule["cron"], timezone=schedule["timezone"])
        first, second = asyncio.run(cron.get_dates(n=2))
        assert second - first == source.every


def test_ingest_schedules_start_at_different_minutes():
    minutes = [
        schedule["cron"].split()[0]
        for deployment in FILE["deployments"]
        for schedule in deployment.get("schedules", [])
        if "ingest" in deployment["tags"]
    ]
    assert len(minutes) == len(set(minutes))
