import pytest
from desk_steps import approve_all, confirm_all, reopen, submit_all
from workflow_steps import key

from yibao.desk import workflow
from yibao.desk.models import (
    ApprovedRevision,
    Event,
    EventKind,
    MemoryEntry,
    Publication,
    Reason,
    SegmentState,
    TranslationState,
)
from yibao.desk.workflow import approving
from yibao.errors import DeskError, NotAllowed, NotFound, StaleEdit


class TestSubmission:
    def test_what_is_not_confirmed_is_named(self, drafted, segment, users):
        workflow.confirm_segment(users.translator, segment.pk, segment.version)
        drafted.refresh_from_db()
        with pytest.raises(NotAllowed, match=r"10 segments are not confirmed: summary; .* more"):
            workflow.submit(users.translator, key(drafted), drafted.version)

    def test_submitting_lets_go_of_the_claim(self, drafted, users):
        submitted = submit_all(drafted, users.translator)
        assert submitted.state == TranslationState.READY
        assert (submitted.claimed_by, submitted.submitted_by) == (None, users.translator)

    def test_texts_are_checked_once_more(self, newsroom, drafted, users):
        """A check or a term that came after the text was confirmed counts all the same."""
        workflow.claim(users.translator, key(drafted))
        confirm_all(drafted, users.translator)
        drafted.segments.filter(key="title").update(text="")
        with pytest.raises(NotAllowed, match="errors stand: title"):
            workflow.submit(users.translator, key(drafted), drafted.version)


