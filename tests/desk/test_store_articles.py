import errno
import os
import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from store_steps import FETCHED, failed, page, read, save

from yibao.article import Article, Block
from yibao.desk import models, store
from yibao.desk.journal import log
from yibao.desk.store import articles, raw
from yibao.errors import (
    DeskError,
    FetchFailed,
    NotAnArticle,
    SourceError,
)


@pytest.mark.usefixtures("db", "newsroom")
class TestSavingArticles:
    def test_an_article_comes_back_as_it_was_read(self, article):
        saved = save(article.zh, page())
        assert (saved.outcome, saved.revision) == ("new", 1)
        assert store.show_article(saved.article_id).article == article.zh

    def test_the_same_article_again_changes_nothing(self, article):
        first = save(article.zh, page())
        again = save(article.zh, page())
        assert (again.outcome, again.article_id) == ("unchanged", first.article_id)
        assert models.ArticleRevision.objects.count() == 1
        assert models.Event.objects.count() == 1

    @pytest.mark.parametrize("tail", ["?utm_source=x", "#top", "?from=weixin"])
    def test_an_address_that_differs_in_nothing_that_matters_is_the_same(self, article, tail):
        save(article.zh)
        assert save(replace(article.zh, url=article.zh.url + tail)).outcome == "unchanged"

    def test_the_same_content_at_another_address_is_a_duplicate(self, article):
        first = save(article.zh)
        elsewhere = replace(article.zh, url="https://m.jiangnan.example/a.html")
        twin = save(elsewhere, source="delta")
        assert (twin.outcome, twin.article_id) == ("duplicate", first.article_id)
        assert save(elsewhere).outcome == "unchanged"
        assert store.show_article(first.article_id).addresses == (
            article.zh.url,
            elsewhere.url,
        )

    def test_a_changed_article_gets_a_revision(self, article):
        first = save(article.zh)
        second = save(replace(article.zh, title="江南储能电站投入运行"))
        assert (second.outcome, second.revision) == ("updated", 2)
        assert second.article_id == first.article_id
        assert models.Article.objects.get().title == "江南储能电站投入运行"
        assert models.ArticleRevision.objects.get(number=1).value == article.zh

    def test_an_article_is_known_by_either_of_its_addresses(self, article):
        save(article.zh)
        elsewhere = replace(article.zh, url="https://m.jiangnan.example/a.html")
        save(elsewhere)
        assert save(replace(elsewhere, title="新标题")).outcome == "updated"
        assert models.Article.objects.count() == 1

    def test_by_http_and_by_https_it_is_the_same(self, article):
        first = save(replace(article.zh, url="http://jiangnan.example/a.html"))
        second = save(replace(article.zh, url="https://jiangnan.example/a.html", title="新标题"))
        assert (second.article_id, second.outcome) == (first.article_id, "updated")
        assert models.Address.objects.count() == 1

    @pytest.mark.parametrize("form", ["www", "m", "amp"])
    def test_other_forms_of_a_page_are_the_page_that_they_declare(self, article, form):
        own = "https://jiangnan.example/a.html"
        first = save(replace(article.zh, url=own, canonical=own))
        short = replace(
            article.zh, url=f"http://{form}.jiangnan.example/a", canonical=own, blocks=()
        )
        again = save(short)
        assert (again.outcome, again.article_id) == ("duplicate", first.article_id)
        assert save(short).outcome == "unchanged"
        assert (models.Article.objects.count(), models.ArticleRevision.objects.count()) == (1, 1)

    def test_the_declared_page_takes_the_place_of_a_form_found_before_it(self, article):
        own = "https://jiangnan.example/a.html"
        amp = replace(article.zh, url="https://amp.jiangnan.example/a", canonical=own, blocks=())
        first = save(amp)
        assert save(replace(amp, title="新标题")).outcome == "updated"
        whole = save(replace(article.zh, url=own, canonical=own))
        assert (whole.outcome, whole.article_id) == ("updated", first.article_id)
        assert save(replace(amp, title="又一个标题")).outcome == "unchanged"

    def test_a_declared_address_of_another_site_says_nothing(self, article):
        save(replace(article.zh, url="https://delta.example/a.html"))
        elsewhere = replace(article.zh, canonical="https://delta.example/a.html", blocks=())
        assert save(elsewhere).outcome == "new"

    def test_an_address_that_all_pages_declare_makes_them_not_one(self, article):
        news = "https://jiangnan.example/news/"
        save(replace(article.zh, canonical=news))
        other = Article(
            "https://jiangnan.example/b.html",
            "zh",
            "完全不同的一篇报道",
            (Block("paragraph", "这里说的是另外一件事，与电站没有关系。"),),
            canonical=news,
        )
        assert save(other).outcome == "new"
        assert save(other).outcome == "unchanged"

    def test_an_article_that_changes_its_language_is_refused(self, article):
        save(article.zh)
        with pytest.raises(SourceError, match="was in zh, is now in en"):
            save(replace(article.en, url=article.zh.url))
        assert models.ArticleRevision.objects.count() == 1

    @pytest.mark.parametrize("text", ["a\x00b", "a\x0bb", "a\ud800b", "a\uffffb"])
    def test_text_that_no_feed_can_carry_is_refused(self, article, text):
        bad = replace(article.zh, blocks=(*article.zh.blocks, Block("paragraph", text)))
        with pytest.raises(SourceError, match="characters that no feed can carry"):
            save(bad)
        assert not models.Article.objects.exists()

    def test_an_endless_address_is_refused(self, article):
        with pytest.raises(SourceError, match="2000 at the most"):
            save(replace(article.zh, url="https://jiangnan.example/" + "a" * 2000))

    @pytest.mark.parametrize("asked", ["", "https://jiangnan.example/go?to=1"])
    def test_a_page_that_can_be_read_after_all_leaves_quarantine(self, article, asked):
        """Under the address that was asked for too, from which the source leads on."""
        store.quarantine("jiangnan", asked or article.zh.url, NotAnArticle(article.zh.url))
        assert store.status().quarantined_total == 1
        store.save_article(article.zh, source="jiangnan", pages=(), requested=asked)
        assert store.status().quarantined_total == 0


