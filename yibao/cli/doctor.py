"""What is missing here, and how to get it."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

import typer

from yibao.cli.console import AsJson, print_json
from yibao.errors import YibaoError
from yibao.paths import Paths, find_paths

LEAST_FREE = 500_000_000


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing looked at.

    Attributes:
        subject: what it is.
        good: whether work can go on with it as it is.
        said: what was seen; where not good, with what to do.
    """

    subject: str
    good: bool
    said: str


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command()(doctor)


def doctor(as_json: AsJson = False) -> None:
    """Say what is missing here and how to get it."""
    found = list(diagnose(find_paths()))
    if as_json:
        print_json([asdict(each) for each in found])
    else:
        for each in found:
            mark = "good   " if each.good else "MISSING"
            print(f"{mark}  {each.subject}: {each.said}")
    if not all(each.good for each in found):
        raise typer.Exit(1)


def diagnose(paths: Paths) -> Iterator[Diagnosis]:
    """Look at everything that a working newsroom needs."""
    looks: tuple[tuple[str, Callable[[Paths], str]], ...] = (
        ("newsroom.yaml", _newsroom),
        ("glossaries", _glossaries),
        ("translation packages", _packages),
        ("database", _database),
        ("outputs", _outputs),
        ("disk", _disk),
        ("Prefect", _prefect),
    )
    for subject, look in looks:
        try:
            yield Diagnosis(subject, good=True, said=look(paths))
        except YibaoError as error:
            yield Diagnosis(subject, good=False, said=str(error))


def _newsroom(paths: Paths) -> str:
    from yibao.newsroom import load_newsroom

    newsroom = load_newsroom(paths.newsroom)
    return f"{len(newsroom.sources)} sources, feeds in {', '.join(newsroom.feeds)}"


def _glossaries(paths: Paths) -> str:
    from yibao.glossary import load_glossary
    from yibao.newsroom import load_newsroom

    names = load_newsroom(paths.newsroom).glossaries
    return f"{len(load_glossary(names, paths.glossaries).terms)} terms in {len(names)} files"


def _packages(paths: Paths) -> str:
    from yibao.newsroom import load_newsroom
    from yibao.translate import open_engine, packages, packages_folder

    pairs = load_newsroom(paths.newsroom).pairs
    for _, damage in packages.verify(packages_folder(paths)):
        if damage is not None:
            raise damage
    engines = [open_engine(source, target, packages_folder(paths)) for source, target in pairs]
    return ", ".join(engine.id for engine in engines) or "no source asks for a translation"


def _database(_paths: Paths) -> str:
    from django.db import connection

    from yibao.stages import open_newsroom

    open_newsroom()
    return f"{connection.vendor}, {connection.settings_dict['NAME']}"


def _outputs(paths: Paths) -> str:
    import os

    if not os.access(paths.outputs, os.W_OK):
        said = "cannot be written"
        raise YibaoError(str(paths.outputs), said, "Give this user the right to write there.")
    return f"{paths.outputs} can be written"


def _disk(paths: Paths) -> str:
    import shutil

    free = shutil.disk_usage(paths.root).free
    if free < LEAST_FREE:
        raise YibaoError(str(paths.root), f"only {free // 10**6} MB free", "Make room.")
    return f"{free // 10**9} GB free"


def _prefect(_paths: Paths) -> str:
    """Name the versions; the wrong ones fail silently (docs/decisions/0003)."""
    from importlib.metadata import requires, version

    from packaging.requirements import Requirement

    declared = {r.name: r for r in map(Requirement, requires("yibao") or ())}
    names = ("prefect", "fastapi", "sqlalchemy")
    for name in names:
        if version(name) not in declared[name].specifier:
            said = f"{name} {version(name)} does not work; {declared[name].specifier} does"
            remedy = "Install the versions of requirements.lock."
            raise YibaoError("Prefect", said, remedy)
    return ", ".join(f"{name} {version(name)}" for name in names)
