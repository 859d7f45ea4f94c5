import gzip
from pathlib import Path

import pytest
from source_pages import en_page

from yibao.errors import FetchFailed, NotAnArticle, PageUnreadable
from yibao.newsroom import Source
from yibao.sources import FolderFetcher, HttpFetcher, discover, fetcher_for


@pytest.fixture
def fetcher():
    with HttpFetcher(allow_private=True, pause=0.0) as fetcher:
        yield fetcher


def source(**place):
    return Source(name="quay", language="en", to=("zh",), **place)


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Quay</title>
<item><title>Old</title><link>/a/old.html</link>
<pubDate>Mon, 02 Mar 2026 08:00:00 GMT</pubDate></item>
<item><title>New</title><link>/a/new.html?utm_source=rss</link>
<pubDate>Wed, 04 Mar 2026 08:00:00 GMT</pubDate></item>
<item><title>Again</title><link>/a/new.html</link></item>
<item><title>No link</title></item>
</channel></rss>"""


def test_a_feed_gives_its_links_newest_first_and_once(web, fetcher):
    url = web.put("/rss.xml", RSS, content_type="application/rss+xml")
    assert discover(source(feed=url), fetcher) == [
        f"{web.url}/a/new.html?utm_source=rss",
        f"{web.url}/a/old.html",
    ]


def test_an_atom_feed_is_read_too(web, fetcher):
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Quay</title><entry><title>A</title>'
        '<link href="https://quay.example/a"/><updated>2026-03-01T00:00:00Z</updated></entry></feed>'
    )
    url = web.put("/atom", atom, content_type="application/atom+xml")
    assert discover(source(feed=url), fetcher) == ["https://quay.example/a"]


def test_a_page_is_no_feed(web, fetcher):
    url = web.put("/rss.xml", en_page())
    with pytest.raises(PageUnreadable, match="no feed") as caught:
        discover(source(feed=url), fetcher)
    assert caught.value.where == url


def test_an_empty_feed_gives_nothing(web, fetcher):
    url = web.put("/rss.xml", '<rss version="2.0"><channel><title>Quay</title></channel></rss>')
    assert discover(source(feed=url), fetcher) == []


LIST = """<html><body><nav><a href="/">Home</a><a href="/about.html">About us</a></nav>
<ul><li><a href="/2026/0302/a.html">The ferry yard learns to love scrap</a> <i>2026-03-02</i></li>
<li><a href="/news/b.html">A tram line through the old fish market</a> <i>2026-03-05</i></li>
<li><a href="/2026-03/04/c.html">渡船票价听证会将于下月举行</a></li>
<li><a href="/2026-03/04/c.html#comments">渡船票价听证会将于下月举行（评论）</a></li></ul>
<a href="https://elsewhere.example/2026/0301/x.html">Another house's story about ferries</a>
<a href="/tags/ferries.html">All of our stories about ferries here</a>
<a href="/photo.jpg">A picture of the ferry yard in spring</a>
<a href="javascript:void(0)">Subscribe to our weekly letter now</a></body></html>"""


def test_a_list_page_gives_links_that_read_like_headlines(web, fetcher):
    url = web.put("/news/", LIST)
    assert discover(source(list=url), fetcher) == [
        f"{web.url}/news/b.html",
        f"{web.url}/2026-03/04/c.html",
        f"{web.url}/2026/0302/a.html",
    ]


def test_a_site_file_says_what_a_list_holds(web, fetcher):
    page = """<div class="f_lieb_list"><h3><a href="a.shtml">One</a></h3>
    <span>2026-03-01</span></div>
    <div class="f_lieb_list"><h3><a href="b.shtml">Two</a></h3><span>2026-03-02</span></div>
    <div><h3><a href="/2026-03/03/c.shtml">A headline that stands beside the list</a></h3></div>"""
    url = web.put("/English/index.shtml", page)
    found = discover(source(list=url, site="stdaily"), fetcher)
    assert found == [f"{web.url}/English/b.shtml", f"{web.url}/English/a.shtml"]


def test_a_list_without_links_is_refused(web, fetcher):
    url = web.put("/news/", en_page())
    with pytest.raises(NotAnArticle, match="no links to articles"):
        discover(source(list=url), fetcher)


def sitemap(*entries):
    urls = "".join(f"<url><loc>{loc}</loc><lastmod>{day}</lastmod></url>" for loc, day in entries)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


def test_a_sitemap_gives_its_pages_newest_first(web, fetcher):
    url = web.put(
        "/sitemap.xml",
        sitemap(("https://quay.example/a", "2026-03-01"), ("https://quay.example/b", "2026-03-02")),
        content_type="application/xml",
    )
    assert discover(source(sitemap=url), fetcher) == [
        "https://quay.example/b",
        "https://quay.example/a",
    ]


def test_the_day_in_an_address_outweighs_a_rebuilt_lastmod(web, fetcher):
    entries = [
        ("https://quay.example/2020/01/05/a", "2026-03-09"),
        ("https://quay.example/b", "2026-03-01"),
    ]
    url = web.put("/sitemap.xml", sitemap(*entries))
    assert discover(source(sitemap=url), fetcher)[0] == "https://quay.example/b"


def test_an_index_leads_to_packed_sitemaps_and_to_itself_only_once(web, fetcher):
    packed = gzip.compress(sitemap(("https://quay.example/a", "2026-03-01")).encode())
    part = web.put("/1.xml.gz", packed, content_type="application/x-gzip")
    index = "".join(f"<sitemap><loc>{loc}</loc></sitemap>" for loc in (part, f"{web.url}/i.xml"))
    url = web.put("/i.xml", f"<sitemapindex>{index}</sitemapindex>", content_type="text/xml")
    assert discover(source(sitemap=url), fetcher) == ["https://quay.example/a"]
    assert web.asked.count("/i.xml") == 1


@pytest.mark.parametrize(
    ("content", "problem"),
    [(b"<html><p>not found</p></html>", "no sitemap"), (b"\x1f\x8b\x08broken", "broken gzip")],
)
def test_what_is_no_sitemap_is_refused(web, fetcher, content, problem):
    url = web.put("/sitemap.xml", content)
    with pytest.raises(PageUnreadable, match=problem):
        discover(source(sitemap=url), fetcher)


def test_a_sitemap_that_unpacks_without_end_is_refused(web, fetcher):
    url = web.put("/s.gz", gzip.compress(b" " * 21 * 1024 * 1024), content_type="application/gzip")
    with pytest.raises(FetchFailed, match="unpacks to more"):
        discover(source(sitemap=url), fetcher)


def test_a_folder_gives_its_articles_newest_first_without_their_later_pages(tmp_path):
    for name in ("20260301_a", "20260302_b", "20260302_b_2", "20260302_b_3", "c", "index"):
        (tmp_path / f"{name}.html").write_text(en_page())
    place = source(folder=Path(tmp_path.name), url="https://quay.example/")
    with fetcher_for(place, tmp_path.parent) as fetcher:
        assert discover(place, fetcher) == [
            "https://quay.example/20260302_b.html",
            "https://quay.example/20260301_a.html",
            "https://quay.example/c.html",
        ]


def test_a_folder_without_public_address_does_not_show_where_it_lies(tmp_path):
    (tmp_path / "drop").mkdir()
    (tmp_path / "drop" / "a.html").write_text(en_page())
    place = source(folder=Path("drop"))
    fetcher = fetcher_for(place, tmp_path)
    assert isinstance(fetcher, FolderFetcher)
    assert discover(place, fetcher) == ["file:///drop/a.html"]


def test_a_missing_folder_is_refused_by_its_name(tmp_path):
    place = source(folder=Path("nowhere"), url="https://quay.example/")
    with pytest.raises(FetchFailed, match="no such folder") as caught:
        discover(place, fetcher_for(place, tmp_path))
    assert caught.value.where == "nowhere"


def test_sources_on_the_web_are_fetched_over_http(tmp_path):
    with fetcher_for(source(feed="https://quay.example/rss"), tmp_path) as fetcher:
        assert isinstance(fetcher, HttpFetcher)
