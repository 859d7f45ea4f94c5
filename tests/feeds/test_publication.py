"""A whole publication: what stands afterwards, what was refused, what was left alone."""

from dataclasses import replace
from datetime import timedelta

import feedparser
import pytest
from stories import ENGLISH, START, uuid

from yibao.errors import PublishError
from yibao.feeds import publish
from yibao.feeds.tree import locked


@pytest.fixture
def outputs(tmp_path):
    return tmp_path / "outputs"


def times(outputs):
    return {path: path.stat().st_mtime_ns for path in outputs.rglob("*") if path.is_file()}


def feed(outputs, path="en/feed.rss"):
    return feedparser.parse((outputs / path).read_bytes())


def test_every_file_has_the_place_that_is_promised_to_partners(newsroom, outputs, english, chinese):
    result = publish({"en": [english], "zh": [chinese]}, newsroom, outputs)
    made = {str(p.relative_to(outputs)) for p in outputs.rglob("*") if p.is_file()}
    expected = {".lock", ".manifest.json", "index.html", "style.css", "feeds.opml"}
    for code, number in (("en", 1), ("zh", 2)):
        expected |= {
            f"{code}/index.html",
            f"{code}/2026/index.html",
            f"{code}/2026/{uuid(number)}.html",
        }
        for form in ("rss", "atom", "json"):
            expected |= {f"{code}/feed.{form}"}
        for section in ("industry", "science"):
            for form in ("rss", "atom", "json", "html"):
                expected |= {f"{code}/sections/{section}.{form}"}
    assert made == expected
    assert result.written == len(expected) - 2
    assert result.unchanged == result.removed == 0
    assert not result.refused
    assert outputs / "en/feed.rss" in result.feeds
    assert len(result.feeds) == 18


def test_publishing_the_same_again_writes_nothing(newsroom, outputs, english, chinese):
    first = publish({"en": [english], "zh": [chinese]}, newsroom, outputs)
    before = times(outputs)
    again = publish({"zh": [chinese], "en": [english]}, newsroom, outputs)
    assert (again.written, again.unchanged, again.removed) == (0, first.written, 0)
    assert times(outputs) == before


def test_a_correction_writes_only_what_shows_it(newsroom, outputs, english, chinese, many):
    entries = many(3)
    publish({"en": [*entries, english], "zh": [chinese]}, newsroom, outputs)
    before = times(outputs)
    entries[1] = replace(entries[1], correction="Wrong.", updated=START + timedelta(days=3))
    publish({"en": [*entries, english], "zh": [chinese]}, newsroom, outputs)
    changed = {str(p.relative_to(outputs)) for p, t in times(outputs).items() if before[p] != t}
    assert f"en/2026/{entries[1].uuid}.html" in changed
    assert "en/feed.rss" in changed
    assert not any(path.startswith("zh/") for path in changed)
    assert f"en/2026/{entries[0].uuid}.html" not in changed


def test_one_bad_entry_never_stops_the_feed(newsroom, outputs, english, many):
    bad = replace(english, source_url="about:blank")
    result = publish({"en": [bad, *many(2)]}, newsroom, outputs)
    assert len(feed(outputs).entries) == 2
    ((entry, error),) = result.refused
    assert entry is bad
    assert str(error).startswith(f"en/{uuid(1)} (Offshore wind farm")


def test_the_page_of_an_entry_that_has_become_bad_stays_as_it_was(newsroom, outputs, english, many):
    publish({"en": [english, *many(1)]}, newsroom, outputs)
    page = outputs / english.path
    before = page.read_bytes()
    bad = replace(english, article=replace(ENGLISH, title=""))
    result = publish({"en": [bad, *many(1)]}, newsroom, outputs)
    assert result.removed == 0
    assert page.read_bytes() == before


def test_a_withdrawn_entry_keeps_its_page_and_stays_in_the_feed(newsroom, outputs, english):
    publish({"en": [english]}, newsroom, outputs)
    gone = replace(english, withdrawn=True, updated=START + timedelta(days=1))
    result = publish({"en": [gone]}, newsroom, outputs)
    assert result.removed == 0
    assert "withdrawn this article" in (outputs / english.path).read_text(encoding="utf-8")
    assert feed(outputs).entries[0].id == f"tag:yibao.example,2026:{uuid(1)}:en"


def test_no_entries_make_empty_feeds_that_parse(newsroom, outputs):
    publish({}, newsroom, outputs)
    for path in ("en/feed.rss", "zh/feed.atom"):
        assert not feed(outputs, path).bozo
        assert not feed(outputs, path).entries


def test_a_store_that_lost_its_entries_does_not_empty_the_feeds(
    newsroom, outputs, english, chinese
):
    publish({"en": [english], "zh": [chinese]}, newsroom, outputs)
    before = times(outputs)
    with pytest.raises(PublishError, match="no approved entry in this language"):
        publish({"en": [english], "zh": []}, newsroom, outputs)
    assert times(outputs) == before


def test_sections_divide_the_feed(newsroom, outputs, english, many):
    other = replace(many(1)[0], section="science")
    publish({"en": [english, other]}, newsroom, outputs)
    assert len(feed(outputs).entries) == 2
    ids = [entry.id for entry in feed(outputs, "en/sections/science.rss").entries]
    assert ids == [other.id("yibao.example,2026")]


def test_a_feed_carries_its_declared_sections_and_what_has_none(newsroom, outputs, english, many):
    feeds = {"en": newsroom.feeds["en"].model_copy(update={"sections": ("science",)})}
    narrowed = newsroom.model_copy(update={"feeds": feeds})
    science, loose = many(2)
    science, loose = replace(science, section="science"), replace(loose, section="")
    publish({"en": [english, science, loose]}, narrowed, outputs)
    assert {entry.link for entry in feed(outputs).entries} == {
        f"https://news.yibao.example/{entry.path}" for entry in (science, loose)
    }
    assert (outputs / english.path).exists()
    assert not (outputs / "en/sections/industry.rss").exists()


def test_a_language_without_feeds_is_refused_by_entry(newsroom, outputs, english):
    german = replace(english, language="de", article=replace(ENGLISH, language="de"))
    result = publish({"de": [german], "en": [english]}, newsroom, outputs)
    assert [entry for entry, _ in result.refused] == [german]
    assert "declares no feeds in 'de'" in str(result.refused[0][1])


def test_any_language_that_we_know_can_be_published(newsroom, outputs, english):
    given = newsroom.model_dump()
    given["feeds"] = {"fr": {"title": "Yibao"}}
    french = replace(english, language="fr", article=replace(ENGLISH, language="fr"))
    result = publish({"fr": [french]}, type(newsroom).model_validate(given), outputs)
    assert not result.refused
    assert feed(outputs, "fr/feed.atom").feed.language == "fr"


def test_files_of_others_stay(newsroom, outputs, english):
    outputs.mkdir()
    (outputs / "README.md").write_text("mine")
    publish({"en": [english]}, newsroom, outputs)
    publish({"en": [english]}, newsroom, outputs)
    assert (outputs / "README.md").read_text() == "mine"


def test_two_publications_do_not_meet(newsroom, outputs, english):
    with locked(outputs), pytest.raises(PublishError, match="another publication is running"):
        publish({"en": [english]}, newsroom, outputs)
