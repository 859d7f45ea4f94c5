import pickle
from datetime import timedelta

import pytest
from desk_steps import confirm_all
from django.utils import timezone
from workflow_steps import key, outcome

from yibao.checks import Finding
from yibao.desk import workflow
from yibao.desk.models import (
    Event,
    EventKind,
    Hold,
    SegmentEdit,
    SegmentState,
    Translation,
    TranslationState,
)
from yibao.desk.workflow import checking
from yibao.errors import NotAllowed, NotFound, StaleEdit


class TestClaims:
    def test_a_claim_takes_a_draft_into_review(self, drafted, users):
        claimed = workflow.claim(users.translator, key(drafted), drafted.version)
        assert claimed.state == TranslationState.IN_REVIEW
        assert claimed.held_by(users.translator, timezone.now()) == Hold.OWN
        event = Event.objects.latest("id")
        assert (event.kind, event.actor) == (EventKind.CLAIMED, users.translator)
        assert (event.from_state, event.to_state) == ("drafted", "in_review")

    def test_nobody_else_gets_in_while_it_lasts(self, drafted, segment, users):
        workflow.claim(users.translator, key(drafted))
        for refused in (
            lambda: workflow.claim(users.other_translator, key(drafted)),
            lambda: workflow.save_segment(users.editor, segment.pk, segment.version, "mine"),
        ):
            with pytest.raises(NotAllowed, match="Lin works on it until"):
                refused()
        segment.refresh_from_db()
        assert segment.text != "mine"

    def test_a_lease_that_ran_out_can_be_taken_over_and_says_from_whom(self, drafted, users):
        workflow.claim(users.translator, key(drafted))
        Translation.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
        taken = workflow.claim(users.other_translator, key(drafted))
        assert taken.claimed_by == users.other_translator
        event = Event.objects.latest("id")
        assert (event.kind, event.person) == (EventKind.TAKEN_OVER, users.translator)

    def test_an_editor_takes_over_at_any_time(self, drafted, users):
        workflow.claim(users.translator, key(drafted))
        workflow.take_over(users.editor, key(drafted))
        with pytest.raises(NotAllowed, match="Ellen works on it"):
            workflow.claim(users.translator, key(drafted))

    def test_a_sign_of_life_renews_the_lease_and_nothing_else(self, drafted, users):
        workflow.claim(users.translator, key(drafted))
        soon = timezone.now() + timedelta(seconds=5)
        Translation.objects.update(claimed_until=soon)
        drafted.refresh_from_db()
        renewed = workflow.renew(users.translator, key(drafted))
        assert renewed.claimed_until > soon
        assert renewed.version == drafted.version

    def test_a_claim_that_was_lost_is_not_renewed(self, drafted, users):
        workflow.claim(users.translator, key(drafted))
        workflow.take_over(users.editor, key(drafted))
        with pytest.raises(NotAllowed, match="run out"):
            workflow.renew(users.translator, key(drafted))

    def test_a_released_translation_is_anybodys(self, drafted, users):
        workflow.claim(users.translator, key(drafted))
        workflow.release(users.translator, key(drafted))
        assert workflow.claim(users.other_translator, key(drafted)).claimed_by_id

    def test_saving_claims_what_is_free(self, drafted, segment, users):
        workflow.save_segment(users.translator, segment.pk, segment.version, "Station starts")
        drafted.refresh_from_db()
        assert drafted.claimed_by == users.translator
        assert drafted.state == TranslationState.IN_REVIEW


