import pickle
import time

import pytest
from source_pages import ZH_PARAGRAPHS, en_page, zh_page

from yibao.errors import FetchFailed
from yibao.sources import HttpFetcher
from yibao.sources.fetch import MAX_REDIRECTS


@pytest.fixture
def fetcher():
    with HttpFetcher(allow_private=True, pause=0.0) as fetcher:
        yield fetcher


def refusal(fetcher, url):
    with pytest.raises(FetchFailed) as caught:
        fetcher.get(url)
    assert caught.value.where.startswith(url.split("?")[0].rsplit("/", 1)[0])
    assert caught.value.remedy
    return caught.value


def test_a_page_comes_byte_for_byte_with_its_headers(web, fetcher):
    content = zh_page(charset="gbk").encode("gbk")
    url = web.put("/a.html", content, content_type="text/html", headers={"ETag": '"7"'})
    page = fetcher.get(url)
    assert (page.url, page.content, page.status) == (url, content, 200)
    assert page.content_type == "text/html"
    assert page.headers["etag"] == '"7"'
    assert page.fetched.utcoffset().total_seconds() == 0
    assert web.agents[-1].startswith("Yibao/")


def test_robots_are_asked_once_for_many_pages(web, fetcher):
    web.put("/robots.txt", "User-agent: *\nDisallow: /private/\n", content_type="text/plain")
    for number in range(3):
        fetcher.get(web.put(f"/{number}.html", en_page()))
    assert web.asked.count("/robots.txt") == 1


def test_what_robots_forbid_is_not_asked_for(web, fetcher):
    web.put("/robots.txt", "User-agent: Yibao\nDisallow: /private/\n", content_type="text/plain")
    error = refusal(fetcher, web.put("/private/a.html", en_page()))
    assert "robots.txt forbids" in str(error)
    assert not error.transient
    assert "/private/a.html" not in web.asked


def test_missing_robots_allow_everything(web, fetcher):
    assert fetcher.get(web.put("/a.html", en_page())).status == 200


def test_broken_robots_forbid_everything_for_now(web, fetcher):
    web.put("/robots.txt", status=503)
    error = refusal(fetcher, web.put("/a.html", en_page()))
    assert error.transient
    again = refusal(fetcher, web.put("/b.html", en_page()))
    assert not again.transient, "what is kept stands for longer than a task waits to retry"
    assert web.asked == ["/robots.txt"]


def test_a_crawl_delay_is_kept(web, fetcher):
    web.put("/robots.txt", "User-agent: *\nCrawl-delay: 0.3\n", content_type="text/plain")
    urls = [web.put(f"/{number}.html", en_page()) for number in range(2)]
    start = time.monotonic()
    for url in urls:
        fetcher.get(url)
    assert time.monotonic() - start >= 0.3


def test_hosts_are_asked_with_a_pause(web):
    with HttpFetcher(allow_private=True, pause=0.2) as fetcher:
        start = time.monotonic()
        fetcher.get(web.put("/a.html", en_page()))  # after robots.txt
        assert time.monotonic() - start >= 0.2


@pytest.mark.parametrize(
    ("status", "transient"), [(404, False), (403, False), (429, True), (500, True), (503, True)]
)
def test_a_bad_status_says_whether_to_try_again(web, fetcher, status, transient):
    error = refusal(fetcher, web.put("/a.html", en_page(), status=status))
    assert str(status) in str(error)
    assert error.transient is transient


def test_the_mark_of_a_passing_failure_survives_pickling(web, fetcher):
    error = refusal(fetcher, web.put("/a.html", status=503))
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.transient, str(copy)) == (True, str(error))


def test_a_page_that_is_too_big_is_given_up_while_it_comes(web):
    with HttpFetcher(allow_private=True, pause=0.0) as fetcher:
        error = refusal(fetcher, web.put("/big.html", b"<p>" + b"x" * (30 * 1024 * 1024)))
    assert "bigger than" in str(error)
    assert not error.transient


def test_compressed_pages_are_measured_unpacked(web):
    import gzip

    url = web.put(
        "/bomb.html", gzip.compress(b"a" * 3_000_000), headers={"Content-Encoding": "gzip"}
    )
    with HttpFetcher(allow_private=True, pause=0.0, max_bytes=1_000_000) as fetcher:
        assert "bigger than" in str(refusal(fetcher, url))


