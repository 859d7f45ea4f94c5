import errno
import gzip
import os
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from desk_steps import approve_all, confirm_all, reopen, submit_all
from django.db import InterfaceError, connection, transaction
from django.utils import timezone

from yibao.article import Article, Block
from yibao.desk import models, store, workflow
from yibao.desk.journal import log
from yibao.desk.locking import lock_translation
from yibao.desk.models import EventKind, SegmentState, Translation, TranslationState
from yibao.desk.store import articles, raw
from yibao.desk.store.entries import entry_of
from yibao.errors import (
    ConfigError,
    DeskError,
    FetchFailed,
    NotAllowed,
    NotAnArticle,
    NotFound,
    PackageMissing,
    SourceError,
)
from yibao.sources import Page

FETCHED = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
NOBODY = "00000000-0000-0000-0000-000000000000"
ENTRY = "储能电站为周边工厂供电。"


def page(content=b"<html>one</html>", url="https://jiangnan.example/a.html", fetched=FETCHED):
    return Page(url, content, "text/html", 200, fetched, {"server": "t"})


def read(newsroom, row):
    """The bytes of a raw page, as an operator gets at them."""
    return gzip.decompress((newsroom.raw / row.path).read_bytes())


def failed(error, *pages):
    """An error of a source with what was fetched before it."""
    error.pages = pages
    return error


def correct(translation, users, text, **said):
    """Take an approved translation up again, change its headline, have it approved."""
    reopen(translation, users)
    title = translation.segments.get(key="title")
    workflow.confirm_segment(users.translator, title.pk, title.version, text)
    return approve_all(translation, users, **said)


def save(article, *pages, source="jiangnan"):
    return store.save_article(article, source=source, pages=pages)


def changed(article, old, new):
    """The article with one paragraph's text replaced."""
    blocks = tuple(replace(block, text=block.text.replace(old, new)) for block in article.blocks)
    assert blocks != article.blocks
    return replace(article, blocks=blocks)


def texts(translation):
    return {
        segment.source: (segment.text, segment.state) for segment in translation.segments.current()
    }


@pytest.fixture
def approved(drafted, users):
    return approve_all(drafted, users)


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


@pytest.mark.usefixtures("db", "newsroom")
class TestRequests:
    def test_a_translation_has_a_row_for_every_segment(self, article):
        key = store.request_translation(save(article.zh).article_id, "en")
        translation = Translation.objects.get(pk=key)
        assert [each.key for each in translation.segments.current()][:4] == [
            "title",
            "summary",
            "b001.s01",
            "b001.s02",
        ]
        assert translation.state == TranslationState.WAITING

    def test_asking_again_gives_the_same_one(self, article):
        saved = save(article.zh)
        first = store.request_translation(saved.article_id, "en")
        assert store.request_translation(saved.article_id, "en") == first
        assert models.Segment.objects.count() == 11

    @pytest.mark.parametrize("key", [NOBODY, "", "x", "1' OR '1'='1"])
    def test_an_unknown_article_is_not_found(self, key):
        with pytest.raises(NotFound):
            store.request_translation(key, "en")

    def test_its_own_language_is_refused(self, article):
        with pytest.raises(NotAllowed, match="is in zh already"):
            store.request_translation(save(article.zh).article_id, "zh")

    def test_an_unknown_language_is_refused(self, article):
        with pytest.raises(ConfigError, match="'xx'"):
            store.request_translation(save(article.zh).article_id, "xx")


