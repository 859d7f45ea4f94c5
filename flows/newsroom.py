"""The whole way: ingest every source, translate, publish.

A source that fails is reported and the next one goes on; so does a stage after a failed one,
since each works on what the store holds.
"""

from dataclasses import dataclass
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows.ingest import IngestRequest, ingest_source
from flows.publish import publish_feeds
from flows.translate import translate_waiting
from yibao.feeds import Published
from yibao.stages import open_newsroom
from yibao.stages.ingest import Ingested
from yibao.stages.translate import Translated


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run of the whole newsroom did; a stage that failed has no result.

    Attributes:
        ingested: what each source gave.
        translated: what was drafted.
        published: what was written.
        errors: a message for every stage or source that failed.
    """

    ingested: tuple[Ingested, ...]
    translated: Translated | None
    published: Published | None
    errors: tuple[str, ...]


@flow(name="newsroom", flow_run_name="newsroom")
def run_newsroom() -> State[Ran]:
    """Ingest, translate and publish, in this order."""
    newsroom, _ = open_newsroom()
    stages: list[State[Any]] = [
        ingest_source(IngestRequest(source=name), return_state=True) for name in newsroom.sources
    ]
    stages.append(translate_waiting(return_state=True))
    stages.append(publish_feeds(return_state=True))
    *ingested, translated, published = [state.result(raise_on_failure=False) for state in stages]
    failed = [state for state in stages if not state.is_completed()]
    ran = Ran(
        tuple(each for each in ingested if isinstance(each, Ingested)),
        translated if isinstance(translated, Translated) else None,
        published if isinstance(published, Published) else None,
        tuple(str(state.message) for state in failed),
    )
    if len(failed) == len(stages):
        return Failed(message="; ".join(ran.errors), data=ran)
    name = "CompletedWithErrors" if failed else "Completed"
    return Completed(name=name, message=f"{len(failed)} of {len(stages)} stages failed", data=ran)
