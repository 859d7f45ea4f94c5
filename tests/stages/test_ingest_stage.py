import pytest

from yibao.desk import store
from yibao.errors import ConfigError, FetchFailed
from yibao.stages.ingest import ingest_page, ingest_source, take_article

pytestmark = pytest.mark.django_db


def _outcomes(ingested):
    return [(taken.url.rpartition("/")[2], taken.outcome) for taken in ingested.taken]


def test_articles_are_stored_and_a_page_without_one_is_quarantined(pages, house, newsroom):
    ingested = ingest_source(house, newsroom, "jiangnan")
    assert _outcomes(ingested) == [
        ("content_1.html", "new"),
        ("content_2.html", "new"),
        ("content_3.html", "quarantined"),
    ]
    assert store.status().articles == {"jiangnan": 2}
    [page] = store.list_quarantine()
    assert page.url == "https://jiangnan.example/content_3.html"
    assert "no article" in page.message


def test_every_article_waits_for_the_languages_its_source_wants(pages, house, newsroom):
    ingest_source(house, newsroom, "jiangnan")
    assert [each.translations for each in store.list_articles()] == [{"en": "waiting"}] * 2


def test_a_second_run_changes_nothing(pages, house, newsroom):
    ingest_source(house, newsroom, "jiangnan")
    again = ingest_source(house, newsroom, "jiangnan")
    assert [outcome for _, outcome in _outcomes(again)] == ["unchanged", "unchanged", "quarantined"]
    assert store.status().quarantined_total == 1


def test_a_changed_page_is_a_new_revision(pages, house, newsroom, write_page):
    ingest_source(house, newsroom, "jiangnan")
    write_page("content_1.html", "工厂在苏州投产新水泵和阀门")
    again = ingest_source(house, newsroom, "jiangnan")
    assert _outcomes(again)[0] == ("content_1.html", "updated")
    details = store.show_article(again.taken[0].article)
    assert (details.revision, details.article.title) == (2, "工厂在苏州投产新水泵和阀门")


def test_a_page_that_is_mended_leaves_the_quarantine(pages, house, newsroom, write_page):
    ingest_source(house, newsroom, "jiangnan")
    write_page("content_3.html", "电机产量上涨")
    again = ingest_source(house, newsroom, "jiangnan")
    assert again.count("new") == 1
    assert store.status().quarantined_total == 0


def test_a_failing_page_does_not_stop_the_others(pages, house, newsroom):
    def take(url, *rest):
        if url.endswith("content_1.html"):
            raise FetchFailed(url, "timed out")
        return take_article(url, *rest)

    ingested = ingest_source(house, newsroom, "jiangnan", take)
    assert [outcome for _, outcome in _outcomes(ingested)] == ["quarantined", "new", "quarantined"]


def test_a_source_with_more_than_its_limit_is_taken_in_over_several_runs(
    house, newsroom, write_page
):
    for number in range(1, 6):
        write_page(f"content_{number}.html", f"第{number}家工厂在苏州投产新水泵")
    source = house.sources["jiangnan"].model_copy(update={"limit": 2})
    house = house.model_copy(update={"sources": {"jiangnan": source}})
    runs = [ingest_source(house, newsroom, "jiangnan") for _ in range(4)]
    assert [(run.count("new"), run.count("unchanged"), run.left) for run in runs] == [
        (2, 0, 3),
        (2, 0, 1),
        (1, 1, 0),
        (0, 2, 0),
    ]


def test_an_undeclared_source_is_refused_with_those_that_are(house, newsroom):
    with pytest.raises(ConfigError, match="declared: jiangnan, delta"):
        ingest_source(house, newsroom, "nowhere")


def test_a_source_whose_folder_is_missing_is_refused(house, newsroom):
    (newsroom.root / "pages" / "zh").rmdir()
    with pytest.raises(FetchFailed, match="pages/zh"):
        ingest_source(house, newsroom, "jiangnan")


class TestByHand:
    @pytest.fixture
    def page(self, newsroom, pages):
        return str(newsroom.root / "pages" / "zh" / "content_1.html")

    def test_a_saved_page_is_wanted_in_every_other_language_with_a_feed(self, page, house):
        ingested = ingest_page(house, page, "https://elsewhere.example/1.html")
        [article] = store.list_articles()
        assert (article.source, article.translations) == ("by-hand", {"en": "waiting"})
        assert ingested.taken[0].title == "工厂在苏州投产新水泵"

    def test_it_may_count_to_a_declared_source(self, page, house):
        ingest_page(house, page, "https://jiangnan.example/content_1.html", "jiangnan")
        assert store.status().articles == {"jiangnan": 1}

    def test_a_page_in_another_language_than_its_source_is_quarantined(self, page, house):
        ingested = ingest_page(house, page, "https://delta.example/1.html", "delta")
        assert ingested.count("quarantined") == 1

    @pytest.mark.parametrize(
        "content",
        [b"", b"%PDF-1.7\n%\xe2\xe3", b"\x89PNG\r\n\x1a\n\0\0"],
        ids=["empty", "PDF", "PNG"],
    )
    def test_a_file_that_is_no_page_is_quarantined(self, house, tmp_path, content):
        file = tmp_path / "page.html"
        file.write_bytes(content)
        [taken] = ingest_page(house, str(file), "https://elsewhere.example/1.html").taken
        assert taken.outcome == "quarantined"
        assert "https://elsewhere.example/1.html" in taken.error
        assert store.status().articles == {}

    def test_a_missing_file_is_refused_and_not_quarantined(self, house, tmp_path):
        with pytest.raises(ConfigError, match=r"nowhere\.html.*declared source"):
            ingest_page(house, str(tmp_path / "nowhere.html"))
        assert store.status().quarantined_total == 0


def test_the_pages_of_one_article_are_taken_once(newsroom, house, write_page):
    link = '<a href="{}">{}</a>'.format
    write_page("content_1.html", "工厂在苏州投产新水泵", after=link("content_1_2.html", "下一页"))
    more = tuple(f"{n}月，公司在上海生产电机和阀门，工厂在苏州测试水泵。" for n in range(1, 5))
    write_page(
        "content_1_2.html", "工厂在苏州投产新水泵", more, after=link("content_1.html", "上一页")
    )
    ingested = ingest_source(house, newsroom, "jiangnan")
    assert _outcomes(ingested) == [("content_1.html", "new")]
    article = store.show_article(ingested.taken[0].article).article
    assert more[-1] in article.text
    assert _outcomes(ingest_source(house, newsroom, "jiangnan")) == [
        ("content_1.html", "unchanged")
    ]


def test_what_failed_says_where_and_what_to_do(pages, house, newsroom):
    error = ingest_source(house, newsroom, "jiangnan").taken[-1].error
    assert error.startswith("https://jiangnan.example/content_3.html: ")
    assert error.endswith("Correct the address.")
