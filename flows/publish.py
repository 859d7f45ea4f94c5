"""Publish all that is approved.

It takes no article: it writes what is approved and reads the list again before it ends, so a
run that another one cancelled is never missed.
"""

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.artifacts import leave, table
from yibao.feeds import Published
from yibao.newsroom import Newsroom
from yibao.paths import Paths
from yibao.stages import open_newsroom, publish


@task(name="publish", cache_policy=NO_CACHE)
def publish_approved(newsroom: Newsroom, paths: Paths) -> Published:
    """Write feeds and pages, and record what they hold."""
    return publish.publish_approved(newsroom, paths)


@flow(name="publish", flow_run_name="publish")
def publish_feeds() -> State[Published]:
    """Write what is approved to outputs/."""
    newsroom, paths = open_newsroom()
    published = publish_approved(newsroom, paths)
    leave(
        "publish",
        "Publication",
        {
            "Files": table(
                ["written", "unchanged", "removed"],
                [[published.written, published.unchanged, published.removed]],
            ),
            "Feeds": "\n".join(
                f"- {newsroom.newsroom.base_url}{path.relative_to(paths.outputs).as_posix()}"
                for path in published.feeds
            ),
            "Refused": "\n".join(f"- {error}" for _, error in published.refused),
        },
    )
    if published.refused:
        said = f"{len(published.refused)} entries refused"
        return Completed(name="CompletedWithErrors", message=said, data=published)
    return Completed(message=f"{published.written} files written", data=published)
