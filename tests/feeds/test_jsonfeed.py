"""JSON Feed against its specification, and what stands under `_yibao`."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from stories import ENGLISH, START, uuid

from yibao.feeds.admission import admit
from yibao.feeds.channel import wire
from yibao.feeds.jsonfeed import json_feed

SCHEMA = json.loads(Path(__file__).with_name("jsonfeed.schema.json").read_text())


def feed(newsroom, code="en", **entries):
    admitted = {}
    for each, given in entries.items():
        admitted[each], refused = admit(given, each)
        assert not refused
    whole = wire(newsroom, admitted)
    return json.loads(json_feed(whole.editions[code].whole, whole))


@pytest.mark.parametrize("count", [0, 1, 50])
def test_the_feed_follows_the_specification(count, newsroom, many):
    made = feed(newsroom, en=many(count))
    Draft202012Validator(SCHEMA).validate(made)
    assert len(made["items"]) == count


def test_corrected_withdrawn_and_bare_entries_follow_it_too(newsroom, many, chinese):
    plain, corrected, gone = many(3)
    bare = replace(ENGLISH, authors=(), summary="", rights="", source="", blocks=ENGLISH.blocks[:1])
    entries = [
        replace(plain, article=bare, source_name="", section="", translator="", reviewer=""),
        replace(corrected, correction="A figure was wrong."),
        replace(gone, withdrawn=True),
    ]
    Draft202012Validator(SCHEMA).validate(feed(newsroom, en=entries, zh=[chinese]))


def test_addresses_ids_and_dates(newsroom, english):
    made = feed(newsroom, en=[english])
    assert made["home_page_url"] == "https://news.yibao.example/en/"
    assert made["feed_url"] == "https://news.yibao.example/en/feed.json"
    assert made["language"] == "en"
    (item,) = made["items"]
    assert item["id"] == f"tag:yibao.example,2026:{uuid(1)}:en"
    assert item["url"] == f"https://news.yibao.example/en/2026/{uuid(1)}.html"
    assert item["external_url"] == english.source_url
    assert item["date_published"] == item["date_modified"] == "2026-03-02T01:30:00+00:00"
    assert item["image"] == "https://jiangnan.example/2026/03/wind.jpg"
    assert item["tags"] == ["Industry"]


def test_credits_stand_in_fields_of_their_own(newsroom, english, chinese):
    twin = replace(chinese, uuid=english.uuid)
    (item,) = feed(newsroom, en=[english], zh=[twin])["items"]
    assert item["_yibao"] == {
        "section": "industry",
        "source": {
            "name": "Jiangnan Industry Daily",
            "title": "南通海上风电场首批机组并网发电",
            "url": "https://jiangnan.example/2026/03/wind.html",
            "language": "zh-Hans",
            "date_published": "2026-03-01T08:00:00+00:00",
        },
        "translator": "Li Wei",
        "reviewer": "Chen Yu",
        "machine_assisted": True,
        "rights": "© 2026 Jiangnan Industry Daily",
        "images": [
            {
                "url": "https://jiangnan.example/2026/03/wind.jpg",
                "alt": "A turbine being lifted by a crane vessel",
                "caption": "The last blade of turbine 17 is lifted into place.",
                "credit": "Xu Lan",
            }
        ],
        "translations": [
            {
                "id": f"tag:yibao.example,2026:{uuid(1)}:zh",
                "url": f"https://news.yibao.example/zh/2026/{uuid(1)}.html",
                "language": "zh-Hans",
            }
        ],
        "withdrawn": False,
    }


def test_a_withdrawal_says_so_and_keeps_the_id(newsroom, english):
    gone = replace(english, withdrawn=True, correction="Retracted.", updated=START)
    (item,) = feed(newsroom, en=[gone])["items"]
    assert item["id"].endswith(f"{uuid(1)}:en")
    assert item["_yibao"]["withdrawn"] is True
    assert item["_yibao"]["withdrawal"] == "Retracted."
    assert "correction" not in item["_yibao"]
    assert "image" not in item
    assert "turbines at the" not in json.dumps(item)


def test_corrections_are_dated_lines_apart_from_the_reason_of_a_withdrawal(newsroom, english):
    noted = replace(
        english,
        correction="2026-03-04: The output was wrong.\n2026-03-09: The source took it back.",
        updated=START + timedelta(days=7),
    )
    (item,) = feed(newsroom, en=[noted])["items"]
    assert item["_yibao"]["correction"] == noted.correction
    assert "withdrawal" not in item["_yibao"]
    (item,) = feed(newsroom, en=[replace(noted, withdrawn=True)])["items"]
    assert item["_yibao"]["correction"] == "2026-03-04: The output was wrong."
    assert item["_yibao"]["withdrawal"] == "The source took it back."


def test_times_are_given_to_the_second(newsroom, english):
    fine = replace(english, updated=START + timedelta(microseconds=7))
    (item,) = feed(newsroom, en=[fine])["items"]
    assert item["date_modified"] == "2026-03-02T01:30:00+00:00"
