import pytest
from source_pages import EN_PARAGRAPHS, ZH_PARAGRAPHS

from yibao.article import Article, Block
from yibao.sources import canonical_url, fingerprint, near


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTP://Quay.Example:80/A.html#top", "http://quay.example/A.html"),
        ("https://quay.example:443/a?utm_source=x&id=7&spm=1.2", "https://quay.example/a?id=7"),
        ("https://quay.example:8443/a", "https://quay.example:8443/a"),
        ("https://quay.example", "https://quay.example/"),
        ("https://quay.example/news/index.shtml", "https://quay.example/news/"),
        ("https://quay.example/a?b=&c=%E6%B8%A1", "https://quay.example/a?b=&c=%E6%B8%A1"),
        ("http://[::1]:8080/a", "http://[::1]:8080/a"),
        (" https://quay.example/a ", "https://quay.example/a"),
    ],
)
def test_an_address_loses_what_tells_no_pages_apart(url, canonical):
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


def test_parameters_that_name_the_page_stay_apart():
    assert canonical_url("https://q.example/a?id=1") != canonical_url("https://q.example/a?id=2")


def article(texts, language="zh", title="渡船"):
    blocks = tuple(Block("paragraph", text) for text in texts)
    return Article("https://quay.example/a", language, title, blocks)


def test_a_reprint_is_near_its_original():
    original = fingerprint(article(ZH_PARAGRAPHS))
    reprint = article(
        [*ZH_PARAGRAPHS[:3], ZH_PARAGRAPHS[3].replace("，", ",").replace("六年", "七年")]
    )
    assert near(original, fingerprint(reprint))


def test_spaces_and_width_do_not_count():
    spaced = [text.replace(" ", "  ").upper() for text in EN_PARAGRAPHS]
    plain = fingerprint(article(EN_PARAGRAPHS, "en", "Ferry"))
    assert fingerprint(article(spaced, "en", "Ｆerry")) == plain


def test_another_article_on_the_same_subject_is_not_near():
    other = (
        "港务部门昨日就渡船票价举行听证会，二十名市民代表参加。多数代表赞成票价定为两元，认为三元偏高。",
        "会上还讨论了夜间航班的问题。有代表提出，末班船应延长到夜里十一点，方便在对岸工厂上班的人回家。",
    )
    assert not near(fingerprint(article(ZH_PARAGRAPHS)), fingerprint(article(other)))


def test_an_empty_article_has_a_fingerprint_too():
    assert isinstance(fingerprint(article((), title="")), int)