def test_redirects_are_followed_to_the_page(web, fetcher):
    last = web.put("/new/a.html", en_page())
    first = web.put("/a.html", status=301, headers={"Location": "/new/a.html"})
    assert fetcher.get(first).url == last


def test_redirects_in_a_circle_end(web, fetcher):
    url = web.put("/a.html", status=302, headers={"Location": "/a.html"})
    assert "redirects more than" in str(refusal(fetcher, url))
    assert web.asked.count("/a.html") == MAX_REDIRECTS + 1


def test_a_redirect_must_stay_on_the_web(web, fetcher):
    url = web.put("/a.html", status=302, headers={"Location": "file:///etc/passwd"})
    with pytest.raises(FetchFailed, match="no http"):
        fetcher.get(url)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://quay.example/a", "quay.example", ""])
def test_only_web_addresses_are_fetched(fetcher, url):
    with pytest.raises(FetchFailed, match="no http or https address"):
        fetcher.get(url)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "10.1.2.3", "192.168.0.1", "169.254.169.254", "[::1]"]
)
def test_private_hosts_are_not_asked(host):
    with HttpFetcher(pause=0.0) as fetcher, pytest.raises(FetchFailed, match="private address"):
        fetcher.get(f"http://{host}:9/a.html")


def test_a_private_host_is_not_reached_over_a_public_name(web, monkeypatch):
    """Its name gives a public address when asked, and leads to a private one."""
    import socket

    public = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 0))]
    real = socket.getaddrinfo

    def answer(host, port, *rest, **more):
        return public if port is None else real("127.0.0.1", port, *rest, **more)

    web.put("/robots.txt", "")
    url = web.put("/a.html", en_page()).replace("127.0.0.1", "rebound.example")
    monkeypatch.setattr(socket, "getaddrinfo", answer)
    with HttpFetcher(pause=0.0) as fetcher, pytest.raises(FetchFailed, match="private address"):
        fetcher.get(url)


def test_a_host_that_is_not_there_may_be_there_later(fetcher):
    with pytest.raises(FetchFailed) as caught:
        fetcher.get("http://127.0.0.1:1/a.html")
    assert caught.value.transient


@pytest.mark.parametrize("kind", ["application/pdf", "image/jpeg", "application/zip", "video/mp4"])
def test_what_is_no_text_is_refused_by_its_type(web, fetcher, kind):
    assert kind in str(refusal(fetcher, web.put("/a.html", b"...", content_type=kind)))


@pytest.mark.parametrize(
    "kind", ["text/html", "application/xhtml+xml", "application/rss+xml", "text/plain", None]
)
def test_text_of_any_kind_is_taken(web, fetcher, kind):
    assert fetcher.get(web.put("/a", en_page(), content_type=kind)).content


def test_an_empty_answer_is_a_failure(web, fetcher):
    assert "empty page" in str(refusal(fetcher, web.put("/a.html", b" \n")))


@pytest.mark.parametrize(
    "html",
    [
        "<title>Just a moment...</title><body><div id=cf-chl-widget></div></body>",
        "<body><p>Access denied. Your request was blocked.</p></body>",
        "<title>安全验证</title><body>请完成滑动验证后继续访问</body>",
        "<title>Checking your browser</title><body>" + "<p>Read our other stories.</p>" * 60,
    ],
)
def test_a_bot_wall_is_a_failure(web, fetcher, html):
    error = refusal(fetcher, web.put("/a.html", html))
    assert "bot wall" in str(error)


def test_an_empty_shell_is_a_failure(web, fetcher):
    shell = '<html><body><div id="app"></div><script src="/app.js"></script></body></html>'
    assert "empty shell" in str(refusal(fetcher, web.put("/a.html", shell)))


def test_an_article_about_bot_walls_is_none(web, fetcher):
    text = "".join(
        f"<p>{each} 网站的验证码（captcha）也叫人机验证。</p>" for each in ZH_PARAGRAPHS * 3
    )
    assert fetcher.get(web.put("/a.html", zh_page(text))).status == 200
