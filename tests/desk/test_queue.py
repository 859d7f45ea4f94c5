from datetime import timedelta

import pytest
from desk_steps import approve_all, submit_all
from desk_visits import visitor
from django.utils import timezone

from yibao.desk import store, workflow
from yibao.desk.models import Translation

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(drafted, article, drafts):
    """A translation into each language of the house, both drafted."""
    saved = store.save_article(article.en, source="delta", pages=())
    key = store.request_translation(saved.article_id, "zh")
    (waiting,) = store.claim_waiting(1, "both")
    store.save_drafts(key, drafts(waiting.segments))
    return drafted, Translation.objects.get(pk=key)


def listed(client, query=""):
    """The articles on the page, top to bottom."""
    answer = client.get(f"/desk/{query}")
    assert answer.status_code == 200
    return [line.translation.article.title for line in answer.context["lines"]]


class TestWhatWaitsForMe:
    def test_a_translator_sees_what_is_drafted_and_free(self, both, users):
        assert len(listed(visitor(users.translator))) == 2

    def test_what_a_colleague_holds_is_not_among_it(self, both, users):
        workflow.claim(users.other_translator, both[0].pk)
        assert listed(visitor(users.translator)) == [both[1].article.title]

    def test_a_claim_that_ran_out_holds_nothing_back(self, both, users):
        workflow.claim(users.other_translator, both[0].pk)
        past = timezone.now() - timedelta(minutes=1)
        Translation.objects.filter(pk=both[0].pk).update(claimed_until=past)
        assert len(listed(visitor(users.translator))) == 2

    def test_a_translator_does_not_see_what_awaits_approval(self, drafted, users):
        submit_all(drafted, users.translator)
        assert listed(visitor(users.translator)) == []

    def test_an_editor_sees_it_unless_the_text_is_their_own(self, drafted, users):
        submit_all(drafted, users.editor)
        assert listed(visitor(users.editor)) == []
        assert listed(visitor(users.other_editor)) == [drafted.article.title]

    def test_a_person_without_a_role_is_told_what_to_do(self, both, users):
        answer = visitor(users.nobody).get("/desk/")
        assert list(answer.context["lines"]) == []
        assert b"Ask an administrator" in answer.content

    def test_returned_to_me_comes_first_then_what_i_hold(self, both, users):
        zh, en = both
        submit_all(zh, users.translator)
        workflow.reject(users.editor, str(zh.pk), zh.version, reason="style", text="Shorter.")
        workflow.claim(users.translator, str(en.pk))
        assert listed(visitor(users.translator)) == [zh.article.title, en.article.title]

    def test_the_oldest_goes_first(self, both, users):
        younger = both[1]
        assert listed(visitor(users.translator))[0] != younger.article.title
        long_ago = both[0].created - timedelta(days=1)
        Translation.objects.filter(pk=younger.pk).update(created=long_ago)
        assert listed(visitor(users.translator))[0] == younger.article.title


class TestFilters:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("?language=en", {"zh"}),
            ("?language=zh", {"en"}),
            ("?section=industry", {"zh"}),
            ("?section=science&state=all", {"en"}),
            ("?mine=1", set()),
            ("?state=approved", set()),
            ("?state=drafted", {"zh", "en"}),
            ("?state=nonsense&language=xx&section=xx&page=x", {"zh", "en"}),
            ("?page=99999", {"zh", "en"}),
        ],
    )
    def test_the_address_says_what_is_listed(self, both, users, article, query, found):
        titles = {"zh": article.zh.title, "en": article.en.title}
        expected = {titles[each] for each in found}
        assert set(listed(visitor(users.translator), query)) == expected

    def test_the_tabs_count_what_the_filters_leave(self, both, users):
        answer = visitor(users.translator).get("/desk/?language=en")
        counts = {tab.value: tab.count for tab in answer.context["tabs"]}
        assert counts[""] == counts["drafted"] == counts["all"] == 1

    def test_filters_that_leave_nothing_say_how_to_clear_them(self, both, users):
        answer = visitor(users.translator).get("/desk/?mine=1")
        assert b"Clear the filters" in answer.content

    def test_a_long_queue_has_pages_and_keeps_its_filters(self, both, users, monkeypatch):
        monkeypatch.setattr("yibao.desk.pages.queue.PER_PAGE", 1)
        client = visitor(users.translator)
        first = client.get("/desk/?state=drafted")
        assert b"state=drafted&amp;page=2" in first.content
        assert listed(client, "?state=drafted") != listed(client, "?state=drafted&page=2")


class TestLines:
    def test_a_line_says_what_a_translator_chooses_by(self, drafted, users, article):
        workflow.claim(users.translator, drafted.pk)
        (line,) = visitor(users.translator).get("/desk/?mine=1").context["lines"]
        assert (line.organ, line.section) == ("江南工业报", "Industry")
        assert line.segments == drafted.segments.count()
        assert line.hold == "own"
        assert line.title == drafted.segments.get(key="title").text
        assert line.size == sum(len(each.source) for each in drafted.segments.all())

    def test_findings_are_counted_by_severity(self, drafted, users):
        segment = drafted.segments.get(source="电站总投资3.5亿元。")
        workflow.save_segment(
            users.translator, segment.pk, segment.version, "It costs 35 million yuan."
        )
        (line,) = visitor(users.translator).get("/desk/").context["lines"]
        assert line.errors == 1

    def test_the_number_of_queries_does_not_grow_with_the_lines(
        self, both, users, django_assert_max_num_queries
    ):
        client = visitor(users.translator)
        with django_assert_max_num_queries(14):
            listed(client, "?state=all")

    def test_approved_ones_are_found_by_their_tab(self, drafted, users):
        approve_all(drafted, users)
        assert listed(visitor(users.translator), "?state=approved") == [drafted.article.title]
