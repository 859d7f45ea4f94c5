"""RSS and Atom as subscribers' parsers see them."""

import locale
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import atoma
import fastfeedparser
import feedparser
import pytest
from lxml import etree
from stories import CHINESE, ENGLISH, START, uuid

from yibao.article import Block, Figure
from yibao.feeds.admission import admit
from yibao.feeds.channel import Wire, wire
from yibao.feeds.entry import Entry
from yibao.feeds.rss_atom import atom, rss

BASE = "https://news.yibao.example"
NS = {
    "a": "http://www.w3.org/2005/Atom",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
    "content": "http://purl.org/rss/1.0/modules/content/",
}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PAGE_ONE = f"{BASE}/en/2026/{uuid(1)}.html"
WRITERS = {"rss": rss, "atom": atom}


def made(newsroom, en=(), zh=()) -> Wire:
    admitted = {}
    for code, entries in (("en", en), ("zh", zh)):
        admitted[code], refused = admit(entries, code)
        assert not refused, refused
    return wire(newsroom, admitted)


def written(form: str, newsroom, en=(), zh=(), code="en") -> bytes:
    whole = made(newsroom, en, zh)
    return WRITERS[form](whole.editions[code].whole, whole)


def xml(form: str, newsroom, en=(), zh=(), code="en") -> etree._Element:
    return etree.fromstring(written(form, newsroom, en, zh, code))


@pytest.fixture
def pair(english, chinese) -> tuple[Entry, Entry]:
    """One article in both languages."""
    return english, replace(chinese, uuid=english.uuid)


class TestParsers:
    @pytest.mark.parametrize("form", ["rss", "atom"])
    @pytest.mark.parametrize("count", [0, 1, 500])
    def test_feedparser_finds_nothing_to_complain_of(self, form, count, newsroom, many):
        feeds = {c: f.model_copy(update={"entries": 500}) for c, f in newsroom.feeds.items()}
        roomy = newsroom.model_copy(update={"feeds": feeds})
        parsed = feedparser.parse(written(form, roomy, en=many(count)))
        assert not parsed.bozo
        assert parsed.version == {"rss": "rss20", "atom": "atom10"}[form]
        assert len({entry.id for entry in parsed.entries}) == len(parsed.entries) == count

    @pytest.mark.parametrize("form", ["rss", "atom"])
    def test_feedparser_takes_the_entrys_own_page_and_language(self, form, newsroom, pair):
        en, zh = pair
        for code, entry, tag in (("en", en, "en"), ("zh", zh, "zh-Hans")):
            parsed = feedparser.parse(written(form, newsroom, [en], [zh], code))
            assert parsed.feed.language == tag
            assert parsed.feed.link == f"{BASE}/{code}/"
            assert parsed.entries[0].link == f"{BASE}/{code}/2026/{entry.uuid}.html"
            assert parsed.entries[0].title == entry.article.title

    @pytest.mark.parametrize("form", ["rss", "atom"])
    def test_fastfeedparser_takes_the_entrys_own_page(self, form, newsroom, pair):
        parsed = fastfeedparser.parse(written(form, newsroom, [pair[0]], [pair[1]]))
        assert parsed.entries[0].link == PAGE_ONE
        assert parsed.entries[0].title == ENGLISH.title

    def test_atoma_reads_the_atom_feed(self, newsroom, pair):
        feed = atoma.parse_atom_bytes(written("atom", newsroom, [pair[0]], [pair[1]]))
        assert feed.entries[0].links[0].href == PAGE_ONE
        assert feed.entries[0].content.text_type.value == "html"
        assert feed.entries[0].published == START

    def test_atoma_reads_the_rss_feed(self, newsroom, pair):
        feed = atoma.parse_rss_bytes(written("rss", newsroom, [pair[0]], [pair[1]]))
        assert feed.link == f"{BASE}/en/"
        assert feed.items[0].link == PAGE_ONE
        assert feed.items[0].pub_date == START

    def test_atom_follows_the_grammar_of_rfc_4287(self, newsroom, pair, many):
        grammar = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
        gone = replace(many(2)[1], withdrawn=True, correction="Wrong in substance.")
        for feed in (
            xml("atom", newsroom, [pair[0], gone], [pair[1]]),
            xml("atom", newsroom, [], []),
        ):
            grammar.assertValid(feed)

    def test_the_grammar_refuses_what_feedgen_writes_unrepaired(self, newsroom, english):
        grammar = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
        feed = xml("atom", newsroom, [english])
        feed.find("a:entry/a:content", NS).set("type", "CDATA")
        assert not grammar.validate(feed)