class TestFollowingTheSource:
    """The source changes; what people did stays wherever its source text is still there."""

    def test_only_the_changed_segment_waits_again(self, approved, article):
        before = texts(approved)
        save(changed(article.zh, "3.5亿元", "3.6亿元"))
        approved.refresh_from_db()
        after = texts(approved)
        assert approved.state == TranslationState.WAITING
        assert after.pop("电站总投资3.6亿元。") == ("", SegmentState.WAITING)
        before.pop("电站总投资3.5亿元。")
        assert after == before

    def test_it_shows_what_stood_there_before(self, approved, article):
        save(changed(article.zh, "3.5亿元", "3.6亿元"))
        segment = approved.segments.current().get(state=SegmentState.WAITING)
        assert segment.reopened_by == "source_changed"
        assert segment.former_source == "电站总投资3.5亿元。"

    def test_text_is_matched_by_source_text_not_by_place(self, approved, article):
        before = texts(approved)
        moved = replace(
            article.zh,
            blocks=(Block("paragraph", "记者今天获悉。"), *reversed(article.zh.blocks)),
        )
        save(moved)
        after = texts(approved)
        assert after.pop("记者今天获悉。") == ("", SegmentState.WAITING)
        assert after == before
        assert approved.segments.current().get(key="b001.s01").former_source == ""

    def test_human_text_stays_after_the_change_is_drafted(self, drafted, article, users, drafts):
        title = drafted.segments.get(key="title")
        workflow.save_segment(users.translator, title.pk, title.version, "Human headline")
        save(changed(article.zh, "3.5亿元", "3.6亿元"))
        (waiting,) = store.claim_waiting(5, "run")
        assert [each.text for each in waiting.segments] == ["电站总投资3.6亿元。"]
        store.save_drafts(str(drafted.pk), drafts(waiting.segments))
        assert texts(drafted)["江南新建储能电站投入运行"] == ("Human headline", "edited")

    def test_people_at_work_stay_at_work(self, drafted, article, users):
        workflow.claim(users.translator, str(drafted.pk))
        save(changed(article.zh, "3.5亿元", "3.6亿元"))
        drafted.refresh_from_db()
        assert drafted.state == TranslationState.IN_REVIEW
        assert drafted.claimed_by == users.translator

    def test_a_submission_does_not_outlive_the_change(self, drafted, article, users):
        submit_all(drafted, users.translator)
        version = drafted.version
        save(changed(article.zh, "3.5亿元", "3.6亿元"))
        with pytest.raises(DeskError):
            workflow.approve(users.editor, str(drafted.pk), version)

    def test_a_sentence_that_goes_is_retired_with_its_history(self, approved, article):
        gone = changed(article.zh, "电站总投资3.5亿元。", "")
        save(gone)
        approved.refresh_from_db()
        assert approved.state == TranslationState.READY
        assert "电站总投资3.5亿元。" not in texts(approved)
        assert approved.segments.get(source="电站总投资3.5亿元。").drafts.exists()

    def test_a_sentence_that_comes_back_brings_its_text(self, approved, article):
        before = texts(approved)
        save(changed(article.zh, "电站总投资3.5亿元。", ""))
        save(article.zh)
        assert texts(approved) == before
        assert approved.segments.count() == 11

    def test_equal_sentences_each_keep_their_own_text(self, db, newsroom, article, drafts, users):
        twice = replace(article.zh, blocks=(Block("paragraph", "完。"), Block("paragraph", "完。")))
        key = store.request_translation(save(twice).article_id, "en")
        (waiting,) = store.claim_waiting(5, "run")
        store.save_drafts(key, drafts(waiting.segments))
        translation = Translation.objects.get(pk=key)
        for place, text in (("b001.s01", "Done."), ("b002.s01", "The end.")):
            segment = translation.segments.get(key=place)
            workflow.save_segment(users.translator, segment.pk, segment.version, text)
        save(replace(twice, blocks=(Block("paragraph", "始。"), *twice.blocks)))
        rows = translation.segments.current().filter(source="完。")
        assert [row.text for row in rows] == ["The end.", "Done."] or [
            row.text for row in rows
        ] == ["Done.", "The end."]

    def test_a_change_that_readers_never_see_changes_nothing_for_them(self, approved, article):
        save(replace(article.zh, modified=datetime(2026, 11, 21, tzinfo=UTC)))
        approved.refresh_from_db()
        assert approved.state == TranslationState.APPROVED
        assert approved.revision.number == 2

    def test_a_change_of_author_wants_approval_alone(self, approved, article, users):
        save(replace(article.zh, authors=("周明", "李华")))
        approved.refresh_from_db()
        assert approved.state == TranslationState.READY
        workflow.approve(users.editor, str(approved.pk), approved.version)
        assert models.ApprovedRevision.objects.latest("number").value.authors == ("周明", "李华")

    def test_a_withdrawn_translation_stays_withdrawn(self, approved, article, users):
        workflow.withdraw(users.editor, str(approved.pk), approved.version, "Wrong.")
        save(changed(article.zh, "3.5亿元", "3.6亿元"))
        approved.refresh_from_db()
        assert approved.state == TranslationState.WITHDRAWN
        assert store.claim_waiting(5, "run") == []
        assert store.status().waiting_segments == 0

    def test_what_is_published_stays_until_the_change_is_approved(self, approved, article):
        (before,) = store.approved_entries("en")
        save(changed(article.zh, "3.5亿元", "3.6亿元"))
        assert store.approved_entries("en") == [before]

    def test_the_change_is_in_the_audit_trail(self, approved, article):
        save(changed(article.zh, "3.5亿元", "3.6亿元"))
        event = approved.events.get(kind=EventKind.SOURCE_CHANGED)
        assert (event.from_state, event.to_state) == ("approved", "waiting")
        assert event.text == "revision 2: 1 segments to translate"


