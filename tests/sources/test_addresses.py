"""Addresses that others wrote: bad ones end nothing, and logins are not repeated."""

import pickle
from pathlib import Path

import pytest
from source_pages import SHANGHAI, ZH_PARAGRAPHS, en_page, paragraphs, zh_page

from yibao.errors import FetchFailed, NotAnArticle, PageUnreadable
from yibao.newsroom import Source
from yibao.sources import (
    FolderFetcher,
    HttpFetcher,
    SavedPageFetcher,
    canonical_url,
    discover,
    extract,
    fetcher_for,
    find_site,
    page_fetcher,
    read_article,
)
from yibao.sources.address import spoken

BAD = ("https://p:99999/x", "http://[::1/x", "http://p:port/x")
SECRET = "s3cr3t"
LOGINS = (
    f"https://ana:{SECRET}@quay.example/a.html",
    f"https://{SECRET}@quay.example/a.html",
    f"https://ana:{SECRET}@quay.example:99999/a.html",
    f"https://ana:p/{SECRET}@quay.example/a.html",
)


@pytest.fixture
def fetcher():
    with HttpFetcher(allow_private=True, pause=0.0) as fetcher:
        yield fetcher


def source(**place):
    return Source(name="quay", language="en", to=("zh",), **place)


@pytest.mark.parametrize("bad", [*BAD, *LOGINS])
def test_a_bad_link_in_a_feed_is_passed_over(web, fetcher, bad):
    items = "".join(
        f"<item><title>{each}</title><link>{each}</link></item>"
        for each in (bad, "https://quay.example/a.html")
    )
    url = web.put("/feed.xml", f'<rss version="2.0"><channel>{items}</channel></rss>')
    assert discover(source(feed=url), fetcher) == ["https://quay.example/a.html"]


@pytest.mark.parametrize("bad", [*BAD, *LOGINS])
def test_a_bad_link_in_a_sitemap_is_passed_over(web, fetcher, bad):
    urls = f"<url><loc>{bad}</loc></url><url><loc>https://quay.example/a.html</loc></url>"
    url = web.put("/sitemap.xml", f"<urlset>{urls}</urlset>", content_type="text/xml")
    assert discover(source(sitemap=url), fetcher) == ["https://quay.example/a.html"]


@pytest.mark.parametrize("bad", [*BAD, *LOGINS])
def test_a_bad_link_on_a_list_page_is_passed_over(web, fetcher, bad):
    links = f'<a href="{bad}">A ferry yard learns nothing</a>'
    good = web.url + "/2026-03-05/a.html"
    links += f'<a href="{good}">A ferry yard learns to love scrap</a>'
    url = web.put("/list.html", f"<body>{links}</body>")
    assert discover(source(list=url), fetcher) == [good]


@pytest.mark.parametrize("bad", BAD)
def test_what_is_no_address_is_not_fetched(tmp_path, fetcher, bad):
    with pytest.raises(FetchFailed, match="no address"):
        fetcher.get(bad)
    with pytest.raises(FetchFailed):
        FolderFetcher(tmp_path, "https://quay.example/").get(bad)
    with pytest.raises(FetchFailed):
        SavedPageFetcher(tmp_path / "a.html").get(bad)
    assert find_site(bad) is None
    assert canonical_url(bad) == bad


def test_a_redirect_to_no_address_is_a_failure(web, fetcher):
    url = web.put("/a.html", status=302, headers={"Location": "http://[::1/x"})
    with pytest.raises(FetchFailed):
        fetcher.get(url)


@pytest.mark.parametrize("bad", BAD)
def test_bad_addresses_on_a_page_are_left_out_of_its_article(bad):
    head = f'<link rel="canonical" href="{bad}">'
    body = f'<p><img src="{bad}" width="400"></p>' + paragraphs(ZH_PARAGRAPHS)
    article = extract(zh_page(body, head=head), "https://quay.example/a.html", zone=SHANGHAI)
    assert article.canonical == ""
    assert not any(block.figure for block in article.blocks)