class TestLinks:
    def test_rss_channel_points_to_its_page_itself_and_the_other_language(self, newsroom, pair):
        channel = xml("rss", newsroom, [pair[0]], [pair[1]])[0]
        assert [link.text for link in channel.findall("link")] == [f"{BASE}/en/"]
        assert [dict(link.attrib) for link in channel.findall("a:link", NS)] == [
            {"rel": "self", "type": "application/rss+xml", "href": f"{BASE}/en/feed.rss"},
            {
                "rel": "related",
                "type": "application/rss+xml",
                "hreflang": "zh-Hans",
                "href": f"{BASE}/zh/feed.rss",
            },
        ]

    def test_rss_item_has_one_link_and_names_the_other_language_after_it(self, newsroom, pair):
        item = xml("rss", newsroom, [pair[0]], [pair[1]]).find(".//item")
        assert [link.text for link in item.findall("link")] == [PAGE_ONE]
        assert [dict(link.attrib) for link in item.findall("a:link", NS)] == [
            {
                "rel": "related",
                "type": "text/html",
                "hreflang": "zh-Hans",
                "href": f"{BASE}/zh/2026/{uuid(1)}.html",
            }
        ]
        order = [child.tag for child in item]
        assert order.index("link") < order.index("{http://www.w3.org/2005/Atom}link")

    def test_atom_entry_links_to_its_page_first_then_the_other_language_then_the_source(
        self, newsroom, pair
    ):
        entry = xml("atom", newsroom, [pair[0]], [pair[1]]).find("a:entry", NS)
        assert [dict(link.attrib) for link in entry.findall("a:link", NS)] == [
            {"rel": "alternate", "type": "text/html", "hreflang": "en", "href": PAGE_ONE},
            {
                "rel": "related",
                "type": "text/html",
                "hreflang": "zh-Hans",
                "href": f"{BASE}/zh/2026/{uuid(1)}.html",
            },
            {
                "rel": "via",
                "type": "text/html",
                "hreflang": "zh-Hans",
                "href": "https://jiangnan.example/2026/03/wind.html",
            },
        ]

    def test_atom_feed_links_to_its_page_itself_and_the_other_language(self, newsroom, pair):
        feed = xml("atom", newsroom, [pair[0]], [pair[1]])
        assert [(link.get("rel"), link.get("href")) for link in feed.findall("a:link", NS)] == [
            ("alternate", f"{BASE}/en/"),
            ("self", f"{BASE}/en/feed.atom"),
            ("related", f"{BASE}/zh/feed.atom"),
        ]

    @pytest.mark.parametrize("form", ["rss", "atom"])
    def test_no_hub_is_promised_where_none_is_configured(self, form, newsroom, english):
        assert not xml(form, newsroom, [english]).findall(".//a:link[@rel='hub']", NS)

    @pytest.mark.parametrize("form", ["rss", "atom"])
    def test_no_length_is_invented_for_pictures(self, form, newsroom, english):
        feed = xml(form, newsroom, [english])
        assert not feed.findall(".//enclosure")
        assert not feed.findall(".//a:link[@rel='enclosure']", NS)

    def test_a_withdrawn_translation_is_no_longer_linked_from_the_other_language(
        self, newsroom, pair
    ):
        feed = xml("atom", newsroom, [pair[0]], [replace(pair[1], withdrawn=True)])
        assert not feed.findall("a:entry/a:link[@rel='related']", NS)


