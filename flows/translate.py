"""Draft all that waits for translation, a task for every batch of articles."""

from collections.abc import Sequence

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows.artifacts import leave, table
from yibao.paths import Paths
from yibao.stages import open_newsroom, translate
from yibao.translate import Draft


@task(task_run_name="draft-{job.source}-{job.target}", cache_policy=NO_CACHE)
def draft_batch(
    job: translate.Job, batch: Sequence[translate.Waiting], paths: Paths
) -> list[list[Draft]]:
    """Draft a batch of translations."""
    return translate.draft_batch(job, batch, paths)


@flow(name="translate", flow_run_name="translate")
def translate_waiting() -> State[translate.Translated]:
    """Draft what waits, memory first, terms kept."""
    newsroom, paths = open_newsroom()
    done = translate.translate_waiting(newsroom, paths, draft_batch)
    desk = newsroom.newsroom.desk_url.rstrip("/")
    leave(
        "translate",
        "Drafts",
        {
            "Translations": table(
                ["title", "to", "segments", "errors", "warnings", "draft"],
                (
                    [
                        each.title,
                        each.target,
                        each.segments,
                        each.findings["error"],
                        each.findings["warning"],
                        f"[open]({desk}{each.page})",
                    ]
                    for each in done.drafted
                ),
            ),
            "Terms": table(["outcome", "count"], sorted(done.total("terms").items())),
            "Errors": "\n".join(f"- {error}" for error in done.errors),
        },
    )
    said = f"{len(done.drafted)} translations drafted"
    if done.errors and not done.drafted:
        return Failed(message="; ".join(done.errors), data=done)
    if done.errors:
        said = f"{said}, {len(done.errors)} batches failed"
        return Completed(name="CompletedWithErrors", message=said, data=done)
    return Completed(message=said, data=done)
