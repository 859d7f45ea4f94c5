"""Each page that is no article ends in one error that names the address and a way out."""

import pytest
from source_pages import EN_PARAGRAPHS, SHANGHAI, ZH_PARAGRAPHS, en_page, paragraphs, zh_page

from yibao.errors import FetchFailed, NotAnArticle, PageUnreadable, SourceError
from yibao.sources import FolderFetcher, extract, read_article

URL = "https://quay.example/a.html"

ENGLISH_LIST = en_page(
    "<ul>"
    + "".join(
        f'<li><h3><a href="/{n}.html">A tram line through the old market, part {n}</a></h3>'
        f"<p>The tram that was promised {n} years ago is to run next spring.</p></li>"
        for n in range(12)
    )
    + "</ul>",
    title="Harbor news",
)
CHINESE_LIST = zh_page(
    "<ul>"
    + "".join(
        f'<li><a href="/{n}.html">渡船票价听证会第{n}场举行，市民各抒己见</a> 2026-03-{n:02}</li>'
        for n in range(1, 30)
    )
    + "</ul>",
    title="工业新闻",
)


def bad(content, language=None, tmp_path=None):
    (tmp_path / "a.html").write_bytes(content if isinstance(content, bytes) else content.encode())
    fetcher = FolderFetcher(tmp_path, "https://quay.example/")
    with pytest.raises(SourceError) as caught:
        read_article(URL, fetcher, language=language, zone=SHANGHAI)
    return caught.value


@pytest.mark.parametrize(
    ("content", "language", "kind", "problem"),
    [
        pytest.param(b"", None, FetchFailed, "empty", id="empty file"),
        pytest.param(b"\n \n", None, FetchFailed, "empty", id="blank file"),
        pytest.param(b"%PDF-1.7 ...", None, PageUnreadable, "a PDF", id="PDF"),
        pytest.param(b"\xff\xd8\xff\xe0..", None, PageUnreadable, "JPEG", id="JPEG"),
        pytest.param(b"PK\x03\x04...", None, PageUnreadable, "ZIP", id="zip"),
        pytest.param(bytes(range(128, 256)) * 99, None, PageUnreadable, "encoding", id="noise"),
        pytest.param("Hello.", None, NotAnArticle, "running text", id="a word"),
        pytest.param("<p>", None, NotAnArticle, "running text", id="no text"),
        pytest.param(
            en_page("<p>Opening hours: 9 to 5.</p>", title="Contact"),
            "en",
            NotAnArticle,
            "running text",
            id="no article",
        ),
        pytest.param(ENGLISH_LIST, "en", NotAnArticle, "list of articles", id="English list"),
        pytest.param(CHINESE_LIST, "zh", NotAnArticle, "list of articles", id="Chinese list"),
        pytest.param(
            en_page("<p>The page you asked for could not be found. It may have moved; "
                    "look at our front page, or search for what you want to read in the box "
                    "above, or tell us that a link is broken.</p>", title="Page not found"),
            "en",
            NotAnArticle,
            "does not exist",
            id="404 with status 200",
        ),
        pytest.param(
            zh_page("<p>抱歉，您访问的页面不存在或已被删除，请返回首页继续浏览。如有疑问，请与本站联系，"
                    "我们的工作人员会尽快答复您的来信，谢谢您的理解与支持。</p>", title="提示信息"),
            "zh",
            NotAnArticle,
            "does not exist",
            id="Chinese 404 with status 200",
        ),
        pytest.param(en_page(), "zh", NotAnArticle, "not Chinese", id="English declared zh"),
        pytest.param(zh_page(), "en", NotAnArticle, "not English", id="Chinese declared en"),
    ],
)  # fmt: skip
def test_a_bad_page_is_refused_with_address_and_way_out(content, language, kind, problem, tmp_path):
    error = bad(content, language, tmp_path)
    assert type(error) is kind
    assert problem in str(error)
    assert URL in str(error)
    assert error.remedy


def test_a_page_of_two_languages_is_read_in_the_one_declared():
    mixed = zh_page(paragraphs([*ZH_PARAGRAPHS, *EN_PARAGRAPHS[:2]]))
    assert extract(mixed, URL, language="zh", zone=SHANGHAI).language == "zh"


def test_an_article_without_headline_is_refused():
    html = f"<html><body>{paragraphs(EN_PARAGRAPHS)}</body></html>"
    with pytest.raises(NotAnArticle, match="no headline"):
        extract(html, URL, language="en", zone=SHANGHAI)


def test_an_article_about_missing_pages_is_one():
    article = extract(
        en_page(paragraphs([*EN_PARAGRAPHS, "The yard's web page answered 404 for a week."])),
        URL,
        language="en",
        zone=SHANGHAI,
    )
    assert len(article.blocks) == 5


def test_a_wrong_label_does_not_make_a_page_bad(tmp_path):
    (tmp_path / "a.html").write_bytes(zh_page(charset="utf-8").encode("gbk"))
    fetcher = FolderFetcher(tmp_path, "https://quay.example/")
    article = read_article(URL, fetcher, language="zh", zone=SHANGHAI).article
    assert article.blocks[0].text == ZH_PARAGRAPHS[0]
