"""Pages as browsers, search engines and readers without a screen see them."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from os.path import normpath
from pathlib import PurePosixPath

import pytest
from lxml import html
from stories import ENGLISH, uuid

from yibao.article import Block, Figure
from yibao.feeds.admission import admit
from yibao.feeds.channel import wire
from yibao.feeds.pages import channel_page, entry_page, front_page
from yibao.feeds.publication import _files

BASE = "https://news.yibao.example"


def made(newsroom, **entries):
    admitted = {}
    for code, given in entries.items():
        admitted[code], refused = admit(given, code)
        assert not refused
    return wire(newsroom, admitted)


def page(newsroom, code="en", **entries):
    whole = made(newsroom, **entries)
    return html.document_fromstring(entry_page(whole.editions[code].entries[0], whole).decode())


@pytest.fixture
def both(english, chinese):
    return {"en": [english], "zh": [replace(chinese, uuid=english.uuid)]}


def test_the_page_is_in_one_language_and_has_one_heading(newsroom, both):
    for code, tag in (("en", "en"), ("zh", "zh-Hans")):
        document = page(newsroom, code, **both)
        assert document.get("lang") == tag
        assert len(document.findall(".//h1")) == 1
        assert len(document.findall(".//main")) == 1
        assert document.find(".//article") is not None


def test_canonical_address_and_the_other_language(newsroom, both):
    document = page(newsroom, **both)
    assert document.xpath("//link[@rel='canonical']/@href") == [f"{BASE}/en/2026/{uuid(1)}.html"]
    alternates = document.xpath("//link[@rel='alternate'][@hreflang]")
    assert {link.get("hreflang"): link.get("href") for link in alternates} == {
        "zh-Hans": f"{BASE}/zh/2026/{uuid(1)}.html",
        "en": f"{BASE}/en/2026/{uuid(1)}.html",
        "x-default": f"{BASE}/zh/2026/{uuid(1)}.html",
    }
    assert document.xpath("//nav[@class='languages']//a/@href") == [f"../../zh/2026/{uuid(1)}.html"]


def test_indexes_name_themselves_each_other_and_the_front_page(newsroom):
    whole = made(newsroom)
    pages = [channel_page(edition.whole, whole) for edition in whole.editions.values()]
    for content in (*pages, front_page(whole)):
        alternates = html.document_fromstring(content.decode()).xpath("//link[@hreflang]")
        assert {link.get("hreflang"): link.get("href") for link in alternates} == {
            "zh-Hans": f"{BASE}/zh/",
            "en": f"{BASE}/en/",
            "x-default": f"{BASE}/",
        }


def test_a_page_of_one_language_claims_no_others(newsroom, english):
    assert not page(newsroom, en=[english]).xpath("//link[@hreflang]")


def test_the_id_is_for_programs_only(newsroom, english):
    document = page(newsroom, en=[english])
    assert "tag:" in document.findtext(".//script")
    assert "tag:" not in document.find(".//article").text_content()


def test_pictures_are_fetched_when_they_come_near(newsroom, english):
    assert page(newsroom, en=[english]).find(".//figure/img").get("loading") == "lazy"


def test_a_year_page_lists_by_the_dates_it_shows_and_addresses_keep_the_utc_year(
    newsroom, english, many
):
    eve = replace(english, published=datetime(2026, 12, 31, 17, 5, tzinfo=UTC))
    eve = replace(eve, updated=eve.published)
    files = _files(made(newsroom, en=[eve]))
    assert f"en/2026/{eve.uuid}.html" in files
    listed = html.document_fromstring(files["en/2027/index.html"].decode())
    assert listed.find(".//ol//time").text == "1 January 2027"
    assert listed.find(".//ol//h2/a").get("href") == f"../2026/{eve.uuid}.html"
    assert "No article" in files["en/2026/index.html"].decode()
    both = _files(made(newsroom, en=[eve, *many(1)]))
    assert eve.uuid not in both["en/2026/index.html"].decode()


def test_an_article_of_one_language_leads_to_the_other_edition(newsroom, english):
    document = page(newsroom, en=[english])
    assert document.xpath("//nav[@class='languages']//a/@href") == ["../../zh/index.html"]


def test_the_blocks_stand_in_reading_order(newsroom, english):
    story = page(newsroom, en=[english]).find(".//div[@class='story']")
    tags = [child.tag for child in story]
    assert tags == ["p", "figure", "h2", "p", "blockquote", "ul", "table"]
    assert [item.text for item in story.findall("ul/li")] == [
        "Installed capacity: 1,152 MW",
        "Annual output: 3.9 TWh",
    ]
    assert [cell.get("scope") for cell in story.findall("table/thead/tr/th")] == ["col"] * 3
    image = story.find("figure/img")
    assert image.get("alt") == "A turbine being lifted by a crane vessel"
    assert story.find("figure/figcaption/small").text == "Photo: Xu Lan"


@pytest.mark.parametrize(
    ("caption", "shown"),
    [("技术人员检查电芯。", "技术人员检查电芯。图片：周敏"), ("一座风机", "一座风机　图片：周敏")],
)
def test_a_credit_keeps_its_distance_from_a_caption_without_a_full_stop(
    newsroom, chinese, caption, shown
):
    figure = Figure("https://delta-review.example/1.jpg", "", caption, "周敏")
    blocks = (*chinese.article.blocks[:1], Block("figure", figure=figure))
    entry = replace(chinese, article=replace(chinese.article, blocks=blocks))
    found = page(newsroom, "zh", zh=[entry]).find(".//figcaption")
    assert found.text_content() == shown


def test_markup_in_an_article_is_shown_not_run(newsroom, english):
    hostile = '</script><script>alert("x")</script><img src=x onerror=alert(1)>'
    article = replace(
        ENGLISH,
        title=hostile,
        summary=hostile,
        authors=(hostile,),
        rights=hostile,
        blocks=(Block("paragraph", hostile), *ENGLISH.blocks),
    )
    entry = replace(
        english,
        article=article,
        source_title=hostile,
        source_name=hostile,
        translator=hostile,
        correction=hostile,
    )
    document = page(newsroom, en=[entry])
    assert [script.get("type") for script in document.iter("script")] == ["application/ld+json"]
    assert not document.xpath("//@onerror")
    assert document.findtext(".//h1") == hostile
    assert json.loads(document.findtext(".//script"))["headline"] == hostile


def test_json_ld_says_what_was_translated_by_whom(newsroom, both):
    data = json.loads(page(newsroom, **both).findtext(".//script"))
    assert data["@type"] == "NewsArticle"
    assert data["inLanguage"] == "en"
    assert data["identifier"] == f"tag:yibao.example,2026:{uuid(1)}:en"
    assert data["translator"] == [{"@type": "Person", "name": "Li Wei"}]
    assert data["isBasedOn"] == "https://jiangnan.example/2026/03/wind.html"
    assert data["translationOfWork"]["inLanguage"] == "zh-Hans"
    assert data["translationOfWork"]["datePublished"] == "2026-03-01T08:00:00+00:00"
    assert data["translationOfWork"]["headline"] == "南通海上风电场首批机组并网发电"
    assert data["workTranslation"][0]["@id"] == f"{BASE}/zh/2026/{uuid(1)}.html"
    assert data["image"][0]["creditText"] == "Xu Lan"
    assert data["datePublished"] == "2026-03-02T01:30:00+00:00"


def test_the_credit_names_source_translator_photographer_rights_and_machine(newsroom, english):
    credit = page(newsroom, en=[english]).find(".//footer[@class='credit']").text_content()
    for part in (
        "Translated from Chinese by Li Wei, reviewed by Chen Yu.",
        "南通海上风电场首批机组并网发电 (Jiangnan Industry Daily, 1 March 2026)",
        "Author: Zhou Min",
        "Photo: Xu Lan",
        "© 2026 Jiangnan Industry Daily",
        "machine draft",
    ):
        assert part in credit


def test_the_byline_keeps_the_originals_date_and_ours_apart(newsroom, chinese):
    byline = page(newsroom, "zh", zh=[chinese]).find(".//p[@class='byline']")
    said = [" ".join(part.text_content().split()) for part in byline]
    assert said == [
        "Ellen Marsh、Tom Okafor",
        "Delta Review",
        "原文 2026年3月1日",
        "译文发布 2026年3月2日 10:30（UTC+8）",
    ]
    assert byline[1][0].get("lang") == "en"
    undated = replace(chinese, article=replace(chinese.article, published=None))
    assert (
        "原文"
        not in page(newsroom, "zh", zh=[undated]).find(".//p[@class='byline']").text_content()
    )


def test_times_on_pages_are_such_as_html_allows(newsroom, english):
    moment = english.published + timedelta(microseconds=7)
    document = page(newsroom, en=[replace(english, published=moment, updated=moment)])
    times = document.xpath("//time/@datetime")
    assert times[-1] == "2026-03-02T09:30:00+08:00"
    assert not any("." in time for time in times)
    assert "Updated" not in document.find(".//p[@class='byline']").text_content()


def test_json_ld_gives_corrections_with_their_dates_and_no_reason_of_a_withdrawal(
    newsroom, english
):
    noted = replace(
        english, correction="2026-03-04: The output was wrong.\n2026-03-09: Taken back."
    )
    data = json.loads(page(newsroom, en=[noted]).findtext(".//script"))
    assert [each["datePublished"] for each in data["correction"]] == ["2026-03-04", "2026-03-09"]
    gone = json.loads(page(newsroom, en=[replace(noted, withdrawn=True)]).findtext(".//script"))
    assert [each["text"] for each in gone["correction"]] == ["The output was wrong."]


def test_a_correction_stands_between_heading_and_text(newsroom, chinese):
    corrected = replace(
        chinese, correction="容量有误。", updated=chinese.published + timedelta(days=1)
    )
    document = page(newsroom, "zh", zh=[corrected])
    (note,) = document.xpath("//article/aside[@class='note']")
    assert note.text_content().split() == ["更正（2026年3月3日）：容量有误。"]
    assert note.getnext().get("class") == "story"


def test_a_withdrawn_page_keeps_its_place_and_shows_only_the_notice(newsroom, english):
    gone = replace(english, withdrawn=True, correction="Retracted by the source.")
    document = page(newsroom, en=[gone])
    text = document.text_content()
    assert "Withdrawn, 2 March 2026:" in text
    assert "Retracted by the source." in text
    assert "turbines at the" not in text
    assert not document.findall(".//img")
    assert document.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_an_index_lists_the_entries_of_its_feed_newest_first(newsroom, many):
    whole = made(newsroom, en=many(3))
    index = html.document_fromstring(channel_page(whole.editions["en"].whole, whole).decode())
    assert [a.text[-1] for a in index.findall(".//ol//h2/a")] == ["2", "1", "0"]
    assert index.find(".//ol//h2/a").get("href") == f"2026/{uuid(102)}.html"
    assert index.xpath("//link[@rel='alternate'][@type]/@href") == [
        "feed.rss",
        "feed.atom",
        "feed.json",
    ]


def test_a_withdrawn_entry_is_marked_in_lists_and_leaves_the_front_page(newsroom, many):
    kept, gone = many(2)
    whole = made(newsroom, en=[kept, replace(gone, withdrawn=True)])
    index = html.document_fromstring(channel_page(whole.editions["en"].whole, whole).decode())
    assert [item.get("class") for item in index.findall(".//ol/li")] == ["withdrawn", None]
    front = html.document_fromstring(front_page(whole).decode())
    assert front.xpath("//section[@lang='en']//li/a/@href") == [kept.path]


def test_an_empty_index_says_so_in_its_language(newsroom):
    whole = made(newsroom)
    assert "还没有发布译文。" in channel_page(whole.editions["zh"].whole, whole).decode()


def test_the_front_page_leads_to_every_edition_and_to_opml(newsroom, both):
    document = html.document_fromstring(front_page(made(newsroom, **both)).decode())
    links = document.xpath("//body//a/@href")
    for expected in ("zh/index.html", "en/index.html", "zh/feed.rss", "en/feed.json", "feeds.opml"):
        assert expected in links
    assert [s.get("lang") for s in document.iter("section")] == ["zh-Hans", "en"]


def test_every_local_link_of_every_page_leads_to_a_published_file(newsroom, many, chinese):
    files = _files(made(newsroom, en=many(3), zh=[chinese]))
    followed = 0
    for path, content in files.items():
        if not path.endswith(".html"):
            continue
        for target in html.document_fromstring(content.decode()).xpath("//@href|//@src"):
            if target.startswith(("https://", "#")):
                continue
            followed += 1
            assert normpath(PurePosixPath(path).parent / target) in files, (path, target)
    assert followed > 100


def test_every_address_under_the_base_that_a_feed_names_is_a_published_file(
    newsroom, many, chinese
):
    files = _files(made(newsroom, en=many(3), zh=[chinese]))
    for path in ("en/feed.json", "zh/sections/science.json"):
        feed = json.loads(files[path])
        named = [feed["feed_url"], feed["home_page_url"], *(i["url"] for i in feed["items"])]
        for address in named:
            local = address.removeprefix(f"{BASE}/")
            assert (local + "index.html" if local.endswith("/") else local) in files