@pytest.mark.usefixtures("db", "newsroom")
class TestClaimingWork:
    @pytest.fixture
    def two(self, article):
        return [
            store.request_translation(save(article.zh).article_id, "en"),
            store.request_translation(save(article.en, source="delta").article_id, "zh"),
        ]

    def test_what_is_claimed_has_all_that_drafting_needs(self, two, article):
        first = store.claim_waiting(1, "run")[0]
        assert first.translation_id == two[0]
        assert (first.source_language, first.target_language) == ("zh", "en")
        assert (first.source_name, first.article) == ("jiangnan", article.zh)
        assert len(first.segments) == 11

    def test_nobody_gets_what_another_run_has(self, two):
        store.claim_waiting(1, "one")
        assert [each.translation_id for each in store.claim_waiting(5, "two")] == [two[1]]
        assert store.claim_waiting(5, "one") == []
        assert store.count_waiting() == 2

    def test_what_a_run_gives_back_is_free_again(self, two):
        store.claim_waiting(5, "one")
        assert store.release("one") == 2
        assert len(store.claim_waiting(5, "two")) == 2

    def test_what_a_dead_run_held_is_free_after_the_lease(self, two):
        store.claim_waiting(5, "dead")
        Translation.objects.update(drafting_until=timezone.now() - timedelta(seconds=1))
        assert len(store.claim_waiting(5, "two")) == 2

    def test_a_save_renews_what_the_run_still_holds(self, two, drafts):
        first, _ = store.claim_waiting(5, "run")
        soon = timezone.now() + timedelta(seconds=5)
        Translation.objects.update(drafting_until=soon)
        store.save_drafts(first.translation_id, drafts(first.segments))
        assert Translation.objects.get(pk=two[1]).drafting_until > soon

    def test_the_oldest_come_first(self, two):
        Translation.objects.filter(pk=two[1]).update(created=FETCHED)
        assert store.claim_waiting(1, "run")[0].translation_id == two[1]

    def test_what_fails_is_tried_later_and_ever_later(self, two):
        pauses = []
        for _ in range(12):
            store.draft_failed(two[0], PackageMissing("zh → en"))
            assert [each.translation_id for each in store.claim_waiting(1, "run")] != [two[0]]
            row = Translation.objects.get(pk=two[0])
            pauses.append(row.drafting_until - timezone.now())
        assert timedelta(minutes=1) < pauses[0] < pauses[1] < pauses[2]
        assert pauses[-1] <= timedelta(hours=12)
        assert "no translation package" in row.draft_error
        shown = store.show_article(str(row.article_id)).translations[0]
        assert shown.error == row.draft_error

    def test_expired_claims_of_people_and_runs_are_cleared(self, two, users):
        store.claim_waiting(1, "dead")
        workflow.claim(users.translator, two[1])
        assert store.release_expired() == 0
        past = timezone.now() - timedelta(seconds=1)
        Translation.objects.update(claimed_until=past, drafting_until=past)
        Translation.objects.filter(pk=two[0]).update(claimed_until=None)
        Translation.objects.filter(pk=two[1]).update(drafting_until=None)
        assert store.release_expired() == 2
        assert Translation.objects.get(pk=two[1]).claimed_by is None

    def test_a_person_may_begin_before_the_machine(self, two, users, drafts):
        workflow.claim(users.translator, two[0])
        title = models.Segment.objects.get(translation=two[0], key="title")
        workflow.save_segment(users.translator, title.pk, title.version, "By hand")
        first, *_ = store.claim_waiting(5, "run")
        assert len(first.segments) == 10
        store.save_drafts(two[0], drafts(first.segments))
        row = Translation.objects.get(pk=two[0])
        assert row.state == TranslationState.IN_REVIEW
        assert row.claimed_by == users.translator