class TestApproval:
    def test_the_approved_text_is_frozen(self, drafted, users):
        approve_all(drafted, users)
        approved = ApprovedRevision.objects.get()
        article = approved.value
        assert article.language == "en"
        assert article.title == "New storage station starts up in Jiangnan"
        assert article.blocks[3].rows[1] == ("Battery cabinets", "120")
        assert article.published == drafted.revision.value.published
        assert approved.translators == ["Lin"]
        assert (approved.reviewer, approved.machine_assisted) == ("Ellen", True)
        publication = Publication.objects.get()
        assert publication.entry == drafted.article_id
        assert publication.first_published == publication.updated == approved.approved

    def test_approving_twice_is_refused(self, drafted, users):
        version = submit_all(drafted, users.translator).version
        workflow.approve(users.editor, key(drafted), version)
        with pytest.raises(StaleEdit):
            workflow.approve(users.other_editor, key(drafted), version)
        with pytest.raises(NotAllowed, match="approved"):
            workflow.approve(users.other_editor, key(drafted), version + 1)
        assert ApprovedRevision.objects.count() == 1

    def test_nobody_approves_what_they_submitted(self, drafted, users):
        submit_all(drafted, users.editor)
        with pytest.raises(NotAllowed, match="own work"):
            workflow.approve(users.editor, key(drafted), drafted.version)
        workflow.approve(users.other_editor, key(drafted), drafted.version)

    def test_an_editor_who_edits_in_review_leaves_approval_to_another(self, drafted, users):
        submit_all(drafted, users.translator)
        title = drafted.segments.get(key="title")
        workflow.confirm_segment(users.editor, title.pk, title.version, "Better headline")
        drafted.refresh_from_db()
        assert drafted.state == TranslationState.READY
        with pytest.raises(NotAllowed, match="own work"):
            workflow.approve(users.editor, key(drafted), drafted.version)
        workflow.release(users.editor, key(drafted))
        workflow.approve(users.other_editor, key(drafted), drafted.version + 1)
        assert ApprovedRevision.objects.get().translators == ["Lin", "Ellen"]

    def test_an_editors_sentence_stays_theirs_when_others_change_it(self, drafted, users):
        title = drafted.segments.get(key="title")
        title = workflow.save_segment(users.editor, title.pk, title.version, "Station starts up")
        workflow.release(users.editor, key(drafted))
        workflow.save_segment(users.translator, title.pk, title.version, "Station starts up!")
        submit_all(drafted, users.translator)
        assert workflow.own_work(users.editor, drafted)
        with pytest.raises(NotAllowed, match="own work"):
            workflow.approve(users.editor, key(drafted), drafted.version)
        assert not workflow.own_work(users.other_editor, drafted)

    def test_what_was_approved_since_is_nobodys_work_any_more(self, drafted, users):
        title = drafted.segments.get(key="title")
        workflow.save_segment(users.editor, title.pk, title.version, "Station starts up")
        workflow.release(users.editor, key(drafted))
        submit_all(drafted, users.translator)
        workflow.approve(users.other_editor, key(drafted), drafted.version)
        reopen(drafted, users)
        submit_all(drafted, users.translator)
        assert not workflow.own_work(users.editor, drafted)

    def test_an_administrator_is_held_to_the_rule_too(self, drafted, users):
        submit_all(drafted, users.admin)
        with pytest.raises(NotAllowed, match="own work"):
            workflow.approve(users.admin, key(drafted), drafted.version)

    def test_under_the_policy_warn_a_reason_is_asked_for_and_recorded(self, drafted, users, policy):
        policy("warn")
        submit_all(drafted, users.editor)
        with pytest.raises(NotAllowed, match="your own work"):
            workflow.approve(users.editor, key(drafted), drafted.version)
        workflow.approve(users.editor, key(drafted), drafted.version, override="alone tonight")
        assert ApprovedRevision.objects.get().override == "alone tonight"
        event = Event.objects.get(kind=EventKind.OVERRIDDEN)
        assert (event.actor, event.text) == (users.editor, "alone tonight")

    def test_an_override_that_was_not_needed_is_not_recorded(self, drafted, users, policy):
        policy("warn")
        approve_all(drafted, users, override="just in case")
        assert ApprovedRevision.objects.get().override == ""
        assert not Event.objects.filter(kind=EventKind.OVERRIDDEN).exists()

    def test_under_the_policy_off_nobody_is_asked(self, drafted, users, policy):
        policy("off")
        submit_all(drafted, users.editor)
        workflow.approve(users.editor, key(drafted), drafted.version)
        assert ApprovedRevision.objects.get().override == ""

    def test_what_changed_since_it_was_read_is_not_approved(self, drafted, users):
        version = submit_all(drafted, users.translator).version
        title = drafted.segments.get(key="title")
        workflow.confirm_segment(users.other_editor, title.pk, title.version, "Changed")
        workflow.release(users.other_editor, key(drafted))
        with pytest.raises(StaleEdit):
            workflow.approve(users.editor, key(drafted), version)

    def test_a_segment_edited_in_review_has_to_be_confirmed(self, drafted, users):
        submit_all(drafted, users.translator)
        title = drafted.segments.get(key="title")
        workflow.save_segment(users.other_editor, title.pk, title.version, "Half a thou")
        workflow.release(users.other_editor, key(drafted))
        drafted.refresh_from_db()
        with pytest.raises(NotAllowed, match="not confirmed: title"):
            workflow.approve(users.editor, key(drafted), drafted.version)

    def test_a_failure_on_the_way_leaves_no_trace(self, drafted, users, monkeypatch):
        submit_all(drafted, users.translator)
        events = Event.objects.count()

        def fail(*_):
            raise RuntimeError("power cut")

        monkeypatch.setattr(approving.memory, "remember", fail)
        with pytest.raises(RuntimeError):
            workflow.approve(users.editor, key(drafted), drafted.version)
        before = (drafted.state, drafted.version)
        drafted.refresh_from_db()
        assert (drafted.state, drafted.version) == before == ("ready", drafted.version)
        assert not ApprovedRevision.objects.exists()
        assert not Publication.objects.exists()
        assert not MemoryEntry.objects.exists()
        assert Event.objects.count() == events

    def test_a_correction_keeps_the_entry_and_moves_its_time(self, drafted, users):
        approve_all(drafted, users)
        first = Publication.objects.get()
        reopen(drafted, users)
        assert Publication.objects.get().approved_id == first.approved_id
        title = drafted.segments.get(key="title")
        workflow.confirm_segment(users.translator, title.pk, title.version, "Corrected")
        approve_all(drafted, users, note="The headline named the wrong city.")
        second = Publication.objects.get()
        assert (second.entry, second.first_published) == (first.entry, first.first_published)
        assert second.updated > first.updated
        assert second.approved.number == 2
        assert second.approved.note == "The headline named the wrong city."

    def test_readers_are_told_of_a_correction(self, drafted, users):
        approve_all(drafted, users)
        reopen(drafted, users)
        title = drafted.segments.get(key="title")
        workflow.confirm_segment(users.translator, title.pk, title.version, "Corrected")
        with pytest.raises(NotAllowed, match="have to be told why a text is corrected"):
            approve_all(drafted, users, note="  ")
        assert ApprovedRevision.objects.count() == 1

    def test_a_text_that_did_not_change_is_not_news(self, drafted, users):
        approve_all(drafted, users)
        first = Publication.objects.get()
        reopen(drafted, users)
        approve_all(drafted, users)
        second = Publication.objects.get()
        assert drafted.state == TranslationState.APPROVED
        assert (second.approved_id, second.updated) == (first.approved_id, first.updated)
        assert ApprovedRevision.objects.count() == 1
        assert drafted.events.filter(kind=EventKind.APPROVED).count() == 2

    def test_a_note_that_nobody_would_see_is_refused(self, drafted, users):
        approve_all(drafted, users)
        reopen(drafted, users)
        with pytest.raises(NotAllowed, match="nothing to tell readers"):
            approve_all(drafted, users, note="The headline named the wrong city.")


