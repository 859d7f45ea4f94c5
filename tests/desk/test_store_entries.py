import threading
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from desk_steps import approve_all, reopen, submit_all
from django.db import connection, transaction
from store_steps import NOBODY, correct, save

from yibao.desk import models, store, workflow
from yibao.desk.locking import lock_translation
from yibao.desk.models import EventKind
from yibao.desk.store.entries import entry_of


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
