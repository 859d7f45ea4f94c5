"""A setting or command is unfinished until its heading stands in docs/."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from yibao.cli.app import app
from yibao.newsroom import Feed, House, Newsroom, Review, Source
from yibao.web.environment import VARIABLES

DOCS = Path(__file__).parents[1] / "docs"
SETTINGS = (DOCS / "settings.md").read_text(encoding="utf-8")
COMMANDS = (DOCS / "commands.md").read_text(encoding="utf-8")

PARTS = {"newsroom": House, "sources": Source, "review": Review, "feeds": Feed}
KEYS = [
    f"{part}.{key}"
    for part, model in PARTS.items()
    for key in model.model_fields
    if (part, key) != ("sources", "name")
]


def _commands(command, name="yibao"):
    for key, sub in getattr(command, "commands", {}).items():
        yield from _commands(sub, f"{name} {key}")
    if not getattr(command, "commands", {}):
        yield name


@pytest.mark.parametrize("part", Newsroom.model_fields)
def test_every_part_of_newsroom_yaml_is_documented(part):
    assert f"\n## {part}\n" in SETTINGS


@pytest.mark.parametrize("key", KEYS)
def test_every_key_of_newsroom_yaml_is_documented(key):
    assert f"\n### {key}\n" in SETTINGS


@pytest.mark.parametrize("variable", VARIABLES, ids=lambda each: each.name)
def test_every_environment_variable_is_documented(variable):
    assert f"\n## {variable.name}\n" in SETTINGS


def test_no_key_is_documented_that_does_not_exist():
    assert set(re.findall(r"^### (\S+)$", SETTINGS, re.MULTILINE)) == set(KEYS)


def test_every_command_is_documented_and_no_other():
    assert set(re.findall(r"^## (yibao .+)$", COMMANDS, re.MULTILINE)) == set(
        _commands(get_command(app))
    )
