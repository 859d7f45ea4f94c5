"""Ingest one declared source: discover its articles, take them in, quarantine what fails.

A page is a task, so that an operator sees each one and a network failure is tried again; what
cannot get better (no article, wrong language) is not.
"""

from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed
from pydantic import BaseModel, ConfigDict, Field

from flows.artifacts import leave, table
from yibao.errors import FetchFailed
from yibao.newsroom import NAME, Newsroom
from yibao.sources import Fetcher
from yibao.stages import ingest, open_newsroom


class IngestRequest(BaseModel):
    """Which source to take in."""

    model_config = ConfigDict(extra="forbid")

    source: str = Field(pattern=NAME, description="a source declared in newsroom.yaml")


def _may_get_better(_task: object, _run: object, state: State[Any]) -> bool:
    error = state.result(raise_on_failure=False)
    return isinstance(error, FetchFailed) and error.transient


@task(
    task_run_name="{url}",
    retries=2,
    retry_delay_seconds=[2, 10],
    retry_jitter_factor=0.5,
    retry_condition_fn=_may_get_better,
    cache_policy=NO_CACHE,
)
def take_article(
    url: str, origin: ingest.Origin, newsroom: Newsroom, fetcher: Fetcher
) -> ingest.Taken:
    """Take in one article."""
    return ingest.take_article(url, origin, newsroom, fetcher)


@flow(name="ingest", flow_run_name="ingest-{request.source}", validate_parameters=True)
def ingest_source(request: IngestRequest) -> State[ingest.Ingested]:
    """Take in what a source shows now."""
    newsroom, paths = open_newsroom()
    ingested = ingest.ingest_source(newsroom, paths, request.source, take_article)
    leave(
        f"ingest-{request.source}",
        f"Ingest of {request.source}",
        {
            "Articles": table(
                ["outcome", "title", "page"],
                ([t.outcome, t.title or t.error, t.url] for t in ingested.taken),
            )
        },
    )
    failed, seen = ingested.count("quarantined"), len(ingested.taken)
    if failed:
        said = f"{failed} of {seen} pages quarantined"
        return Completed(name="CompletedWithErrors", message=said, data=ingested)
    return Completed(message=f"{seen} pages", data=ingested)
