"""OPML: one file to subscribe to everything."""

from dataclasses import replace

from lxml import etree
from stories import START

from yibao.feeds.channel import wire
from yibao.feeds.opml import opml


def test_every_feed_is_listed_once_under_its_language(newsroom, english):
    root = etree.fromstring(opml(wire(newsroom, {"en": [english]})))
    assert root.get("version") == "2.0"
    assert [child.tag for child in root] == ["head", "body"]
    groups = {group.get("text"): [outline.get("xmlUrl") for outline in group] for group in root[1]}
    base = "https://news.yibao.example"
    assert groups == {
        "中文": [
            f"{base}/zh/feed.rss",
            f"{base}/zh/sections/industry.rss",
            f"{base}/zh/sections/science.rss",
        ],
        "English": [
            f"{base}/en/feed.rss",
            f"{base}/en/sections/industry.rss",
            f"{base}/en/sections/science.rss",
        ],
    }


def test_outlines_name_title_language_and_page(newsroom):
    outline = etree.fromstring(opml(wire(newsroom, {}))).find(".//outline/outline[2]")
    assert outline.get("type") == "rss"
    assert outline.get("text") == outline.get("title") == "译报 · 产业"
    assert outline.get("language") == "zh-Hans"
    assert outline.get("htmlUrl") == "https://news.yibao.example/zh/sections/industry.html"


def test_its_date_is_that_of_the_youngest_entry(newsroom, english):
    entries = [english, replace(english, uuid="x", updated=START.replace(month=5))]
    root = etree.fromstring(opml(wire(newsroom, {"en": entries})))
    assert root.findtext("head/dateModified") == "Sat, 02 May 2026 01:30:00 +0000"


def test_a_language_without_formats_has_no_outline(newsroom):
    feeds = {**newsroom.feeds, "en": newsroom.feeds["en"].model_copy(update={"formats": ()})}
    root = etree.fromstring(opml(wire(newsroom.model_copy(update={"feeds": feeds}), {})))
    assert not root.findall(".//outline[@language='en']")


def test_only_rss_has_a_version(newsroom):
    assert etree.fromstring(opml(wire(newsroom, {}))).xpath("//outline/outline/@version") == (
        ["RSS2"] * 6
    )
    for form in ("atom", "json"):
        narrowed = {
            code: feed.model_copy(update={"formats": (form,)})
            for code, feed in newsroom.feeds.items()
        }
        root = etree.fromstring(opml(wire(newsroom.model_copy(update={"feeds": narrowed}), {})))
        assert root.xpath("//outline/outline/@type") == ["rss"] * 6
        assert not root.xpath("//@version")[1:]