@pytest.mark.usefixtures("db")
class TestRawPages:
    def test_the_bytes_come_back_as_they_were_fetched(self, newsroom, article):
        content = bytes(range(256)) * 100
        save(article.zh, page(content))
        row = models.RawPage.objects.get()
        assert read(newsroom, row) == content
        assert row.revisions.get().article.url == article.zh.url
        assert (row.size, row.headers) == (25_600, {"server": "t"})
        file = newsroom.raw / row.path
        assert file.name == f"{row.sha256[2:]}.gz"
        assert file.stat().st_size < 25_600

    def test_the_same_bytes_are_kept_once_and_counted(self, newsroom, article):
        later = FETCHED + timedelta(hours=1)
        save(article.zh, page())
        save(article.zh, page(fetched=later), page(url="https://jiangnan.example/b.html"))
        rows = models.RawPage.objects.order_by("id")
        assert [row.fetches for row in rows] == [2, 1]
        assert (rows[0].fetched, rows[0].last_fetched) == (FETCHED, later)
        assert len(list(newsroom.raw.rglob("*.gz"))) == 1

    def test_every_page_of_an_article_is_kept(self, newsroom, article):
        save(article.zh, page(b"one"), page(b"two", "https://jiangnan.example/a_2.html"))
        revision = models.ArticleRevision.objects.get()
        assert [read(newsroom, row) for row in revision.pages.order_by("url")] == [b"one", b"two"]

    def test_a_full_disk_is_said_and_leaves_nothing_half_written(
        self, newsroom, article, monkeypatch
    ):
        def full(_):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(DeskError, match=r"No space left on device.*Free space"):
            save(article.zh, page())
        assert [file for file in newsroom.raw.rglob("*") if file.is_file()] == []
        assert not models.Article.objects.exists()
        monkeypatch.undo()
        newsroom.raw.mkdir(parents=True, exist_ok=True)
        assert raw.keep_files([page()])

    def test_a_folder_that_cannot_be_written_is_said(self, newsroom, article):
        newsroom.var.mkdir()
        newsroom.raw.write_text("not a folder")
        with pytest.raises(DeskError, match="cannot be kept"):
            save(article.zh, page())


