"""What a newsroom's folder needs every night: claims, sessions, a backup, a look at the models."""

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.artifacts import leave
from yibao.stages import housekeeping, open_newsroom


@flow(name="housekeeping", flow_run_name="housekeeping")
def keep_house() -> State[housekeeping.Kept]:
    """Keep the house."""
    _, paths = open_newsroom()
    kept = housekeeping.keep_house(paths)
    leave(
        "housekeeping",
        "Housekeeping",
        {
            "Backup": str(kept.backup or "left to the database server's own tools"),
            "Claims set free": str(kept.released),
            "Damaged packages": "\n".join(f"- {each}" for each in kept.damaged),
        },
    )
    if kept.damaged:
        said = f"{len(kept.damaged)} translation packages damaged"
        return Completed(name="CompletedWithErrors", message=said, data=kept)
    return Completed(data=kept)
