import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from store_steps import ENTRY, FETCHED, NOBODY, changed, save, texts

from yibao.desk import models, store, workflow
from yibao.desk.models import SegmentState, Translation, TranslationState
from yibao.errors import (
    NotFound,
    PackageMissing,
)


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