class TestEditing:
    def test_an_edit_is_kept_with_what_stood_before(self, segment, users):
        before = segment.text
        saved = workflow.save_segment(users.translator, segment.pk, segment.version, "Starts up")
        assert (saved.text, saved.state) == ("Starts up", SegmentState.EDITED)
        edit = SegmentEdit.objects.get()
        assert (edit.old, edit.new, edit.person) == (before, "Starts up", users.translator)
        assert edit.base == segment.version == saved.version - 1

    def test_a_stale_save_overwrites_nothing_and_keeps_both_texts(self, segment, users):
        base = segment.text
        workflow.save_segment(users.translator, segment.pk, segment.version, "Theirs")
        with pytest.raises(StaleEdit) as stale:
            workflow.save_segment(users.translator, segment.pk, segment.version, "Mine")
        error = pickle.loads(pickle.dumps(stale.value))
        assert (error.mine, error.theirs, error.base) == ("Mine", "Theirs", base)
        saved = workflow.save_segment(users.translator, segment.pk, error.version, "Both")
        assert saved.text == "Both"

    def test_the_common_base_is_the_text_of_the_version_that_was_seen(self, segment, users):
        version = segment.version
        for text in ("One", "Two", "Three"):
            version = workflow.save_segment(users.translator, segment.pk, version, text).version
        with pytest.raises(StaleEdit) as stale:
            workflow.save_segment(users.translator, segment.pk, version - 1, "Mine")
        assert stale.value.base == "Two"

    def test_a_save_sent_twice_counts_once(self, segment, users):
        first = workflow.save_segment(users.translator, segment.pk, segment.version, "Starts")
        again = workflow.save_segment(users.translator, segment.pk, segment.version, "Starts")
        assert again.version == first.version
        assert SegmentEdit.objects.count() == 1

    def test_every_save_moves_the_version_of_the_translation(self, drafted, segment, users):
        workflow.save_segment(users.translator, segment.pk, segment.version, "Starts")
        with pytest.raises(StaleEdit):
            workflow.claim(users.translator, key(drafted), drafted.version)

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("  Starts up \r\n", "Starts up"),
            ("Starts\r\nup", "Starts up"),
            ("Starts\x00 \ud800up\ufffe", "Starts up"),
            ("Cafe\u0301", "Caf\u00e9"),
            ("a < b & <b>bold</b>", "a < b & <b>bold</b>"),
        ],
    )
    def test_text_is_made_fit_for_the_store(self, segment, users, typed, kept):
        saved = workflow.save_segment(users.translator, segment.pk, segment.version, typed)
        saved.refresh_from_db()
        assert saved.text == kept

    def test_a_pasted_book_is_refused(self, segment, users):
        with pytest.raises(NotAllowed, match="20001 characters"):
            workflow.save_segment(users.translator, segment.pk, segment.version, "x" * 20_001)

    def test_findings_are_those_of_the_text_that_stands(self, drafted, users):
        segment = drafted.segments.get(source="电站总投资3.5亿元。")
        saved = workflow.save_segment(users.translator, segment.pk, segment.version, "")
        assert [each.finding.severity for each in checking.judged(saved)] == ["error"]
        saved = workflow.save_segment(
            users.translator, segment.pk, saved.version, "It costs 350 million yuan."
        )
        assert [each for each in checking.judged(saved) if each.blocks] == []

    def test_an_empty_text_can_be_saved_but_not_confirmed(self, segment, users):
        saved = workflow.save_segment(users.translator, segment.pk, segment.version, " ")
        assert saved.text == ""
        with pytest.raises(NotAllowed, match="empty"):
            workflow.confirm_segment(users.translator, segment.pk, saved.version)

    def test_confirming_with_a_text_saves_it_first(self, segment, users):
        saved = workflow.confirm_segment(users.translator, segment.pk, segment.version, "Starts up")
        assert (saved.text, saved.state) == ("Starts up", SegmentState.CONFIRMED)
        assert (saved.edited_by, saved.confirmed_by) == (users.translator, users.translator)

    def test_confirming_a_draft_as_it_stands_is_no_edit(self, segment, users):
        saved = workflow.confirm_segment(users.translator, segment.pk, segment.version)
        assert saved.edited_by is None
        assert not SegmentEdit.objects.exists()

    def test_an_edit_after_confirmation_wants_confirming_again(self, segment, users):
        saved = workflow.confirm_segment(users.translator, segment.pk, segment.version)
        saved = workflow.save_segment(users.translator, segment.pk, saved.version, "Other")
        assert (saved.state, saved.confirmed_by) == (SegmentState.EDITED, None)

    def test_a_broken_glossary_is_a_finding_and_loses_no_text(self, newsroom, segment, users):
        text = newsroom.newsroom.read_text(encoding="utf-8")
        newsroom.newsroom.write_text(
            text.replace("glossaries: []", "glossaries: [energy]"), encoding="utf-8"
        )
        saved = workflow.save_segment(users.translator, segment.pk, segment.version, "Starts")
        assert saved.text == "Starts"
        (finding,) = [each for each in checking.judged(saved) if each.blocks]
        assert finding.finding.check == "glossary-unreadable"
        assert "energy" in finding.finding.message

    def test_terms_of_the_glossary_are_looked_for(self, glossed, users):
        segment = glossed("工程师检查电池柜。", "A draft.")
        saved = workflow.save_segment(
            users.translator, segment.pk, segment.version, "He checks battery cabinets."
        )
        assert [each["status"] for each in saved.terms] == ["kept"]
        saved = workflow.save_segment(
            users.translator, segment.pk, saved.version, "He checks a box."
        )
        assert [each["status"] for each in saved.terms] == ["missed"]

    def test_a_term_that_comes_twice_may_be_named_once(self, glossed, users):
        segment = glossed("工程师检查电池柜。", "He checks a box.")
        segment.source = "电池柜连着电池柜。"
        segment.save()
        saved = workflow.save_segment(
            users.translator, segment.pk, segment.version, "The battery cabinets are connected."
        )
        assert [each["status"] for each in saved.terms] == ["kept", "kept"]

    @pytest.mark.parametrize("segment_id", [0, -1, 999_999_999])
    def test_an_unknown_segment_is_not_found(self, users, segment_id):
        with pytest.raises(NotFound):
            workflow.save_segment(users.translator, segment_id, 1, "text")

    @pytest.mark.parametrize(
        "translation_id", ["", "x", "00000000-0000-0000-0000-000000000000", "' OR 1=1 --"]
    )
    def test_an_unknown_translation_is_not_found(self, users, translation_id):
        with pytest.raises(NotFound):
            workflow.claim(users.translator, translation_id)