class TestIds:
    @pytest.mark.parametrize(
        "change",
        [
            {"article": replace(ENGLISH, title="Another title")},
            {"article": replace(ENGLISH, blocks=ENGLISH.blocks[:1])},
            {"article": replace(ENGLISH, url="https://elsewhere.example/1")},
            {"source_url": "https://elsewhere.example/1"},
            {"updated": START + timedelta(days=9), "correction": "A figure was wrong."},
            {"withdrawn": True},
            {"section": "science"},
        ],
        ids="+".join,
    )
    def test_id_page_and_date_of_publication_survive_every_change(self, change, newsroom, english):
        before = feedparser.parse(written("rss", newsroom, [english])).entries[0]
        after = feedparser.parse(written("rss", newsroom, [replace(english, **change)])).entries[0]
        expected = f"tag:yibao.example,2026:{uuid(1)}:en"
        assert before.id == after.id == expected
        assert before.link == after.link == PAGE_ONE
        assert before.published == after.published

    def test_rss_and_atom_share_the_id_and_languages_do_not(self, newsroom, pair):
        ids = {
            (form, code): feedparser.parse(written(form, newsroom, [pair[0]], [pair[1]], code))
            .entries[0]
            .id
            for form in WRITERS
            for code in ("en", "zh")
        }
        assert ids["rss", "en"] == ids["atom", "en"] != ids["rss", "zh"] == ids["atom", "zh"]

    def test_guid_is_no_permalink(self, newsroom, english):
        assert xml("rss", newsroom, [english]).find(".//guid").get("isPermaLink") == "false"

    def test_a_section_says_in_its_description_which_it_is(self, newsroom):
        whole = made(newsroom)
        told = [c.description for e in whole.editions.values() for c in e.channels]
        assert told == [
            "经人工审校的中文译稿",
            "经人工审校的中文译稿：产业",
            "经人工审校的中文译稿：科技",
            "Reviewed English translations",
            "Reviewed English translations: Industry",
            "Reviewed English translations: Science",
        ]

    def test_every_feed_has_an_id_of_its_own(self, newsroom, pair):
        whole = made(newsroom, [pair[0]], [pair[1]])
        ids = [channel.id for edition in whole.editions.values() for channel in edition.channels]
        assert ids == [
            "tag:yibao.example,2026:feed:zh",
            "tag:yibao.example,2026:feed:zh:industry",
            "tag:yibao.example,2026:feed:zh:science",
            "tag:yibao.example,2026:feed:en",
            "tag:yibao.example,2026:feed:en:industry",
            "tag:yibao.example,2026:feed:en:science",
        ]


class TestDates:
    def test_dates_come_from_the_entries(self, newsroom, english):
        corrected = replace(english, updated=START + timedelta(days=2, microseconds=7))
        channel = xml("rss", newsroom, [corrected])[0]
        assert channel.findtext("lastBuildDate") == "Wed, 04 Mar 2026 01:30:00 +0000"
        assert channel.findtext("item/pubDate") == "Mon, 02 Mar 2026 01:30:00 +0000"
        assert channel.findtext("item/dcterms:modified", "", NS) == "2026-03-04T01:30:00+00:00"
        feed = xml("atom", newsroom, [corrected])
        assert feed.findtext("a:updated", "", NS) == "2026-03-04T01:30:00.000007+00:00"
        assert feed.findtext("a:entry/a:published", "", NS) == "2026-03-02T01:30:00+00:00"
        assert feed.findtext("a:entry/a:updated", "", NS) == "2026-03-04T01:30:00.000007+00:00"

    def test_entries_approved_within_a_second_differ_in_their_atom_time(self, newsroom, many):
        batch = [
            replace(entry, published=moment, updated=moment)
            for number, entry in enumerate(many(5))
            for moment in [START + timedelta(microseconds=number)]
        ]
        feed = xml("atom", newsroom, batch)
        times = [each.text for each in feed.findall("a:entry/a:updated", NS)]
        assert len(set(times)) == 5
        assert times == sorted(times, reverse=True)
        published = {each.text for each in feed.findall("a:entry/a:published", NS)}
        assert published == {"2026-03-02T01:30:00+00:00"}

    @pytest.mark.parametrize("form", ["rss", "atom"])
    def test_the_originals_date_stands_apart_from_ours(self, form, newsroom, english):
        place = {"rss": ".//item", "atom": "a:entry"}[form]
        dated = xml(form, newsroom, [english]).find(place, NS)
        assert dated.findtext("dcterms:created", "", NS) == "2026-03-01T08:00:00+00:00"
        undated = replace(english, article=replace(ENGLISH, published=None))
        assert xml(form, newsroom, [undated]).find(f"{place}/dcterms:created", NS) is None

    def test_an_empty_feed_is_as_old_as_the_house(self, newsroom):
        assert xml("atom", newsroom).findtext("a:updated", "", NS) == "2026-01-01T00:00:00+00:00"

    def test_an_update_before_the_publication_counts_as_the_publication(self, newsroom, english):
        early = replace(english, updated=START - timedelta(seconds=3))
        feed = xml("atom", newsroom, [early])
        assert feed.findtext("a:entry/a:updated", "", NS) == "2026-03-02T01:30:00+00:00"

    def test_the_locale_is_never_touched(self, newsroom, english, monkeypatch):
        def refuse(*_args):
            raise AssertionError("setlocale was called")

        monkeypatch.setattr(locale, "setlocale", refuse)
        for form in WRITERS:
            written(form, newsroom, [english])

    @pytest.mark.parametrize("form", ["rss", "atom"])
    def test_the_same_entries_give_the_same_bytes(self, form, newsroom, pair):
        first = written(form, newsroom, [pair[0]], [pair[1]])
        assert written(form, newsroom, [pair[0]], [pair[1]]) == first


