"""Entries and a newsroom for the tests of feeds."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from stories import CHINESE, ENGLISH, START, uuid

from yibao.feeds import Entry
from yibao.newsroom import Newsroom


@pytest.fixture
def english() -> Entry:
    return Entry(
        uuid=uuid(1),
        language="en",
        article=ENGLISH,
        source_language="zh",
        source_url="https://jiangnan.example/2026/03/wind.html",
        source_title="南通海上风电场首批机组并网发电",
        source_name="Jiangnan Industry Daily",
        section="industry",
        published=START,
        updated=START,
        translator="Li Wei",
        reviewer="Chen Yu",
        machine_assisted=True,
    )


@pytest.fixture
def chinese() -> Entry:
    return Entry(
        uuid=uuid(2),
        language="zh",
        article=CHINESE,
        source_language="en",
        source_url="https://delta-review.example/battery.html",
        source_title="Sodium cells leave the lab as first pilot line opens",
        source_name="Delta Review",
        section="science",
        published=START + timedelta(hours=1),
        updated=START + timedelta(hours=1),
        translator="王芳",
        reviewer="李明",
        machine_assisted=True,
    )


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom.model_validate(
        {
            "newsroom": {
                "name": "Yibao Demo",
                "authority": "yibao.example,2026",
                "base_url": "https://news.yibao.example/",
                "timezone": "Asia/Shanghai",
            },
            "sections": {
                "industry": {"zh": "产业", "en": "Industry"},
                "science": {"zh": "科技", "en": "Science"},
            },
            "feeds": {
                "zh": {"title": "译报", "description": "经人工审校的中文译稿"},
                "en": {"title": "Yibao", "description": "Reviewed English translations"},
            },
        }
    )


@pytest.fixture
def many(english: Entry) -> Callable[[int], list[Entry]]:
    """That many English entries, an hour apart, the oldest first."""

    def make(count: int) -> list[Entry]:
        moments = [START + timedelta(hours=number) for number in range(count)]
        return [
            replace(
                english,
                uuid=uuid(100 + number),
                published=moment,
                updated=moment,
                article=replace(ENGLISH, title=f"{ENGLISH.title}, part {number}"),
            )
            for number, moment in enumerate(moments)
        ]

    return make