@pytest.mark.usefixtures("newsroom")
@pytest.mark.django_db(transaction=True)
def test_two_workers_never_get_the_same_translation(article):
    for number in range(24):
        one = replace(article.zh, url=f"https://jiangnan.example/{number}", title=f"标题{number}")
        store.request_translation(save(one).article_id, "en")
    claimed, errors = {}, []
    gate = threading.Barrier(4)

    def work(run):
        try:
            gate.wait(timeout=10)
            claimed[run] = []
            while batch := store.claim_waiting(2, run):
                claimed[run] += [each.translation_id for each in batch]
        except Exception as error:  # noqa: BLE001  # reported by the main thread
            errors.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=(f"run {number}",)) for number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)
    assert errors == []
    every = [key for keys in claimed.values() for key in keys]
    assert len(every) == len(set(every)) == 24


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


@pytest.mark.django_db(transaction=True)
def test_what_is_published_is_recorded_while_somebody_changes_the_translation(drafted, users):
    """To wait for its row would be a deadlock with an approval that waits for the entry's.

    SQLite has one writer at a time: there it is recorded a moment later.
    """
    at_once = connection.vendor == "postgresql"
    approved, recorded = approve_all(drafted, users), []

    def work():
        try:
            store.record_publication(store.approved_entries("en"))
            recorded.append(True)
        finally:
            connection.close()

    worker = threading.Thread(target=work)
    with transaction.atomic():
        lock_translation(approved.pk)
        worker.start()
        worker.join(timeout=10 if at_once else 0.5)
        assert bool(recorded) == at_once
    worker.join(timeout=10)
    assert recorded