class TestFindings:
    @pytest.fixture
    def flawed(self, drafted, users):
        """A segment with a number ten times too small, confirmed as all others are."""
        segment = drafted.segments.get(source="电站总投资3.5亿元。")
        workflow.confirm_segment(
            users.translator, segment.pk, segment.version, "It costs 35 million yuan."
        )
        confirm_all(drafted, users.translator)
        segment.refresh_from_db()
        assert checking.blocking([segment])
        return segment

    def test_an_error_stops_the_submission_and_is_named(self, drafted, flawed, users):
        with pytest.raises(NotAllowed, match=r"errors stand: b001\.s02"):
            workflow.submit(users.translator, key(drafted), drafted.version)

    def test_dismissed_with_a_reason_it_does_not(self, drafted, flawed, users):
        for each in checking.judged(flawed):
            flawed = workflow.dismiss_finding(
                users.translator, flawed.pk, flawed.version, each.id, "said in the text"
            )
        drafted.refresh_from_db()
        submitted = workflow.submit(users.translator, key(drafted), drafted.version)
        assert submitted.state == TranslationState.READY
        event = Event.objects.filter(kind=EventKind.FINDING_DISMISSED).first()
        assert (event.actor, event.text) == (users.translator, "said in the text")
        assert event.reason in {each.finding.check for each in checking.judged(flawed)}

    def test_it_comes_back_when_the_text_changes(self, drafted, flawed, users):
        """Even if the finding says the very same of the new text."""
        finding = checking.judged(flawed)[0]
        flawed = workflow.dismiss_finding(
            users.translator, flawed.pk, flawed.version, finding.id, "fine"
        )
        assert not checking.blocking([flawed])
        flawed = workflow.save_segment(
            users.translator, flawed.pk, flawed.version, "It costs 35 million yuan in all."
        )
        assert checking.blocking([flawed])

    @pytest.mark.parametrize("reason", ["", "   "])
    def test_a_dismissal_needs_a_reason(self, flawed, users, reason):
        finding = checking.judged(flawed)[0].id
        with pytest.raises(NotAllowed, match="needs a reason"):
            workflow.dismiss_finding(users.translator, flawed.pk, flawed.version, finding, reason)

    def test_an_unknown_finding_is_not_found(self, flawed, users):
        with pytest.raises(NotFound, match="no finding"):
            workflow.dismiss_finding(users.translator, flawed.pk, flawed.version, "abc", "why")

    def test_a_stale_dismissal_is_refused(self, flawed, users):
        finding = checking.judged(flawed)[0].id
        with pytest.raises(StaleEdit):
            workflow.dismiss_finding(
                users.translator, flawed.pk, flawed.version - 1, finding, "why"
            )