class TestOrder:
    def test_newest_first(self, newsroom, many):
        parsed = feedparser.parse(written("rss", newsroom, many(3)))
        assert [entry.title[-1] for entry in parsed.entries] == ["2", "1", "0"]

    def test_entries_of_one_moment_keep_their_order_however_they_are_given(self, newsroom, many):
        same = [replace(entry, published=START, updated=START) for entry in many(5)]
        forth = written("rss", newsroom, same)
        assert written("rss", newsroom, same[::-1]) == forth

    def test_a_feed_holds_the_latest_but_a_correction_brings_an_old_entry_back(
        self, newsroom, many
    ):
        entries = many(60)
        parsed = feedparser.parse(written("rss", newsroom, entries))
        assert len(parsed.entries) == 50
        assert not any(entry.title.endswith("part 0") for entry in parsed.entries)
        entries[0] = replace(entries[0], updated=START + timedelta(days=30), correction="Wrong.")
        parsed = feedparser.parse(written("rss", newsroom, entries))
        assert len(parsed.entries) == 50
        assert parsed.entries[-1].title.endswith("part 0")


class TestCredit:
    def test_rss_names_authors_translator_language_rights_and_source(self, newsroom, chinese):
        rss_feed = xml("rss", newsroom, zh=[chinese], code="zh")
        item = rss_feed.find(".//item")
        assert rss_feed.get(LANG) == "zh-Hans"
        assert [e.text for e in item.findall("dc:creator", NS)] == ["Ellen Marsh", "Tom Okafor"]
        assert [e.text for e in item.findall("dc:contributor", NS)] == ["王芳", "李明"]
        assert item.findtext("dc:language", "", NS) == "zh-Hans"
        assert item.findtext("dc:rights", "", NS) == "© 2026 Delta Review"
        assert item.find("source").get("url") == chinese.source_url
        assert item.findtext("source") == "Delta Review"
        assert item.findtext("category") == "科技"

    def test_atom_names_authors_translator_language_rights_and_a_complete_source(
        self, newsroom, chinese
    ):
        feed = xml("atom", newsroom, zh=[chinese], code="zh")
        entry = feed.find("a:entry", NS)
        assert feed.get(LANG) == entry.get(LANG) == "zh-Hans"
        names = [e.text for e in entry.findall("a:author/a:name", NS)]
        assert names == ["Ellen Marsh", "Tom Okafor"]
        assert [e.text for e in entry.findall("a:contributor/a:name", NS)] == ["王芳", "李明"]
        assert entry.findtext("a:rights", "", NS) == "© 2026 Delta Review"
        assert entry.findtext("a:source/a:id", "", NS) == chinese.source_url
        assert entry.findtext("a:source/a:title", "", NS) == "Delta Review"
        assert entry.findtext("a:source/a:updated", "", NS) == "2026-03-01T12:00:00+00:00"

    def test_without_a_byline_the_organ_is_the_author(self, newsroom, english):
        nameless = replace(english, article=replace(ENGLISH, authors=()))
        item = xml("rss", newsroom, [nameless]).find(".//item")
        assert [e.text for e in item.findall("dc:creator", NS)] == ["Jiangnan Industry Daily"]

    def test_the_text_carries_the_credit_line_and_says_that_a_machine_helped(
        self, newsroom, english, chinese
    ):
        en = feedparser.parse(written("rss", newsroom, [english])).entries[0].content[0].value
        assert "Translated from Chinese by Li Wei, reviewed by Chen Yu." in en
        assert f'href="{english.source_url}"' in en
        assert "Author: Zhou Min" in en
        assert "Photo: Xu Lan" in en
        assert "Rights: © 2026 Jiangnan Industry Daily" in en
        assert "machine draft" in en
        by_hand = replace(chinese, machine_assisted=False)
        zh = feedparser.parse(written("rss", newsroom, zh=[by_hand], code="zh"))
        text = zh.entries[0].content[0].value
        assert "本文译自英文，译者：王芳；审校：李明。原文：" in text
        assert "机器" not in text

    @pytest.mark.parametrize("form", ["rss", "atom"])
    def test_pictures_come_with_type_caption_and_credit(self, form, newsroom, english):
        (content,) = xml(form, newsroom, [english]).findall(".//media:content", NS)
        assert dict(content.attrib) == {
            "url": "https://jiangnan.example/2026/03/wind.jpg",
            "medium": "image",
            "type": "image/jpeg",
        }
        assert content.findtext("media:credit", "", NS) == "Xu Lan"
        assert content.findtext("media:description", "", NS).startswith("The last blade")

    def test_a_relative_picture_address_becomes_absolute(self, newsroom, chinese):
        feed = xml("rss", newsroom, zh=[chinese], code="zh")
        content = feed.find(".//media:content", NS)
        assert content.get("url") == "https://delta-review.example/images/line.png"

    def test_a_picture_without_a_web_address_is_left_out_and_its_caption_kept(
        self, newsroom, english
    ):
        figure = Figure(image="javascript:alert(1)", caption="What the picture shows.")
        blocks = (*ENGLISH.blocks[:1], Block("figure", figure=figure))
        bad = replace(english, article=replace(ENGLISH, blocks=blocks))
        text = written("rss", newsroom, [bad]).decode()
        assert "javascript" not in text
        assert "What the picture shows." in text