class TestDrafts:
    def test_drafts_fill_what_waits(self, drafted):
        assert drafted.state == TranslationState.DRAFTED
        segment = drafted.segments.get(source="120")
        assert (segment.text, segment.state) == ("120", SegmentState.DRAFT)
        assert segment.draft.engine == "argos zh_en 0.1"
        assert drafted.drafting_run == ""

    def test_saving_them_again_does_nothing(self, drafted, drafts):
        segments = [row.value for row in drafted.segments.current()]
        given = {row.source: row.text for row in drafted.segments.current()}
        store.save_drafts(str(drafted.pk), drafts(segments, given))
        assert models.MachineDraft.objects.count() == 11
        version = drafted.version
        drafted.refresh_from_db()
        assert drafted.version == version

    def test_a_new_draft_stands_beside_the_old_and_never_over_a_person(
        self, drafted, drafts, users
    ):
        title = drafted.segments.get(key="title")
        workflow.save_segment(users.translator, title.pk, title.version, "Human headline")
        segments = [row.value for row in drafted.segments.current()]
        store.save_drafts(str(drafted.pk), drafts(segments, engine="argos zh_en 0.2"))
        title.refresh_from_db()
        assert (title.text, title.state) == ("Human headline", SegmentState.EDITED)
        assert title.draft.engine == "argos zh_en 0.2"
        assert title.drafts.count() == 2
        untouched = drafted.segments.get(key="summary")
        assert untouched.text == f"[{ENTRY}]"

    def test_a_draft_of_a_source_that_changed_meanwhile_is_left_out(
        self, db, newsroom, article, drafts
    ):
        key = store.request_translation(save(article.zh).article_id, "en")
        (waiting,) = store.claim_waiting(1, "run")
        save(changed(article.zh, "3.5亿元", "3.6亿元"))
        store.save_drafts(key, drafts(waiting.segments))
        translation = Translation.objects.get(pk=key)
        assert translation.state == TranslationState.WAITING
        assert texts(translation)["电站总投资3.6亿元。"] == ("", SegmentState.WAITING)
        (again,) = store.claim_waiting(1, "run")
        assert len(again.segments) == 1

    def test_drafts_for_half_of_it_leave_the_rest_waiting(self, db, newsroom, article, drafts):
        key = store.request_translation(save(article.zh).article_id, "en")
        (waiting,) = store.claim_waiting(1, "run")
        store.save_drafts(key, drafts(waiting.segments[:5]))
        assert Translation.objects.get(pk=key).state == TranslationState.WAITING
        assert len(store.claim_waiting(1, "run")[0].segments) == 6

    @pytest.mark.parametrize("key", [NOBODY, "", "x"])
    def test_an_unknown_translation_is_not_found(self, db, key):
        with pytest.raises(NotFound):
            store.save_drafts(key, [])

    def test_terms_and_findings_of_a_draft_are_kept(self, db, newsroom, article, drafts):
        from yibao.checks import Finding
        from yibao.glossary import TermOutcome

        key = store.request_translation(save(article.zh).article_id, "en")
        (waiting,) = store.claim_waiting(1, "run")
        term = TermOutcome("energy/储能", "储能", "energy storage", 4, 6, "missed")
        finding = Finding("term-missed", "error", "储能: energy storage is missing")
        first, *rest = drafts(waiting.segments)
        store.save_drafts(key, [replace(first, terms=(term,), findings=(finding,)), *rest])
        row = models.Segment.objects.get(translation=key, key="title")
        assert [TermOutcome.from_record(each) for each in row.terms] == [term]
        assert [Finding.from_record(each) for each in row.draft.findings] == [finding]


