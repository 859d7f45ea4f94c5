"""The newsroom that this process serves, as the desk needs it."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from yibao.glossary import Glossary, load_glossary
from yibao.newsroom import Newsroom, load_newsroom
from yibao.paths import Paths

State = tuple[tuple[int, int], ...]


def paths() -> Paths:
    """The newsroom's folder."""
    return Paths(settings.YIBAO_ROOT)


def newsroom() -> Newsroom:
    """newsroom.yaml as it now is.

    Raises:
        ConfigError: the file is missing or broken.
    """
    file = paths().newsroom
    return _newsroom(file, _state(file))


def glossary(names: tuple[str, ...]) -> Glossary:
    """The named glossaries as they now are.

    Raises:
        GlossaryError: a file is missing or has a broken row.
    """
    folder = paths().glossaries
    return _glossary(names, folder, _state(*(folder / f"{name}.csv" for name in names)))


def glossary_of(source: str) -> Glossary:
    """The terms in force for what a source publishes.

    Args:
        source: its name in newsroom.yaml.

    Raises:
        GlossaryError: a file is missing or has a broken row.
    """
    return glossary(newsroom().glossaries_of(source))


def _state(*files: Path) -> State:
    """When the files last changed and how long they are; what does not exist is left out."""
    found = [file.stat() for file in files if file.exists()]
    return tuple((each.st_mtime_ns, each.st_size) for each in found)


@lru_cache(maxsize=4)
def _newsroom(file: Path, state: State) -> Newsroom:
    del state  # only the key of the cache
    return load_newsroom(file)


@lru_cache(maxsize=16)
def _glossary(names: tuple[str, ...], folder: Path, state: State) -> Glossary:
    del state  # only the key of the cache
    return load_glossary(names, folder)
