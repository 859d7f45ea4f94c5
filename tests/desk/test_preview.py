from datetime import timedelta

import pytest
from desk_steps import approve_all, reopen
from desk_visits import visitor
from django.urls import reverse

from yibao.desk import store, workflow
from yibao.desk.pages import history as histories
from yibao.desk.pages.history import chronicle
from yibao.desk.pages.preview import proof

pytestmark = pytest.mark.django_db


def page(person, name, translation):
    answer = visitor(person).get(reverse(f"desk:{name}", args=[translation.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


class TestPreview:
    def test_it_is_the_article_as_feeds_carry_it(self, drafted, users):
        said = page(users.translator, "preview", drafted)
        assert '<article class="article" lang="en">' in said
        for part in ("<h2>Power for the plants</h2>", "<th scope", "<figcaption>"):
            assert part in said

    def test_it_says_how_much_is_not_confirmed(self, drafted, users):
        assert "11 segments are not confirmed yet." in page(users.translator, "preview", drafted)

    def test_pictures_of_other_sites_are_not_loaded(self, drafted, users):
        assert "station.jpg" not in page(users.translator, "preview", drafted)

    def test_of_an_approved_text_it_shows_what_was_approved(self, drafted, users):
        approve_all(drafted, users)
        said = page(users.translator, "preview", drafted)
        assert "This is the approved text." in said
        assert "reviewed by Ellen" in said

    def test_of_a_withdrawn_text_it_says_what_readers_see(self, drafted, users):
        approve_all(drafted, users)
        workflow.withdraw(users.editor, str(drafted.pk), drafted.version, "A wrong figure")
        said = page(users.translator, "preview", drafted)
        assert "readers see a notice in its place" in said
        assert "would be approved" not in said

    def test_of_a_correction_it_shows_the_text_being_worked_on(self, drafted, users):
        approve_all(drafted, users)
        reopen(drafted, users)
        title = drafted.segments.get(key="title")
        workflow.save_segment(users.translator, title.pk, title.version, "A corrected headline")
        drafted.refresh_from_db()
        assert proof(drafted).title == "A corrected headline"
        assert not proof(drafted).frozen

    def test_it_names_the_people_that_the_feeds_will_name(self, drafted, users):
        title = drafted.segments.get(key="title")
        workflow.confirm_segment(users.other_translator, title.pk, title.version, "Starts up")
        workflow.release(users.other_translator, str(drafted.pk))
        drafted = approve_all(drafted, users)
        (entry,) = store.approved_entries("en")
        assert entry.translator == "Lin, Mei"
        assert "Lin, Mei" in page(users.translator, "preview", drafted)

    def test_of_a_withdrawn_text_it_shows_the_text(self, drafted, users):
        approve_all(drafted, users)
        workflow.withdraw(users.editor, str(drafted.pk), drafted.version, "Doubtful.")
        assert "<h2>Power for the plants</h2>" in page(users.translator, "preview", drafted)


class TestHistory:
    def test_it_tells_who_did_what_newest_first(self, drafted, users):
        title = drafted.segments.get(key="title")
        workflow.save_segment(users.translator, title.pk, title.version, "Storage station opens")
        answer = visitor(users.editor).get(reverse("desk:history", args=[drafted.pk]))
        entries = answer.context["entries"]
        assert [each.when for each in entries] == sorted(
            (each.when for each in entries), reverse=True
        )
        edit = next(each for each in entries if each.changes)
        assert (edit.who, edit.place) == ("Lin", 1)
        assert "".join(c.text for c in edit.changes if c.op != "delete") == "Storage station opens"
        assert entries[-1].who == ""

    def test_reasons_are_told_in_the_readers_language(self, drafted, users):
        approve_all(drafted, users)
        reopen(drafted, users)
        assert "a wrong figure" in page(users.editor, "history", drafted)
        chinese = visitor(users.editor, language="zh-hans")
        said = chinese.get(reverse("desk:history", args=[drafted.pk])).content.decode()
        assert "提交签发" in said

    def test_it_takes_as_many_queries_for_many_edits_as_for_few(
        self, drafted, users, django_assert_max_num_queries
    ):
        for segment in drafted.segments.current():
            workflow.save_segment(users.translator, segment.pk, segment.version, "Another text")
        client = visitor(users.translator)
        with django_assert_max_num_queries(12):
            client.get(reverse("desk:history", args=[drafted.pk]))


class TestSittings:
    def write(self, person, translation, *texts):
        segment = translation.segments.get(key="title")
        for text in texts:
            segment = workflow.save_segment(person, segment.pk, segment.version, text)

    def edits(self, translation):
        return [each for each in chronicle(translation) if each.changes]

    def test_what_the_desk_saved_while_somebody_wrote_is_one_entry(self, drafted, users):
        before = drafted.segments.get(key="title").text
        self.write(users.translator, drafted, "Station", "Station opens", "Station opens today")
        (entry,) = self.edits(drafted)
        assert "".join(each.text for each in entry.changes if each.op != "insert") == before
        after = "".join(each.text for each in entry.changes if each.op != "delete")
        assert after == "Station opens today"

    def test_another_person_or_another_sitting_is_another_entry(self, drafted, users, monkeypatch):
        self.write(users.translator, drafted, "Station opens")
        workflow.take_over(users.editor, str(drafted.pk), version_of(drafted))
        self.write(users.editor, drafted, "A station opens")
        assert len(self.edits(drafted)) == 2
        monkeypatch.setattr(histories, "PAUSE", timedelta(0))
        self.write(users.editor, drafted, "A station opens today")
        assert len(self.edits(drafted)) == 3


def version_of(translation):
    translation.refresh_from_db()
    return translation.version