@pytest.mark.usefixtures("db", "newsroom")
class TestQuarantine:
    def test_a_page_is_set_aside_with_its_error_and_bytes(self, newsroom):
        url = "https://jiangnan.example/a.html"
        store.quarantine("jiangnan", url, failed(NotAnArticle(url, "a list"), page()))
        row = models.Quarantine.objects.get()
        assert (row.error, row.count) == ("NotAnArticle", 1)
        assert "a list" in row.message
        assert read(newsroom, row.page) == b"<html>one</html>"

    def test_it_is_counted_when_it_fails_again_and_keeps_its_bytes(self):
        url = "https://jiangnan.example/a.html"
        store.quarantine("jiangnan", url, failed(NotAnArticle(url), page()))
        store.quarantine("jiangnan", url, FetchFailed(url, "status 500"))
        (row,) = store.list_quarantine()
        assert (row.error, row.count) == ("FetchFailed", 2)
        assert row.first_seen < row.last_seen
        assert models.Quarantine.objects.get().page is not None

    def test_every_page_that_was_fetched_before_it_failed_is_kept(self, newsroom):
        url = "https://jiangnan.example/a.html"
        endless = page(b"three", url + "?" + "a" * 5000)
        pages = (page(b"one"), page(b"two", "https://jiangnan.example/a_2.html"), endless)
        store.quarantine("jiangnan", url, failed(FetchFailed(url, "status 500"), *pages))
        kept = models.RawPage.objects.order_by("id")
        assert [read(newsroom, row) for row in kept] == [b"one", b"two"]
        assert models.Quarantine.objects.get().page == kept[1]

    def test_what_the_store_refuses_brings_its_pages_to_quarantine(self, article):
        bad = replace(article.zh, title="a\x00b")
        with pytest.raises(SourceError) as refused:
            save(bad, page())
        store.quarantine("jiangnan", bad.url, refused.value)
        assert models.Quarantine.objects.get().page.url == page().url

    def test_an_endless_address_is_quarantined_all_the_same(self):
        url = "https://jiangnan.example/" + "a" * 5000
        store.quarantine("jiangnan", url, SourceError(url, "too long"))
        assert len(store.list_quarantine()[0].url) == raw.MAX_URL

    def test_each_source_has_its_own(self):
        for source in ("jiangnan", "delta"):
            store.quarantine(source, "https://x.example/", NotAnArticle())
        assert len(store.list_quarantine(source="delta")) == 1


@pytest.mark.usefixtures("newsroom")
@pytest.mark.django_db(transaction=True)
def test_the_same_article_saved_by_many_at_once_is_one_article(article, monkeypatch):
    outcomes, gate = [], threading.Barrier(4)

    def log_slowly(*args, **said):
        time.sleep(0.1)  # between deciding that it is new and the commit
        return log(*args, **said)

    monkeypatch.setattr(articles, "log", log_slowly)

    def work(number):
        try:
            gate.wait(timeout=10)
            one = replace(article.zh, url=f"https://jiangnan.example/{number % 2}")
            outcomes.append(save(one, page(url=f"https://jiangnan.example/p{number}")).outcome)
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)
    assert sorted(outcomes) == ["duplicate", "new", "unchanged", "unchanged"]
    assert models.RawPage.objects.values("sha256").distinct().count() == 1