class TestEntries:
    def test_an_entry_says_where_it_comes_from_and_who_made_it(self, approved, article):
        (entry,) = store.approved_entries("en")
        publication = models.Publication.objects.get()
        assert entry.uuid == str(approved.article_id)
        assert (entry.language, entry.source_language) == ("en", "zh")
        assert entry.article.title == "New storage station starts up in Jiangnan"
        assert (entry.source_url, entry.source_title) == (article.zh.url, article.zh.title)
        assert (entry.source_name, entry.section) == ("江南工业报", "industry")
        assert (entry.translator, entry.reviewer) == ("Lin", "Ellen")
        assert entry.machine_assisted
        assert entry.published == entry.updated == publication.approved.approved
        assert (entry.correction, entry.withdrawn) == ("", False)

    def test_nothing_but_approved_text_is_ever_in_an_entry(self, drafted, users):
        assert store.approved_entries("en") == []
        submit_all(drafted, users.translator)
        assert store.approved_entries("en") == []
        workflow.approve(users.editor, str(drafted.pk), drafted.version)
        (before,) = store.approved_entries("en")
        reopen(drafted, users)
        title = drafted.segments.get(key="title")
        workflow.save_segment(users.translator, title.pk, title.version, "Not approved yet")
        assert store.approved_entries("en") == [before]
        assert store.approved_entries("zh") == []

    def test_a_correction_keeps_the_id_and_moves_updated(self, approved, users):
        (first,) = store.approved_entries("en")
        correct(approved, users, "Corrected", note="The headline was wrong.")
        (second,) = store.approved_entries("en")
        assert (second.uuid, second.published) == (first.uuid, first.published)
        assert second.updated > first.updated
        assert second.article.title == "Corrected"
        assert second.correction.endswith(": The headline was wrong.")

    def test_every_correction_is_told_in_order_with_its_day_in_the_newsroom(self, approved, users):
        correct(approved, users, "Corrected", note="The headline\nwas wrong.")
        correct(approved, users, "Corrected again", note="The city was wrong.")
        (entry,) = store.approved_entries("en")
        days = [
            f"{when.astimezone(ZoneInfo('Asia/Shanghai')):%Y-%m-%d}"
            for when in approved.approvals.order_by("number").values_list("approved", flat=True)
        ]
        assert entry.correction.splitlines() == [
            f"{days[1]}: The headline was wrong.",
            f"{days[2]}: The city was wrong.",
        ]

    def test_the_day_is_that_of_the_newsrooms_zone(self, approved, users):
        late = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)  # already the 22nd in Shanghai
        row = models.Publication.objects.get()
        assert entry_of(row, [(late, "A note.")]).correction == "2026-11-22: A note."

    def test_all_who_translated_it_are_named(self, drafted, users):
        title = drafted.segments.get(key="title")
        workflow.confirm_segment(users.other_translator, title.pk, title.version, "Starts up")
        workflow.release(users.other_translator, str(drafted.pk))
        approve_all(drafted, users)
        assert store.approved_entries("en")[0].translator == "Lin, Mei"

    def test_a_section_is_what_it_was_at_the_first_approval(self, approved, users, newsroom):
        text = newsroom.newsroom.read_text(encoding="utf-8")
        newsroom.newsroom.write_text(
            text.replace("section: industry", "section: science"), encoding="utf-8"
        )
        assert store.approved_entries("en")[0].section == "industry"
        correct(approved, users, "Corrected", note="The headline was wrong.")
        assert store.approved_entries("en")[0].section == "industry"

    def test_a_section_that_is_no_more_is_none(self, approved, newsroom):
        models.Publication.objects.update(section="sports")
        assert store.approved_entries("en")[0].section == ""

    def test_the_same_approvals_give_the_same_entries_at_any_time(self, approved):
        first = store.approved_entries("en")
        store.record_publication(first)
        assert store.approved_entries("en") == first

    def test_a_later_name_or_source_changes_nothing_that_is_published(
        self, approved, article, users
    ):
        before = store.approved_entries("en")
        users.translator.credit = "Somebody Else"
        users.translator.save()
        save(replace(article.zh, title="改了的标题"))
        assert store.approved_entries("en") == before

    def test_a_withdrawal_is_told_to_those_who_had_the_entry(self, approved, users):
        store.record_publication(store.approved_entries("en"))
        workflow.withdraw(users.editor, str(approved.pk), approved.version, "Retracted.")
        (entry,) = store.approved_entries("en")
        assert entry.withdrawn
        assert entry.correction.endswith(": Retracted.")
        assert entry.updated > entry.published

    def test_what_was_handed_to_publishing_may_be_out(self, approved, users):
        """Even if the process died before it could say so."""
        store.hand_out(store.approved_entries("en"))
        workflow.withdraw(users.editor, str(approved.pk), approved.version, "Retracted.")
        assert store.status().unpublished == 1
        (entry,) = store.approved_entries("en")
        assert entry.withdrawn
        store.record_publication([entry])
        assert store.status().unpublished == 0

    def test_what_was_never_out_goes_without_a_word(self, approved, users):
        workflow.withdraw(users.editor, str(approved.pk), approved.version, "Retracted.")
        assert store.approved_entries("en") == []

    def test_a_source_that_is_not_declared_has_no_section(self, db, newsroom, drafted, users):
        models.Article.objects.update(source="by-hand")
        approve_all(drafted, users)
        assert store.approved_entries("en")[0].section == ""


