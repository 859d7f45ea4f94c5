import pytest
from source_pages import (
    EN_PARAGRAPHS,
    SHANGHAI,
    ZH_PARAGRAPHS,
    ZH_TITLE,
    en_page,
    paragraphs,
    texts,
    zh_page,
)

from yibao.errors import FetchFailed, NotAnArticle
from yibao.sources import FolderFetcher, read_article
from yibao.sources.reading import MAX_PAGES, is_later_page, next_page

BASE = "https://baisha.example/gy/"


@pytest.fixture
def save(tmp_path):
    def save(name, html, charset="gbk"):
        (tmp_path / name).write_bytes(html.encode(charset))
        return BASE + name

    return save


@pytest.fixture
def read(tmp_path):
    def read(url, **known):
        return read_article(url, FolderFetcher(tmp_path, BASE), zone=SHANGHAI, **known)

    return read


def linked(texts, target, words="下一页"):
    return zh_page(
        paragraphs(texts), below=f'<div class="page"><a href="{target}">{words}</a></div>'
    )


def test_a_page_is_fetched_decoded_and_read(save, read):
    url = save("1.html", zh_page(charset="gb2312"))
    reading = read(url, language="zh")
    assert texts(reading.article) == list(ZH_PARAGRAPHS)
    assert reading.article.url == url
    assert [page.url for page in reading.pages] == [url]


def test_the_pages_of_an_article_are_joined(save, read):
    url = save("t20260305_7.html", linked(ZH_PARAGRAPHS[:2], "t20260305_7_2.html"))
    save("t20260305_7_2.html", linked(ZH_PARAGRAPHS[2:3], "t20260305_7_3.html"))
    save("t20260305_7_3.html", linked(ZH_PARAGRAPHS[3:], "t20260305_7.html", "首页"))
    reading = read(url)
    assert reading.article.title == ZH_TITLE
    assert texts(reading.article) == list(ZH_PARAGRAPHS)
    assert [page.url for page in reading.pages] == [url, f"{url[:-5]}_2.html", f"{url[:-5]}_3.html"]


def test_pages_that_lead_in_a_circle_are_read_once(save, read):
    url = save("7.html", linked(ZH_PARAGRAPHS[:2], "7_2.html"))
    save("7_2.html", linked(ZH_PARAGRAPHS[2:], "7_2.html#top"))
    assert texts(read(url).article) == list(ZH_PARAGRAPHS)


def test_a_failing_later_page_fails_the_article(save, read):
    url = save("7.html", linked(ZH_PARAGRAPHS[:2], "7_2.html"))
    with pytest.raises(FetchFailed, match=r"page 2 \(.*7_2.html\)") as caught:
        read(url)
    assert caught.value.where == url
    assert caught.value.remedy


def test_a_later_page_without_text_fails_the_article(save, read):
    url = save("7.html", linked(ZH_PARAGRAPHS, "7_2.html"))
    save("7_2.html", "<html><body><p>404</p></body></html>")
    with pytest.raises(NotAnArticle, match="page 2") as caught:
        read(url)
    assert caught.value.where == url


def test_whether_a_failure_passes_is_told_of_later_pages_too(web):
    from yibao.sources import HttpFetcher

    url = web.put("/7.html", linked(ZH_PARAGRAPHS, "7_2.html"))
    web.put("/7_2.html", status=503)
    with (
        HttpFetcher(allow_private=True, pause=0.0) as fetcher,
        pytest.raises(FetchFailed) as caught,
    ):
        read_article(url, fetcher, zone=SHANGHAI)
    assert caught.value.transient


def test_an_article_without_end_is_refused(save, read):
    for number in range(1, MAX_PAGES + 3):
        body = [f"第{number}页。{text}" for text in ZH_PARAGRAPHS[:2]]
        save(f"20260305_{number}.html", linked(body, f"20260305_{number + 1}.html"))
    with pytest.raises(NotAnArticle, match=f"more than {MAX_PAGES} pages"):
        read(f"{BASE}20260305_1.html")


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ('<a href="7_2.html">下一页</a>', f"{BASE}7_2.html"),
        ('<a href="7-2.html">[下一页]</a>', f"{BASE}7-2.html"),
        ('<a href="?page=2">Next page</a>', f"{BASE}7.html?page=2"),
        ('<a rel="next" href="7_2.html">›</a>', f"{BASE}7_2.html"),
        ('<a href="8.html">下一页</a>', ""),
        ('<a href="8.html">下一篇：渡船票价</a>', ""),
        ('<a href="https://other.example/gy/7_2.html">下一页</a>', ""),
        ('<a href="7.html#2">下一页</a>', ""),
        ('<a href="javascript:next()">下一页</a>', ""),
        ('<a href="http://[bad">下一页</a>', ""),
    ],
)
def test_the_next_page_is_the_same_article_with_a_number(link, target):
    url = f"{BASE}7.html"
    assert next_page(f"<html><body>{link}</body></html>", url, None, first=url) == target


@pytest.mark.parametrize(
    ("address", "first", "later"),
    [
        ("content_1_2.shtml", "content_1.shtml", True),
        ("content_2.shtml", "content_1.shtml", False),
        ("20260305_2.html", "20260305_1.html", True),
        ("story/2", "story", True),
        ("story-two", "story", False),
        ("20260305_10.html", "20260305_1.html", True),
        ("7_2.html", "7_2.html", False),
    ],
)
def test_later_pages_are_told_from_other_articles(address, first, later):
    assert is_later_page(BASE + address, BASE + first) is later


def test_a_site_file_is_found_by_the_host(tmp_path):
    html = f"""<html><body><h2>Top story</h2><div class="left"><h1>Scrap becomes boats</h1></div>
    <div class="info">Source: Harbor Daily| 2021-03-05 09:12:35| Author: LIN An</div>
    <div id="content">{paragraphs(EN_PARAGRAPHS)}</div></body></html>"""
    (tmp_path / "content_1.shtml").write_text(html)
    base = "http://www.stdaily.com/English/Service/2021-03/05/"
    fetcher = FolderFetcher(tmp_path, base)
    article = read_article(f"{base}content_1.shtml", fetcher, zone=SHANGHAI).article
    assert article.title == "Scrap becomes boats"


def test_english_pages_are_joined_too(tmp_path):
    first = en_page(paragraphs(EN_PARAGRAPHS[:2]), below='<a rel="next" href="/a/2">Next</a>')
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text(first)
    (tmp_path / "a" / "2").write_text(en_page(paragraphs(EN_PARAGRAPHS[2:])))
    fetcher = FolderFetcher(tmp_path, "https://quay.example/")
    reading = read_article("https://quay.example/a", fetcher, zone=SHANGHAI)
    assert texts(reading.article) == list(EN_PARAGRAPHS)