class TestTextsOfTheMachine:
    """While nobody has changed a draft, what only the machine could know of it still holds."""

    SOURCE = "工程师检查电池柜。"

    def submit(self, translation, users):
        workflow.claim(users.translator, key(translation))
        confirm_all(translation, users.translator)
        return workflow.submit(users.translator, key(translation), translation.version)

    def edit(self, translation, users, text):
        segment = translation.segments.get(source=self.SOURCE)
        return workflow.save_segment(users.translator, segment.pk, segment.version, text)

    def test_a_draft_that_was_cut_off_cannot_be_submitted(self, glossed, drafted, users):
        cut = Finding("truncated", "error", "The engine stopped at its length limit.")
        glossed(self.SOURCE, "An engineer checks battery cabinets", findings=(cut,))
        with pytest.raises(NotAllowed, match="length limit"):
            self.submit(drafted, users)

    def test_once_it_is_completed_it_can(self, glossed, drafted, users):
        cut = Finding("truncated", "error", "The engine stopped at its length limit.")
        glossed(self.SOURCE, "An engineer checks battery", findings=(cut,))
        self.edit(drafted, users, "An engineer checks a battery cabinet.")
        assert self.submit(drafted, users).state == TranslationState.READY

    def test_typing_the_draft_again_does_not_complete_it(self, glossed, drafted, users):
        cut = Finding("truncated", "error", "The engine stopped at its length limit.")
        glossed(self.SOURCE, "An engineer checks battery cabinets", findings=(cut,))
        self.edit(drafted, users, "Something else")
        saved = self.edit(drafted, users, "An engineer checks battery cabinets")
        assert checking.blocking([saved])

    def test_a_term_that_the_memory_wrote_otherwise_stays_waived(self, glossed, drafted, users):
        text = "An engineer checks a power locker."
        term = outcome(text, "waived")
        segment = glossed(self.SOURCE, text, terms=(term,), origin="memory")
        assert self.submit(drafted, users).state == TranslationState.READY
        segment.refresh_from_db()
        assert [each["status"] for each in segment.terms] == ["waived"]

    def test_in_a_text_of_ones_own_the_term_is_wanted(self, glossed, drafted, users):
        text = "An engineer checks a power locker."
        glossed(self.SOURCE, text, terms=(outcome(text, "waived"),), origin="memory")
        saved = self.edit(drafted, users, "An engineer checks the power locker.")
        assert [each["status"] for each in saved.terms] == ["missed"]

    def test_a_term_that_was_put_in_is_shown_until_somebody_writes(self, glossed, drafted, users):
        text = "An engineer checks battery cabinet."
        segment = glossed(self.SOURCE, text, terms=(outcome(text, "spliced"),))
        self.submit(drafted, users)
        segment.refresh_from_db()
        assert [each.finding.check for each in checking.judged(segment)] == ["term-spliced"]