class TestRecordingPublication:
    def test_status_tells_what_is_out(self, approved, users):
        assert (store.status().published, store.status().unpublished) == (0, 1)
        store.record_publication(store.approved_entries("en"))
        assert (store.status().published, store.status().unpublished) == (1, 0)
        workflow.withdraw(users.editor, str(approved.pk), approved.version, "Retracted.")
        assert (store.status().published, store.status().unpublished) == (1, 1)
        store.record_publication(store.approved_entries("en"))
        now = store.status()
        assert (now.published, now.unpublished, now.withdrawn) == (0, 0, 1)

    def test_recording_twice_is_one_event(self, approved):
        for _ in range(2):
            store.record_publication(store.approved_entries("en"))
        assert approved.events.filter(kind=EventKind.PUBLISHED).count() == 1

    def test_an_approval_that_came_meanwhile_is_not_taken_for_published(self, approved, users):
        entries = store.approved_entries("en")
        correct(approved, users, "Corrected", note="The headline was wrong.")
        store.record_publication(entries)
        assert models.Publication.objects.get().live.number == 1
        assert store.status().unpublished == 1

    def test_an_entry_of_nobodys_is_passed_over(self, approved):
        (entry,) = store.approved_entries("en")
        store.record_publication([replace(entry, uuid=NOBODY)])
        assert models.Publication.objects.get().live is None


class TestOverview:
    def test_articles_are_listed_newest_first_and_by_question(self, drafted, article):
        save(article.en, source="delta")
        every = store.list_articles()
        assert [each.language for each in every] == ["en", "zh"]
        assert every[1].translations == {"en": "drafted"}
        assert every[1].published == article.zh.published
        assert [each.title for each in store.list_articles(language="zh")] == [article.zh.title]
        assert [each.source for each in store.list_articles(source="delta")] == ["delta"]
        assert len(store.list_articles(state="drafted")) == 1
        assert store.list_articles(state="approved") == []
        assert len(store.list_articles(limit=1)) == 1

    def test_an_article_without_a_date_has_none(self, db, newsroom, article):
        save(replace(article.zh, published=None))
        assert store.list_articles()[0].published is None

    def test_an_article_is_shown_with_all_its_texts(self, drafted):
        import json

        shown = store.show_article(str(drafted.article_id))
        (translation,) = shown.translations
        assert translation.segments[0].text == "New storage station starts up in Jiangnan"
        assert json.loads(json.dumps(shown.to_record()))["revision"] == 1

    @pytest.mark.parametrize("key", [NOBODY, "", "x", "abc", f"{NOBODY}0"])
    def test_an_unknown_article_is_not_found(self, db, key):
        with pytest.raises(NotFound):
            store.show_article(key)

    def test_an_article_is_found_by_the_beginning_of_its_id(self, drafted, article):
        key = str(drafted.article_id)
        for given in (key[:4], key[:8], key[:13], key.replace("-", ""), key.upper()):
            assert store.show_article(given).article_id == key
        for number in range(2):
            models.Article.objects.create(
                id=f"abcd000{number}{NOBODY[8:]}", language="zh", title="", created=FETCHED
            )
        with pytest.raises(NotFound, match="several begin so"):
            store.show_article("abcd")

    def test_status_counts_every_state(self, drafted, article):
        save(article.en, source="delta")
        now = store.status()
        assert now.articles == {"delta": 1, "jiangnan": 1}
        assert now.translations == {
            **{state.value: 0 for state in TranslationState},
            "drafted": 1,
        }
        assert now.waiting_segments == 0

    def test_listing_takes_as_many_queries_for_many_as_for_few(
        self, drafted, article, django_assert_num_queries
    ):
        for number in range(5):
            save(replace(article.zh, url=f"https://x.example/{number}", title=f"标题{number}"))
        with django_assert_num_queries(3):
            assert len(store.list_articles()) == 6