@pytest.mark.parametrize("url", LOGINS)
def test_a_login_is_refused_without_being_repeated(tmp_path, fetcher, url):
    saved = tmp_path / "a.html"
    saved.write_text(en_page())
    attempts = (
        lambda: fetcher.get(url),
        lambda: page_fetcher(url),
        lambda: page_fetcher(str(saved), url),
        lambda: SavedPageFetcher(saved, url).get(url),
        lambda: fetcher_for(source(folder=Path("pages"), url=url), tmp_path),
        lambda: FolderFetcher(tmp_path, url).get(url),
    )
    for attempt in attempts:
        with pytest.raises(FetchFailed) as caught:
            attempt()
        assert SECRET not in repr((str(caught.value), caught.value.args))
        assert "quay.example" in caught.value.where


def test_a_redirect_to_a_login_does_not_repeat_it(web, fetcher):
    target = f"http://ana:{SECRET}@127.0.0.1:1/b.html"
    url = web.put("/a.html", status=302, headers={"Location": target})
    with pytest.raises(FetchFailed) as caught:
        fetcher.get(url)
    assert SECRET not in str(caught.value)


def test_an_at_sign_in_a_path_is_no_login():
    url = "https://quay.example/@ana/a.html?to=b@quay.example"
    assert spoken(url) == url
    assert canonical_url(url).startswith("https://quay.example/@ana/")


def test_an_error_keeps_the_page_that_is_no_article(tmp_path):
    (tmp_path / "a.html").write_text("<html><body><p>Nothing.</p></body></html>")
    fetcher = FolderFetcher(tmp_path, "https://quay.example/")
    with pytest.raises(NotAnArticle) as caught:
        read_article("https://quay.example/a.html", fetcher, zone=SHANGHAI)
    (page,) = caught.value.pages
    assert page.content == b"<html><body><p>Nothing.</p></body></html>"
    assert "Nothing" not in str(caught.value)


def test_an_error_keeps_the_page_that_is_no_text(tmp_path):
    (tmp_path / "a.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    fetcher = FolderFetcher(tmp_path, "https://quay.example/")
    with pytest.raises(PageUnreadable) as caught:
        read_article("https://quay.example/a.html", fetcher, zone=SHANGHAI)
    assert [page.url for page in caught.value.pages] == ["https://quay.example/a.html"]


@pytest.mark.parametrize("second", ["<p>Nothing.</p>", None], ids=["no article", "missing"])
def test_an_error_of_a_later_page_keeps_all_pages_until_then(tmp_path, second):
    link = '<a href="7_2.html">下一页</a>'
    (tmp_path / "7.html").write_text(zh_page(below=link), encoding="utf-8")
    if second is not None:
        (tmp_path / "7_2.html").write_text(second)
    base = "https://quay.example/"
    with pytest.raises((NotAnArticle, FetchFailed)) as caught:
        read_article(base + "7.html", FolderFetcher(tmp_path, base), zone=SHANGHAI)
    names = ["7.html"] if second is None else ["7.html", "7_2.html"]
    assert [page.url for page in caught.value.pages] == [base + name for name in names]


def test_a_refused_answer_is_kept_and_survives_pickling(web, fetcher):
    url = web.put("/a.html", "<title>Just a moment...</title>")
    with pytest.raises(FetchFailed) as caught:
        read_article(url, fetcher, zone=SHANGHAI)
    copy = pickle.loads(pickle.dumps(caught.value))
    assert [page.content for page in copy.pages] == [b"<title>Just a moment...</title>"]
    assert (copy.transient, str(copy)) == (False, str(caught.value))


def test_a_missing_page_is_kept_as_it_answered(web, fetcher):
    with pytest.raises(FetchFailed) as caught:
        fetcher.get(web.put("/a.html", "<p>gone</p>", status=410))
    assert [page.status for page in caught.value.pages] == [410]


def test_a_wall_is_not_tried_again_within_the_run(tmp_path):
    """Walls stand for hours: three more tries would only hold up the other pages."""
    (tmp_path / "a.html").write_text("<title>Just a moment...</title>", encoding="utf-8")
    with pytest.raises(FetchFailed) as caught:
        FolderFetcher(tmp_path, "https://quay.example/").get("https://quay.example/a.html")
    assert not caught.value.transient
