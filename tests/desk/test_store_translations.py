from dataclasses import replace
from datetime import UTC, datetime

import pytest
from desk_steps import submit_all
from store_steps import NOBODY, changed, save, texts

from yibao.article import Article, Block
from yibao.desk import models, store, workflow
from yibao.desk.models import EventKind, SegmentState, Translation, TranslationState
from yibao.errors import (
    ConfigError,
    DeskError,
    NotAllowed,
    NotFound,
)


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


def test_an_article_without_text_but_a_title_can_be_translated(db, newsroom, drafts):
    bare = Article("https://a.example/1", "zh", "快讯", ())
    key = store.request_translation(save(bare).article_id, "en")
    (waiting,) = store.claim_waiting(1, "run")
    store.save_drafts(key, drafts(waiting.segments))
    assert Translation.objects.get(pk=key).state == TranslationState.DRAFTED