CRASH = """
import os, sys
from yibao.web.setup import migrate, setup_django
setup_django()
migrate()
from yibao.article import Article, Block
from yibao.desk import store
from yibao.desk.store import articles
article = Article("https://a.example/1", "zh", "标题", (Block("paragraph", "正文。"),))
store.save_article(article, source="s", pages=())
if sys.argv[1] == "crash":
    articles.log = lambda *args, **said: os._exit(9)
store.save_article(
    Article("https://a.example/2", "zh", "标题二", (Block("paragraph", "正文。"),)),
    source="s", pages=(),
)
"""


def test_a_process_that_dies_before_its_commit_leaves_a_whole_database(newsroom):
    """Killed in the middle of a save, a second process finds the first save and goes on."""
    environment = {**os.environ, "YIBAO_ROOT": str(newsroom.root)}
    environment.pop("DATABASE_URL", None)

    def run(word):
        return subprocess.run(
            [sys.executable, "-c", CRASH, word], env=environment, check=False
        ).returncode

    assert run("crash") == 9
    assert _titles(newsroom.database) == ["标题"]
    assert run("go on") == 0
    assert _titles(newsroom.database) == ["标题", "标题二"]


def _titles(database: Path):
    with sqlite3.connect(database) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        found = [title for (title,) in opened.execute("SELECT title FROM desk_article ORDER BY 1")]
    opened.close()
    return found


def test_an_article_without_text_but_a_title_can_be_translated(db, newsroom, drafts):
    bare = Article("https://a.example/1", "zh", "快讯", ())
    key = store.request_translation(save(bare).article_id, "en")
    (waiting,) = store.claim_waiting(1, "run")
    store.save_drafts(key, drafts(waiting.segments))
    assert Translation.objects.get(pk=key).state == TranslationState.DRAFTED


def test_confirming_everything_is_what_submission_asks(drafted, users):
    """The helper that other tests rely on does confirm everything."""
    confirm_all(drafted, users.translator)
    assert set(drafted.segments.values_list("state", flat=True)) == {SegmentState.CONFIRMED}


@pytest.fixture
def locked(transactional_db):
    """The database, written to by somebody else who takes their time."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL waits for rows, it has no lock on all of it")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout=20")
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.rollback()
    other.close()
    connection.close()


@pytest.mark.parametrize(
    "call",
    [
        lambda article: save(article.zh),
        lambda _: store.request_translation(NOBODY, "en"),
        lambda _: store.quarantine("s", "https://x.example/", NotAnArticle()),
        lambda _: store.claim_waiting(1, "run"),
        lambda _: store.release("run"),
        lambda _: store.release_expired(),
        lambda _: store.save_drafts(NOBODY, []),
        lambda _: store.draft_failed(NOBODY, NotAnArticle()),
        lambda _: store.hand_out([]),
        lambda _: store.record_publication([]),
        lambda _: workflow.claim(None, NOBODY),
        lambda _: workflow.approve(None, NOBODY, 1),
    ],
)
def test_a_locked_database_is_an_error_of_ours(newsroom, article, locked, call):
    with pytest.raises(DeskError, match=r"database is locked.*try again"):
        call(article)


def test_a_connection_that_is_gone_is_an_error_of_ours(newsroom, db, monkeypatch):
    """Django's InterfaceError is none of its DatabaseErrors."""

    def gone(*_, **__):
        raise InterfaceError("connection already closed")

    monkeypatch.setattr(models.Translation.objects, "filter", gone)
    with pytest.raises(DeskError, match="connection already closed"):
        store.release("run")


def test_every_function_of_the_store_is_at_the_border():
    """A new function that lets the database's own errors through is found here."""
    functions = [getattr(store, name) for name in store.__all__ if name[0].islower()]
    assert [each.__name__ for each in functions if not hasattr(each, "__wrapped__")] == []
