"""The stages of the house, each run over the store: ingest, translate, publish, housekeeping.

This is what flows and commands call: plain functions that join the library (sources,
translate, feeds) with the desk's store. Importing the package configures Django, because the
store cannot be imported before.
"""

from yibao.newsroom import Newsroom, load_newsroom
from yibao.paths import Paths, find_paths
from yibao.web.setup import migrate, setup_django

setup_django()


def open_newsroom() -> tuple[Newsroom, Paths]:
    """The newsroom of this folder, its store ready and up to date.

    Where the samples have given way to real sources, the demo's accounts are closed.

    Raises:
        ConfigError: newsroom.yaml cannot be used, or the database cannot be reached.
    """
    paths = find_paths()
    newsroom = load_newsroom(paths.newsroom)
    migrate()
    from yibao.stages.demo import shut_out_demo_people  # noqa: PLC0415  # needs Django set up

    shut_out_demo_people(newsroom)
    return newsroom, paths
