from datetime import timedelta
from pathlib import Path

import pytest

from yibao.errors import ConfigError
from yibao.newsroom import load_newsroom

SHIPPED = Path(__file__).parents[1] / "newsroom.yaml"

GOOD = """\
newsroom:
  name: Test
  authority: "news.example,2026"
  base_url: "https://news.example/"
sections:
  industry: {zh: 产业, en: Industry}
sources:
  paper:
    language: zh
    feed: "https://paper.example/rss"
    every: 30m
    to: [en]
    section: industry
    glossaries: [energy]
  review: {language: en, folder: pages/, url: "https://review.example/", to: [zh]}
glossaries: [it]
feeds:
  en: {title: Test, sections: [industry]}
"""


@pytest.fixture
def load(tmp_path):
    def load(text):
        path = tmp_path / "newsroom.yaml"
        path.write_text(text, encoding="utf-8")
        return load_newsroom(path)

    return load


def test_the_shipped_newsroom_is_good():
    assert set(load_newsroom(SHIPPED).feeds) == {"zh", "en"}


def test_sources_carry_their_names_and_intervals(load):
    newsroom = load(GOOD)
    assert newsroom.sources["paper"].name == "paper"
    assert newsroom.sources["paper"].every == timedelta(minutes=30)


def test_a_source_has_its_own_glossaries_or_the_newsrooms(load):
    newsroom = load(GOOD)
    assert newsroom.glossaries_of("paper") == ("energy",)
    assert newsroom.glossaries_of("review") == ("it",)
    assert newsroom.glossaries_of("by-hand") == ("it",)


def test_pairs_are_those_that_sources_ask_for(load):
    assert load(GOOD).pairs == (("en", "zh"), ("zh", "en"))


@pytest.mark.parametrize(
    ("old", "new", "where", "said"),
    [
        ("every: 30m", "evry: 30m", ":11", "sources.paper.evry: unknown key"),
        ("every: 30m", "every: sometimes", ":11", "is no interval"),
        ("language: zh", "language: xx", ":9", "unknown language 'xx'"),
        ("to: [en]", "to: [zh]", ":8", "its own language"),
        ("to: [en]", "to: []", ":12", "sources.paper.to"),
        ("    feed:", "    list: x\n    feed:", ":8", "exactly one of feed, list"),
        ("section: industry", "section: sport", ":", "sport"),
        ("sections: [industry]}", "sections: [sport]}", ":", "feeds.en names section 'sport'"),
        ("https://news.example/", "news.example", ":4", "newsroom.base_url"),
        ("news.example,2026", "news.example", ":3", "newsroom.authority"),
        ("example,2026", "example,2026-02-30", ":3", "authority: 2026-02-30 is no date"),
        ("example,2026", "example,2026-13", ":3", "authority: 2026-13 is no date"),
        ("example,2026", "example,0000", ":3", "authority: 0000 is no date"),
        ("name: Test", "name: Test\n  timezone: Mars/Olympus", ":3", "unknown time zone"),
        ("  paper:", "  Paper One:", ":8", "sources.Paper One"),
        ("title: Test", "title: Test, formats: [pdf]", ":", "feeds.en.formats"),
    ],
)
def test_a_wrong_value_is_refused_with_its_line_and_key(load, old, new, where, said):
    assert old in GOOD
    with pytest.raises(ConfigError) as refused:
        load(GOOD.replace(old, new, 1))
    assert f"newsroom.yaml{where}" in str(refused.value)
    assert said in str(refused.value)
    assert "docs/settings.md" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("- a list", "no mapping"),
        ("newsroom: {name: [", "not YAML"),
        ("newsroom: text", "newsroom"),
    ],
)
def test_a_file_that_is_no_newsroom_is_refused(load, text, said):
    with pytest.raises(ConfigError, match=said):
        load(text)


@pytest.mark.parametrize("day", ["2026", "2026-12", "2024-02-29"])
def test_an_authority_may_be_of_a_year_a_month_or_a_day(load, day):
    newsroom = load(GOOD.replace("news.example,2026", f"news.example,{day}"))
    assert newsroom.newsroom.authority == f"news.example,{day}"


def test_a_source_that_stands_twice_is_refused_with_its_line(load):
    twice = GOOD.replace("glossaries: [it]", "").replace("  review:", "  paper:")
    with pytest.raises(ConfigError, match=r"newsroom\.yaml:15: .*paper stands twice"):
        load(twice)


def test_a_missing_file_is_refused_with_its_path(tmp_path):
    with pytest.raises(ConfigError, match="no such file"):
        load_newsroom(tmp_path / "newsroom.yaml")


def test_a_file_that_is_not_utf8_is_refused(tmp_path):
    path = tmp_path / "newsroom.yaml"
    path.write_bytes("newsroom: {name: 译报}".encode("gbk"))
    with pytest.raises(ConfigError, match="cannot be read"):
        load_newsroom(path)
