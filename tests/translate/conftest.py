from pathlib import Path

import pytest
from tiny_models import ZH_EN, build_package

from yibao.glossary import Glossary, Term
from yibao.translate import packages
from yibao.translate.engine import ArgosEngine


def term(zh, en, **more):
    return Term(f"test/{zh}", "test", "test", {"zh": (zh,), "en": (en,)}, **more)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory):
    """Engines of tiny packages, made and installed as they are asked for."""
    made = {}

    def engine(source="zh", target="en", beam=4, **options):
        key = (source, target, repr(sorted(options.items())))
        if key not in made:
            folder = tmp_path_factory.mktemp("tiny")
            file = build_package(folder, source, target, **options)
            made[key] = packages.install_file(file, folder / "installed")
        return ArgosEngine(made[key], beam)

    return engine


@pytest.fixture(scope="session")
def second_best(tiny):
    """An engine that thinks of "motors" for 电机 only when it has said "engines"."""
    return tiny(words=ZH_EN, second={"电机": "motors"})


@pytest.fixture(scope="session")
def glossary():
    """Terms that the tiny model keeps, can be made to write, and cannot write."""
    return Glossary(
        (
            term("水泵", "pump"),
            term("永磁电机", "permanent magnet motor"),
            term("储能", "energy storage"),
            Term("test/Delta", "test", "test", {"en": ("Delta Steel",)}, do_not_translate=True),
        )
    )


@pytest.fixture(scope="session")
def starters(tmp_path_factory):
    """A folder with the weak packages that ship with Yibao."""
    folder = tmp_path_factory.mktemp("starters")
    packages.install_starters(Path(__file__).resolve().parents[2] / "models", folder)
    return folder