class TestReturn:
    def test_a_returned_translation_says_why(self, drafted, users):
        submit_all(drafted, users.translator)
        title = drafted.segments.get(key="title")
        returned = workflow.reject(
            users.editor,
            key(drafted),
            drafted.version,
            reason=Reason.NUMBER,
            text="350, not 35",
            segments=(title.pk,),
        )
        assert (returned.state, returned.submitted_by) == ("returned", users.translator)
        title.refresh_from_db()
        assert (title.state, title.reopened_by) == ("reopened", "returned")
        assert not drafted.segments.exclude(pk=title.pk).filter(state="reopened").exists()
        event = Event.objects.latest("id")
        assert (event.kind, event.reason, event.text) == ("rejected", "number", "350, not 35")

    @pytest.mark.parametrize(
        ("said", "why"),
        [
            ({"reason": "ugly"}, "unknown reason"),
            ({"reason": ""}, "unknown reason"),
            ({"reason": "other"}, "needs an explanation"),
            ({"reason": "other", "text": "  "}, "needs an explanation"),
        ],
    )
    def test_a_return_without_a_reason_is_refused(self, drafted, users, said, why):
        submit_all(drafted, users.translator)
        with pytest.raises(NotAllowed, match=why):
            workflow.reject(users.editor, key(drafted), drafted.version, **said)

    def test_a_segment_of_another_translation_is_not_found(self, drafted, users):
        submit_all(drafted, users.translator)
        with pytest.raises(NotFound):
            workflow.reject(
                users.editor, key(drafted), drafted.version, reason="term", segments=(0,)
            )
        drafted.refresh_from_db()
        assert drafted.state == TranslationState.READY

    def test_it_can_be_mended_and_submitted_again(self, drafted, users):
        submit_all(drafted, users.translator)
        title = drafted.segments.get(key="title")
        workflow.reject(
            users.editor, key(drafted), drafted.version, reason="style", segments=(title.pk,)
        )
        approve_all(drafted, users)
        assert drafted.state == TranslationState.APPROVED


class TestWithdrawal:
    def test_a_published_entry_is_withdrawn_with_its_reason(self, drafted, users):
        approve_all(drafted, users)
        workflow.withdraw(users.editor, key(drafted), drafted.version, "Source retracted it.")
        publication = Publication.objects.get()
        assert publication.withdrawn == publication.updated
        assert publication.note == "Source retracted it."

    def test_a_draft_nobody_wants_is_withdrawn_without_a_trace_in_feeds(self, drafted, users):
        workflow.withdraw(users.editor, key(drafted), drafted.version, "Not news.")
        assert not Publication.objects.exists()

    @pytest.mark.parametrize("text", ["", " \n"])
    def test_readers_are_told_why(self, drafted, users, text):
        with pytest.raises(NotAllowed, match="say why"):
            workflow.withdraw(users.editor, key(drafted), drafted.version, text)

    def test_a_withdrawn_entry_can_come_back_under_its_id(self, drafted, users):
        approve_all(drafted, users)
        entry = Publication.objects.get().entry
        workflow.withdraw(users.editor, key(drafted), drafted.version, "Doubtful.")
        reopen(drafted, users)
        with pytest.raises(NotAllowed, match="have to be told why a text is restored"):
            approve_all(drafted, users)
        editor = users.editor
        workflow.approve(editor, key(drafted), drafted.version, note="Confirmed by the source.")
        publication = Publication.objects.get()
        assert publication.approved.note == "Confirmed by the source."
        assert (publication.entry, publication.withdrawn, publication.note) == (entry, None, "")


class TestRedraft:
    def test_only_untouched_drafts_are_made_again(self, drafted, segment, users):
        workflow.save_segment(users.translator, segment.pk, segment.version, "By hand")
        drafted.refresh_from_db()
        workflow.redraft(users.translator, key(drafted), drafted.version)
        states = dict(drafted.segments.values_list("key", "state"))
        assert states.pop("title") == SegmentState.EDITED
        assert set(states.values()) == {SegmentState.WAITING}


def test_every_action_is_in_the_audit_trail(drafted, users):
    title = drafted.segments.get(key="title")
    workflow.claim(users.translator, key(drafted))
    workflow.save_segment(users.translator, title.pk, title.version, "Headline")
    approve_all(drafted, users)
    reopen(drafted, users)
    workflow.withdraw(users.editor, key(drafted), drafted.version, "Enough.")
    kinds = [
        event.kind
        for event in Event.objects.filter(translation=drafted)
        if event.kind != EventKind.SEGMENT_CONFIRMED
    ]
    assert kinds == [
        "translation_requested",
        "drafted",
        "claimed",
        "segment_edited",
        "submitted",
        "approved",
        "reopened",
        "withdrawn",
    ]


def test_all_refusals_are_of_one_family():
    assert issubclass(NotAllowed, DeskError)
    assert issubclass(StaleEdit, DeskError)