class TestMarks:
    def marks(self, form, newsroom, entry):
        feed = xml(form, newsroom, [entry])
        if form == "rss":
            found = [(c.get("domain"), c.text) for c in feed.findall(".//item/category")]
        else:
            found = [(c.get("scheme"), c.get("term")) for c in feed.findall(".//a:category", NS)]
        return [(kind.rpartition(":")[2], term) for kind, term in found if kind]

    @pytest.mark.parametrize("form", ["rss", "atom"])
    def test_status_and_people_are_categories_with_a_scheme_of_the_house(
        self, form, newsroom, english
    ):
        people = [("translator", "Li Wei"), ("reviewer", "Chen Yu")]
        drafted = ("status", "machine-assisted")
        assert self.marks(form, newsroom, english) == [drafted, *people]
        by_hand = replace(english, machine_assisted=False, reviewer="")
        assert self.marks(form, newsroom, by_hand) == people[:1]
        corrected = replace(english, correction="2026-03-03: The output was wrong.")
        assert self.marks(form, newsroom, corrected) == [("status", "corrected"), drafted, *people]
        gone = replace(english, correction="2026-03-03: Taken back.", withdrawn=True)
        assert self.marks(form, newsroom, gone) == [("status", "withdrawn"), drafted, *people]

    def test_several_translators_are_named_one_by_one(self, newsroom, chinese):
        shared = replace(chinese, translator="王芳, 周敏")
        item = xml("rss", newsroom, zh=[shared], code="zh").find(".//item")
        assert [e.text for e in item.findall("dc:contributor", NS)] == ["王芳", "周敏", "李明"]
        domains = [c.text for c in item.findall("category") if "translator" in c.get("domain", "")]
        assert domains == ["王芳", "周敏"]
        assert "译者：王芳、周敏；审校：李明" in item.findtext("content:encoded", "", NS)

    def test_the_scheme_is_a_tag_uri_and_the_section_has_none(self, newsroom, english):
        categories = xml("rss", newsroom, [english]).findall(".//item/category")
        assert [dict(each.attrib) for each in categories[:2]] == [
            {},
            {"domain": "tag:yibao.example,2026:status"},
        ]


