"""What may enter a feed, and what is said to what may not."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from stories import CHINESE, ENGLISH, START

from yibao.article import Block
from yibao.errors import PublishError
from yibao.feeds.admission import admit, web_address
from yibao.feeds.channel import wire
from yibao.feeds.rss_atom import atom, rss


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"language": "zh"}, "its language is not en"),
        ({"article": CHINESE}, "its language is not en"),
        ({"uuid": "42"}, "uuid"),
        ({"source_language": "xx"}, "unknown"),
        ({"published": START.replace(tzinfo=None)}, "`published` has no zone"),
        ({"updated": START.replace(tzinfo=None)}, "`updated` has no zone"),
        ({"source_url": ""}, "no web address"),
        ({"source_url": "file:///etc/passwd"}, "no web address"),
        ({"source_url": "javascript:alert(1)"}, "no web address"),
        ({"article": replace(ENGLISH, title="\x00 ")}, "no title"),
        ({"article": replace(ENGLISH, blocks=())}, "no text"),
        ({"article": replace(CHINESE, language="en")}, "declared English"),
    ],
)
def test_a_bad_entry_is_refused_with_its_reason_and_the_others_stand(change, said, english, many):
    bad = replace(english, **change)
    before, after = many(2)
    admitted, refused = admit([before, bad, after], "en")
    assert [entry.uuid for entry in admitted] == [before.uuid, after.uuid]
    ((entry, error),) = refused
    assert entry is bad
    assert isinstance(error, PublishError)
    assert bad.uuid in error.where
    assert said in error.detail
    assert "desk" in error.remedy


def test_english_declared_chinese_is_refused(chinese):
    english_text = replace(ENGLISH, language="zh")
    _, refused = admit([replace(chinese, article=english_text)], "zh")
    assert "declared Chinese" in refused[0][1].detail


def test_a_short_text_is_not_judged_by_its_letters(chinese):
    short = replace(CHINESE, blocks=(Block("paragraph", "NASA: SpaceX CRS-31"),))
    admitted, refused = admit([replace(chinese, article=short)], "zh")
    assert len(admitted) == 1
    assert not refused


def test_a_withdrawn_entry_needs_no_text(english):
    gone = replace(english, withdrawn=True, article=replace(ENGLISH, blocks=()))
    admitted, _ = admit([gone], "en")
    assert len(admitted) == 1


def test_the_second_of_two_entries_with_one_uuid_is_refused(english):
    twin = replace(english, article=replace(ENGLISH, title="Twin"), uuid=english.uuid.upper())
    admitted, refused = admit([english, twin], "en")
    assert [entry.article.title for entry in admitted] == [ENGLISH.title]
    assert "twice" in refused[0][1].detail


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://a.example/b?c=d#e", "https://a.example/b?c=d#e"),
        ("/b.jpg", "https://base.example/b.jpg"),
        ("b.jpg", "https://base.example/news/b.jpg"),
        ("//cdn.example/b.jpg", "https://cdn.example/b.jpg"),
        ("https://a.example/图 片.jpg", "https://a.example/%E5%9B%BE%20%E7%89%87.jpg"),
        ("https://a.example/%E5%9B%BE.jpg", "https://a.example/%E5%9B%BE.jpg"),
        ("https://新闻.example/", "https://xn--efvy88h.example/"),
        ("https://user:secret@a.example:8080/", "https://a.example:8080/"),
        ('https://a.example/"onload="x', "https://a.example/%22onload=%22x"),
        ("http://[::1]:80/a", "http://[::1]:80/a"),
        ("data:image/png;base64,AAAA", ""),
        ("javascript:alert(1)", ""),
        ("ftp://a.example/", ""),
        ("https://", ""),
        ("https://[broken", ""),
        ("https://a.example:port/", ""),
        (f"https://{'a' * 70}.example/", ""),
    ],
)
def test_addresses_become_absolute_and_ascii_or_nothing(address, expected):
    assert web_address(address, "https://base.example/news/1.html") == expected


ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texts=st.tuples(ANY_TEXT, ANY_TEXT, ANY_TEXT, ANY_TEXT))
def test_whatever_is_admitted_gives_well_formed_feeds(texts, newsroom, english):
    title, text, name, address = texts
    article = replace(
        ENGLISH,
        title=title,
        summary=text,
        authors=(name,),
        rights=text,
        url=address,
        blocks=(Block("paragraph", text), Block("table", rows=((text, name),)), *ENGLISH.blocks),
    )
    entry = replace(english, article=article, source_title=title, translator=name, correction=text)
    admitted, refused = admit([entry], "en")
    assert len(admitted) + len(refused) == 1
    whole = wire(newsroom, {"en": admitted})
    for write in (rss, atom):
        etree.fromstring(write(whole.editions["en"].whole, whole))
