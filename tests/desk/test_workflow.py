import itertools
import pickle
from dataclasses import replace
from datetime import timedelta

import pytest
from desk_steps import approve_all, confirm_all, reopen, submit_all
from django.db import transaction
from django.utils import timezone

from yibao.checks import Finding
from yibao.desk import store, workflow
from yibao.desk.models import (
    Action,
    ApprovedRevision,
    Event,
    EventKind,
    Hold,
    MemoryEntry,
    Publication,
    Reason,
    Role,
    SegmentEdit,
    SegmentState,
    Translation,
    TranslationState,
)
from yibao.desk.workflow import approving, checking, permissions
from yibao.errors import DeskError, NotAllowed, NotFound, StaleEdit
from yibao.glossary import TermOutcome

# What each role may do, state by state: `free` where nobody or the person holds it, `own` only
# with a claim, `other` while somebody else has it. Written apart from the table in
# yibao.desk.workflow.permissions, and read by the two tests below.
WORK = "claim edit confirm dismiss redraft"
MAY = {
    Role.TRANSLATOR: {
        "waiting": {"free": WORK},
        "drafted": {"free": WORK},
        "in_review": {"free": f"{WORK} submit", "own": "release"},
        "returned": {"free": WORK},
        "ready": {},
        "approved": {},
        "withdrawn": {},
    },
    Role.EDITOR: {
        "waiting": {"free": f"{WORK} withdraw", "other": "withdraw"},
        "drafted": {"free": f"{WORK} withdraw", "other": "withdraw"},
        "in_review": {
            "free": f"{WORK} submit withdraw",
            "own": "release",
            "other": "take_over withdraw",
        },
        "returned": {"free": f"{WORK} withdraw", "other": "withdraw"},
        "ready": {
            "free": "claim edit confirm dismiss approve reject withdraw",
            "own": "release",
            "other": "take_over withdraw",
        },
        "approved": {"free": "reopen withdraw", "other": "reopen withdraw"},
        "withdrawn": {"free": "reopen", "other": "reopen"},
    },
}
MAY[Role.ADMIN] = MAY[Role.EDITOR]
MAY[None] = {state: {} for state in TranslationState}
PRODUCT = list(itertools.product(MAY, TranslationState, Hold, Action))


def expected(role, state, hold, action):
    allowed = MAY[role][state]
    words = {
        Hold.FREE: allowed.get("free", ""),
        Hold.OWN: f"{allowed.get('free', '')} {allowed.get('own', '')}",
        Hold.OTHER: allowed.get("other", ""),
    }[hold]
    return action in words.split()


def key(translation):
    return str(translation.pk)


@pytest.fixture
def segment(drafted):
    return drafted.segments.get(key="title")


@pytest.fixture
def policy(newsroom):
    """A function: the newsroom's approval policy becomes another."""

    def set_policy(word):
        text = newsroom.newsroom.read_text(encoding="utf-8")
        newsroom.newsroom.write_text(f"{text}review: {{approval: {word}}}\n", encoding="utf-8")

    return set_policy


@pytest.fixture
def glossed(newsroom, drafted, drafts):
    """A function: with one house term in force, a segment gets another draft."""
    text = newsroom.newsroom.read_text(encoding="utf-8")
    newsroom.newsroom.write_text(
        text.replace("glossaries: []", "glossaries: [energy]"), encoding="utf-8"
    )
    (newsroom.glossaries / "energy.csv").write_text(
        "zh,en\n电池柜,battery cabinet\n", encoding="utf-8"
    )

    def draft(source, text, **said):
        row = drafted.segments.get(source=source)
        (made,) = drafts([row.value], {source: text})
        store.save_drafts(key(drafted), [replace(made, **said)])
        row.refresh_from_db()
        drafted.refresh_from_db()
        return row

    return draft


class TestPermissions:
    def test_the_table_allows_what_is_written_above_and_nothing_else(self):
        wrong = [
            each
            for each in PRODUCT
            if (permissions.rule_for(each[3], each[0], each[1], each[2]) is not None)
            != expected(*each)
        ]
        assert wrong == []

    def test_every_function_follows_the_table(self, drafted, users, monkeypatch):
        """Role x state x hold x action, each tried on real rows and rolled back."""
        monkeypatch.setattr(checking, "check", lambda *_: None)  # the same 1008 times over
        confirm_all(drafted, users.other_translator)
        drafted.segments.filter(key="title").update(
            findings=[{"check": "x", "severity": "info", "message": "look"}]
        )
        Translation.objects.filter(pk=drafted.pk).update(submitted_by=users.other_translator)
        people = {
            Role.TRANSLATOR: users.translator,
            Role.EDITOR: users.editor,
            Role.ADMIN: users.admin,
            None: users.nobody,
        }
        wrong = [
            each
            for each in PRODUCT
            if _happens(drafted, each, people[each[0]], users) != expected(*each)
        ]
        assert wrong == []

    def test_an_inactive_editor_may_nothing(self, drafted, users):
        with pytest.raises(NotAllowed, match="no role"):
            workflow.claim(users.gone, key(drafted))

    @pytest.mark.parametrize(
        ("person", "action", "why"),
        [
            ("nobody", "claim", "no role"),
            ("translator", "withdraw", "not for the role translator"),
            ("editor", "approve", "not while the translation is drafted"),
        ],
    )
    def test_a_refusal_says_what_is_in_the_way(self, drafted, users, person, action, why):
        with pytest.raises(NotAllowed, match=why):
            permissions.require(getattr(users, person), Action(action), drafted, timezone.now())


def _happens(drafted, each, person, users):
    """Whether a combination is carried out; other refusals than the table's are failures."""
    _, state, hold, action = each
    holder = {Hold.FREE: None, Hold.OWN: person, Hold.OTHER: users.other_editor}[hold]
    until = None if holder is None else timezone.now() + timedelta(minutes=5)
    with transaction.atomic():
        Translation.objects.filter(pk=drafted.pk).update(
            state=state, claimed_by=holder, claimed_until=until, version=7
        )
        try:
            _do(action, person, drafted)
        except NotAllowed:
            return False
        finally:
            transaction.set_rollback(True)
    return True


def _do(action, person, drafted):
    title = drafted.segments.get(key="title")
    on = (person, str(drafted.pk), 7)
    at = (person, title.pk, title.version)
    finding = checking.judged(title)[0].id
    {
        Action.CLAIM: lambda: workflow.claim(*on),
        Action.TAKE_OVER: lambda: workflow.take_over(*on),
        Action.RELEASE: lambda: workflow.release(*on),
        Action.EDIT: lambda: workflow.save_segment(*at, "Another headline"),
        Action.CONFIRM: lambda: workflow.confirm_segment(*at),
        Action.DISMISS: lambda: workflow.dismiss_finding(*at, finding, "seen"),
        Action.REDRAFT: lambda: workflow.redraft(*on),
        Action.SUBMIT: lambda: workflow.submit(*on),
        Action.APPROVE: lambda: workflow.approve(*on),
        Action.REJECT: lambda: workflow.reject(*on, reason="term"),
        Action.REOPEN: lambda: workflow.reopen(*on, "a wrong figure"),
        Action.WITHDRAW: lambda: workflow.withdraw(*on, "not ours"),
    }[action]()


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


def outcome(text, status):
    start = max(text.find("battery cabinet"), 0)
    return TermOutcome(
        "energy/电池柜", "电池柜", "battery cabinet", 5, 8, status, start, start + 15
    )


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