class TestText:
    HOSTILE = 'a ]]> b & c <script>alert("x")</script> &amp; &#x26; <b>bold</b>'

    @pytest.mark.parametrize("form", ["rss", "atom"])
    def test_markup_and_the_end_of_cdata_in_a_text_stay_text(self, form, newsroom, english):
        article = replace(
            ENGLISH, title=self.HOSTILE, blocks=(Block("paragraph", self.HOSTILE), *ENGLISH.blocks)
        )
        data = written(form, newsroom, [replace(english, article=article)])
        feed = etree.fromstring(data)
        place = {"rss": ".//content:encoded", "atom": ".//a:entry/a:content"}[form]
        html = etree.HTML(feed.findtext(place, "", NS))
        assert html.findtext(".//p") == self.HOSTILE
        assert not html.findall(".//script")
        title = {"rss": ".//item/title", "atom": ".//a:entry/a:title"}[form]
        assert feed.findtext(title, "", NS) == self.HOSTILE

    @pytest.mark.parametrize("form", ["rss", "atom"])
    def test_characters_that_xml_forbids_are_left_out(self, form, newsroom, english):
        article = replace(
            ENGLISH,
            title="Wind\x00 \ud800farm\ufffe",
            authors=("Zhou\x0b Min",),
            blocks=(Block("paragraph", "Tur\x08bines\x1b turn. 🌬 " * 9),),
        )
        parsed = feedparser.parse(written(form, newsroom, [replace(english, article=article)]))
        assert not parsed.bozo
        assert parsed.entries[0].title == "Wind farm"
        assert parsed.entries[0].author == "Zhou Min"
        assert "Turbines turn. 🌬" in parsed.entries[0].content[0].value

    def test_a_withdrawn_entry_keeps_its_id_and_loses_its_text_and_pictures(
        self, newsroom, english
    ):
        gone = replace(
            english,
            withdrawn=True,
            updated=START + timedelta(days=1),
            correction="The source took it back.",
        )
        data = written("rss", newsroom, [gone])
        entry = feedparser.parse(data).entries[0]
        assert entry.id == f"tag:yibao.example,2026:{uuid(1)}:en"
        assert entry.title.startswith("Withdrawn: ")
        assert "Withdrawn, 3 March 2026:" in entry.content[0].value
        assert "The source took it back." in entry.content[0].value
        for lost in ("turbines at the", "wind.jpg", "Xu Lan"):
            assert lost not in data.decode()

    def test_a_correction_stands_on_top_with_its_date_in_the_houses_zone(self, newsroom, chinese):
        late = chinese.published.replace(hour=20)  # the next day in Shanghai
        corrected = replace(chinese, updated=late, correction="容量误作三百兆瓦时。")
        parsed = feedparser.parse(written("rss", newsroom, zh=[corrected], code="zh"))
        text = parsed.entries[0].content[0].value
        assert text.startswith("<p><strong>更正（2026年3月3日）：</strong>容量误作三百兆瓦时。</p>")

    def test_several_notes_are_a_list_each_with_its_own_date(self, newsroom, chinese):
        noted = replace(
            chinese,
            updated=START + timedelta(days=9),
            correction="2026-03-03: 容量有误。\n2026-03-05：日期有误。\n2026-99-99: 无此日",
        )
        parsed = feedparser.parse(written("rss", newsroom, zh=[noted], code="zh"))
        items = etree.HTML(parsed.entries[0].content[0].value).findall(".//ul/li")
        assert ["".join(item.itertext()) for item in items[:2]] == [
            "更正（2026年3月3日）：容量有误。",
            "更正（2026年3月5日）：日期有误。2026-99-99: 无此日",
        ]

    def test_the_credit_gives_the_originals_date_as_its_source_does(self, newsroom, english):
        shanghai = datetime(2026, 9, 22, 1, tzinfo=timezone(timedelta(hours=8)))
        dated = replace(english, article=replace(ENGLISH, published=shanghai))
        parsed = feedparser.parse(written("rss", newsroom, [dated]))
        assert "(Jiangnan Industry Daily, 22 September 2026)" in parsed.entries[0].content[0].value

    def test_names_and_lines_in_another_language_are_marked(self, newsroom, english):
        article = replace(ENGLISH, authors=("顾怀远", "Zhou Min"), rights="版权所有")
        foreign = replace(english, article=article, source_name="江南工业观察", translator="王芳")
        parsed = feedparser.parse(written("rss", newsroom, [foreign]))
        text = parsed.entries[0].content[0].value
        for part in ("顾怀远", "版权所有", "江南工业观察", "王芳"):
            assert f'<span lang="zh-Hans">{part}</span>' in text
        assert "</span>, Zhou Min" in text

    def test_the_summary_is_plain_text(self, newsroom, english, chinese):
        bare = replace(english, article=replace(ENGLISH, summary=""))
        entry = feedparser.parse(written("rss", newsroom, [bare])).entries[0]
        assert entry.summary.startswith("The first of seventy-two turbines")
        assert len(entry.summary) <= 281
        assert "<" not in entry.summary
        assert CHINESE.summary in written("rss", newsroom, zh=[chinese], code="zh").decode()
