from dataclasses import replace

import pytest
from desk_steps import approve_all, confirm_all, reopen, submit_all
from desk_visits import SCRIPT, decide, editor_of, save, visitor
from django.urls import reverse
from django.utils.translation import override

from yibao.desk import house, store, workflow
from yibao.desk.models import SegmentState, TranslationState
from yibao.desk.pages.worksheet import worksheet
from yibao.desk.workflow import checking
from yibao.glossary import outcomes

pytestmark = pytest.mark.django_db


@pytest.fixture
def segment(drafted):
    return drafted.segments.get(key="title")


@pytest.fixture
def glossed(drafted, newsroom):
    """The translation with two house terms in force."""
    rows = (
        "zh,en,forbidden_en,note",
        "储能电站,energy storage station,power bank,no hyphen",
        "工厂,plant,,",
    )
    (newsroom.glossaries / "energy.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    text = newsroom.newsroom.read_text(encoding="utf-8")
    newsroom.newsroom.write_text(
        text.replace("glossaries: []", "glossaries: [energy]"), encoding="utf-8"
    )
    return drafted


def shown(translation, person, key):
    """The row of a segment as the page would show it."""
    rows = worksheet(translation, person).rows
    return next(row for row in rows if row.segment.key == key)


class TestPage:
    def test_it_shows_source_and_translation_in_their_languages(self, drafted, users, segment):
        page = visitor(users.translator).get(editor_of(drafted)).content.decode()
        assert f'lang="zh-Hans">{segment.source}' in page
        assert f">{segment.text}</textarea>" in page

    def test_blocks_are_told_apart(self, drafted, users):
        work = worksheet(drafted, users.translator)
        kinds = [group.kind for group in work.groups]
        assert kinds == ["title", "summary", "paragraph", "heading", "figure", "table", "paragraph"]
        table = work.groups[5]
        assert table.header
        assert table.table[1] == ("电池柜", "120")
        with override("en"):
            assert table.rows[2].place == "Row 2, column 1"

    def test_a_colleague_reads_but_does_not_write(self, drafted, users):
        workflow.claim(users.translator, drafted.pk)
        answer = visitor(users.other_translator).get(editor_of(drafted))
        page = answer.content.decode()
        assert page.count(" readonly>") == drafted.segments.count()
        assert "You can read, but not write." in page

    def test_nothing_of_it_is_kept_by_caches(self, drafted, users):
        answer = visitor(users.translator).get(editor_of(drafted))
        assert "no-store" in answer["Cache-Control"]

    def test_markup_in_texts_stays_text(self, drafted, users, segment):
        text = '<script>alert(1)</script><b hx-get="/x">'
        client = visitor(users.translator)
        answer = save(client, segment, text, **SCRIPT)
        assert "<script>" not in answer.content.decode()
        for place in ("editor", "preview", "history"):
            page = client.get(reverse(f"desk:{place}", args=[drafted.pk])).content.decode()
            assert "<script>alert" not in page
            assert "<b hx-get" not in page

    def test_an_unknown_translation_is_404(self, users):
        address = "/desk/00000000-0000-0000-0000-000000000000/"
        assert visitor(users.translator).get(address).status_code == 404

    def test_the_page_speaks_chinese(self, drafted, users):
        page = visitor(users.translator, language="zh-hans").get(editor_of(drafted))
        assert "机器初稿" in page.content.decode()
        assert "Machine draft" not in page.content.decode()

    def test_errors_and_warnings_are_counted_and_linked(self, drafted, users, segment):
        saved = workflow.save_segment(users.translator, segment.pk, segment.version, "Opens (now")
        work = worksheet(drafted, users.translator)
        assert (work.errors, work.warnings) == (
            sum(each.blocks for each in checking.judged(saved)),
            sum(each.finding.severity == "warning" for each in checking.judged(saved)),
        )
        assert work.warnings
        assert work.first_warning == "s-title"
        page = visitor(users.translator).get(editor_of(drafted)).content.decode()
        assert f'href="#s-title">Warnings: {work.warnings}' in page

    def test_a_submitted_text_says_why_it_is_only_read(self, drafted, users):
        submit_all(drafted, users.translator)
        page = visitor(users.translator).get(editor_of(drafted)).content.decode()
        assert "it waits for an editor" in page
        page = visitor(users.editor).get(editor_of(drafted)).content.decode()
        assert "it waits for an editor" not in page

    def test_it_names_who_confirmed_a_text_of_the_machine(self, drafted, users):
        submit_all(drafted, users.translator)
        page = visitor(users.editor).get(editor_of(drafted)).content.decode()
        assert f"confirmed by {users.translator.display_name}" in page


class TestCorrections:
    def test_the_panel_compares_with_the_text_that_was_approved(self, drafted, users):
        approve_all(drafted, users)
        reopen(drafted, users)
        title, approved = drafted.segments.get(key="title"), ""
        for text in (f"{title.text} today", f"{title.text} at last"):
            approved = approved or title.text
            saved = workflow.save_segment(users.editor, title.pk, title.version, text)
            title.version = saved.version
        row = shown(drafted, users.editor, "title")
        assert "".join(each.text for each in row.correction if each.op != "insert") == approved
        assert "".join(each.text for each in row.correction if each.op != "delete") == text
        assert shown(drafted, users.editor, "summary").correction == ()
        page = visitor(users.editor).get(editor_of(drafted)).content.decode()
        assert page.count("changed since the approval") == 1
        workflow.save_segment(users.editor, title.pk, title.version, approved)
        assert shown(drafted, users.editor, "title").correction == ()

    def test_before_the_first_approval_there_is_nothing_to_compare(self, drafted, users, segment):
        workflow.save_segment(users.translator, segment.pk, segment.version, "Opens")
        assert shown(drafted, users.translator, "title").correction == ()


class TestTerms:
    def test_terms_are_marked_once_each_with_their_key(self, glossed, users):
        segment = glossed.segments.get(key="b001.s01")
        workflow.save_segment(users.translator, segment.pk, segment.version, "A station.")
        row = shown(glossed, users.translator, "b001.s01")
        with override("en"):
            (term,) = row.terms
        assert (term.number, term.source, term.target) == (1, "储能电站", "energy storage station")
        assert term.status == "missed"
        assert term.hint == "no hyphen · never: power bank"
        assert "".join(part.text for part in row.source_parts) == row.source

    def test_a_term_twice_has_one_key_and_is_missing_if_once_it_is(self, glossed, users):
        glossary = house.glossary(("energy",))
        kept, again = outcomes("工厂与工厂", "a plant", glossary, ("zh", "en"), "missed")
        segment = glossed.segments.get(key="title")
        segment.source = "工厂与工厂"
        segment.terms = [kept.to_record(), replace(again, status="missed").to_record()]
        segment.save()
        row = shown(glossed, users.translator, "title")
        (term,) = row.terms
        assert (term.number, term.status) == (1, "missed")
        assert [part.text for part in row.source_parts] == ["工厂", "与", "工厂"]

    def test_a_broken_glossary_does_not_keep_the_page_away(self, glossed, users, newsroom):
        (newsroom.glossaries / "energy.csv").write_text("zh,en\n,,,\n", encoding="utf-8")
        assert visitor(users.translator).get(editor_of(glossed)).status_code == 200


class TestSaving:
    def test_a_form_leads_back_to_its_segment(self, drafted, users, segment):
        answer = save(visitor(users.translator), segment, "Station opens")
        assert answer.status_code == 302
        assert answer["Location"] == f"{editor_of(drafted)}#s-title"
        segment.refresh_from_db()
        assert (segment.text, segment.state) == ("Station opens", SegmentState.EDITED)
        assert segment.edited_by == users.translator

    def test_the_script_gets_the_row_as_it_stands(self, users, segment):
        answer = save(visitor(users.translator), segment, "Station opens", **SCRIPT)
        segment.refresh_from_db()
        assert answer.status_code == 200
        assert f'data-version="{segment.version}"' in answer.content.decode()
        assert "<html" not in answer.content.decode()

    def test_confirming_goes_on_to_the_next_open_segment(self, drafted, users, segment):
        answer = save(visitor(users.translator), segment, "Station opens", action="confirm")
        assert answer["Location"].endswith("#s-summary")
        segment.refresh_from_db()
        assert segment.state == SegmentState.CONFIRMED

    def test_the_draft_and_the_source_come_back_by_button(self, users, segment):
        client, draft = visitor(users.translator), segment.text
        for action, expected in (("source", segment.source), ("machine", draft)):
            segment.refresh_from_db()
            save(client, segment, "ignored", action=action)
            segment.refresh_from_db()
            assert segment.text == expected

    def test_the_row_shows_what_was_changed_in_the_draft(self, drafted, users, segment):
        draft = segment.text
        save(visitor(users.translator), segment, draft.replace("New", "A new"))
        changes = shown(drafted, users.translator, "title").changes
        assert "".join(each.text for each in changes if each.op != "insert") == draft
        assert {each.op for each in changes} == {"equal", "insert", "delete"}

    def test_a_stale_version_is_409_with_both_texts_and_changes_nothing(self, users, segment):
        workflow.save_segment(users.translator, segment.pk, segment.version, "Theirs")
        answer = save(visitor(users.translator), segment, "Mine")
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Theirs" in page
        assert ">Mine</textarea>" in page
        segment.refresh_from_db()
        assert segment.text == "Theirs"
        assert f'name="version" value="{segment.version}"' in page

    def test_the_script_gets_the_conflict_as_a_row(self, users, segment):
        workflow.save_segment(users.translator, segment.pk, segment.version, "Theirs")
        answer = save(visitor(users.translator), segment, "Mine", **SCRIPT)
        assert answer.status_code == 409
        assert "Nothing was overwritten." in answer.content.decode()

    def test_a_segment_that_is_gone_is_404_with_the_text_given_back(
        self, drafted, users, segment, article
    ):
        segment.retired = drafted.created
        segment.save()
        answer = save(visitor(users.translator), segment, "An hour of work")
        assert answer.status_code == 404
        assert "An hour of work" in answer.content.decode()
        missing = visitor(users.translator).post("/desk/segments/999999/", {"text": "x"})
        assert missing.status_code == 404

    @pytest.mark.parametrize("sent", [{}, {"version": "x", "action": "save"}, {"version": 1}])
    def test_half_a_form_is_422(self, users, segment, sent):
        address = reverse("desk:segment", args=[segment.pk])
        assert visitor(users.translator).post(address, sent).status_code == 422

    def test_a_text_beyond_measure_is_refused_in_words(self, users, segment):
        answer = save(visitor(users.translator), segment, "x" * 20_001, **SCRIPT)
        assert answer.status_code == 403
        assert "The text is too long" in answer.content.decode()

    def test_only_post_changes_anything(self, users, segment):
        address = reverse("desk:segment", args=[segment.pk])
        assert visitor(users.translator).get(address).status_code == 405


class TestFindings:
    @pytest.fixture
    def flawed(self, drafted, users):
        """A segment whose number is ten times too small."""
        segment = drafted.segments.get(source="电站总投资3.5亿元。")
        return workflow.save_segment(
            users.translator, segment.pk, segment.version, "It costs 35 million yuan."
        )

    def dismiss(self, person, segment, **sent):
        (error,) = [each for each in checking.judged(segment) if each.blocks]
        address = reverse("desk:dismiss", args=[segment.pk])
        form = {"version": segment.version, "finding": error.id, "reason": "", **sent}
        return visitor(person).post(address, form, **SCRIPT)

    def test_an_error_is_shown_and_counted(self, drafted, flawed, users):
        work = worksheet(drafted, users.translator)
        assert work.errors == 1
        answer = visitor(users.translator).get(editor_of(drafted))
        assert 'class="error"' in answer.content.decode()

    def test_findings_speak_chinese(self, drafted, flawed, users):
        page = visitor(users.translator, language="zh-hans").get(editor_of(drafted))
        assert "变成了" in page.content.decode()

    def test_it_is_dismissed_with_a_reason(self, drafted, flawed, users):
        answer = self.dismiss(users.translator, flawed, reason="the source corrected itself")
        assert answer.status_code == 200
        assert "Dismissed: the source corrected itself" in answer.content.decode()
        assert worksheet(drafted, users.translator).errors == 0

    def test_without_a_reason_it_is_422_and_stays(self, drafted, flawed, users):
        answer = self.dismiss(users.translator, flawed, reason=" ")
        assert answer.status_code == 422
        assert "Say why" in answer.content.decode()
        assert worksheet(drafted, users.translator).errors == 1

    def test_on_an_older_text_it_is_409(self, flawed, users):
        assert self.dismiss(users.translator, flawed, reason="x", version=1).status_code == 409

    def test_a_finding_that_is_not_there_is_404(self, flawed, users):
        answer = self.dismiss(users.translator, flawed, reason="x", finding="0" * 12)
        assert answer.status_code == 404


class TestFindingsOfAKind:
    @pytest.fixture
    def flawed(self, drafted, users):
        """A segment that lost all its figures."""
        segment = drafted.segments.get(source="电站总投资3.5亿元。")
        segment.source = "9月投资3.5亿元，35台机组，48个班组。"
        segment.save()
        return workflow.save_segment(
            users.translator, segment.pk, segment.version, "All of it was invested."
        )

    def test_they_are_one_line_in_both_languages(self, drafted, flawed, users):
        for language, line in (
            ("en", "Not in the translation: 9月, 3.5亿元, 35, 48"),
            ("zh-hans", "译文中没有：9月、3.5亿元、35、48"),
        ):
            with override(language):
                findings = shown(drafted, users.translator, flawed.key).findings
            assert [each.message for each in findings if len(each.keys) > 1] == [line]

    def test_one_reason_dismisses_them_all(self, drafted, flawed, users):
        (line,) = shown(drafted, users.translator, flawed.key).findings
        sent = {"version": flawed.version, "finding": line.keys, "reason": "told elsewhere"}
        address = reverse("desk:dismiss", args=[flawed.pk])
        answer = visitor(users.translator).post(address, sent, **SCRIPT)
        assert answer.status_code == 200
        row = shown(drafted, users.translator, flawed.key)
        assert row.errors == 0
        (line,) = row.findings
        assert (line.dismissed, line.reason, len(line.keys)) == (True, "told elsewhere", 4)

    def test_or_none_if_one_of_them_is_not_there(self, drafted, flawed, users):
        (line,) = shown(drafted, users.translator, flawed.key).findings
        sent = {"version": flawed.version, "finding": [*line.keys, "0" * 12], "reason": "x"}
        address = reverse("desk:dismiss", args=[flawed.pk])
        assert visitor(users.translator).post(address, sent).status_code == 404
        assert shown(drafted, users.translator, flawed.key).errors == 4

    def test_a_dismissed_term_does_not_apply(self, glossed, users):
        segment = glossed.segments.get(key="b001.s01")
        segment = workflow.save_segment(users.translator, segment.pk, segment.version, "A station.")
        for each in checking.judged(segment):
            segment = workflow.dismiss_finding(
                users.translator, segment.pk, segment.version, each.id, "a name"
            )
        (term,) = shown(glossed, users.translator, "b001.s01").terms
        assert term.status == "waived"


class TestDecisions:
    def test_claiming_shows_the_holder_to_others(self, drafted, users):
        answer = decide(visitor(users.translator), drafted, "claim")
        assert answer["Location"] == editor_of(drafted)
        drafted.refresh_from_db()
        assert drafted.claimed_by == users.translator

    def test_submitting_with_open_segments_names_them(self, drafted, users):
        workflow.claim(users.translator, drafted.pk)
        answer = decide(visitor(users.translator), drafted, "submit")
        page = answer.content.decode()
        assert answer.status_code == 403
        assert "Segments that are not confirmed yet: 11." in page
        assert 'href="#s-title"' in page

    def test_the_refusal_speaks_chinese(self, drafted, users):
        workflow.claim(users.translator, drafted.pk)
        answer = decide(visitor(users.translator, language="zh-hans"), drafted, "submit")
        assert "还有11个句段没有确认" in answer.content.decode()

    def test_a_decision_on_an_older_state_is_409_and_keeps_what_was_written(self, drafted, users):
        submit_all(drafted, users.translator)
        sent = {"version": 1, "reason": "style", "text": "Shorter sentences"}
        address = reverse("desk:decide", args=[drafted.pk, "reject"])
        answer = visitor(users.editor).post(address, sent)
        assert answer.status_code == 409
        assert "Shorter sentences" in answer.content.decode()

    def test_submit_return_and_approve(self, drafted, users):
        client, editor = visitor(users.translator), visitor(users.editor)
        decide(client, drafted, "claim")
        confirm_all(drafted, users.translator)
        assert decide(client, drafted, "submit")["Location"] == "/desk/"
        sent = {"reason": "term", "text": "Use the house's term.", "numbers": "1、3"}
        assert decide(editor, drafted, "reject", **sent).status_code == 302
        reopened = drafted.segments.filter(state=SegmentState.REOPENED)
        assert sorted(reopened.values_list("key", flat=True)) == ["b001.s01", "title"]
        page = client.get(editor_of(drafted)).content.decode()
        assert "Returned by Ellen: wrong term." in page
        assert "Use the house&#x27;s term." in page
        confirm_all(drafted, users.translator)
        decide(client, drafted, "submit")
        assert decide(editor, drafted, "approve").status_code == 302
        drafted.refresh_from_db()
        assert drafted.state == TranslationState.APPROVED

    @pytest.mark.parametrize("numbers", ["one", "1; DROP", "-3"])
    def test_numbers_of_segments_are_numbers(self, drafted, users, numbers):
        submit_all(drafted, users.translator)
        sent = {"reason": "term", "text": "x", "numbers": numbers}
        assert decide(visitor(users.editor), drafted, "reject", **sent).status_code == 422

    def test_a_segment_number_beyond_the_last_is_refused(self, drafted, users):
        submit_all(drafted, users.translator)
        sent = {"reason": "term", "text": "x", "numbers": "99"}
        answer = decide(visitor(users.editor), drafted, "reject", **sent)
        assert answer.status_code == 422
        assert "There are only 11 segments." in answer.content.decode()
        drafted.refresh_from_db()
        assert drafted.state == TranslationState.READY

    def test_a_return_has_no_reason_before_the_editor_chose_one(self, drafted, users):
        submit_all(drafted, users.translator)
        client = visitor(users.editor)
        page = client.get(editor_of(drafted)).content.decode()
        assert '<option value="" selected>Choose a reason</option>' in page
        assert decide(client, drafted, "reject", reason="", text="x").status_code == 422

    def test_a_return_without_words_is_422_and_the_form_stays_open(self, drafted, users):
        submit_all(drafted, users.translator)
        answer = decide(visitor(users.editor), drafted, "reject", reason="style")
        assert answer.status_code == 422
        assert '<details class="menu" name="decisions" open>' in answer.content.decode()

    def test_nobody_is_offered_to_approve_their_own_work(self, drafted, users):
        submit_all(drafted, users.editor)
        page = visitor(users.editor).get(editor_of(drafted)).content.decode()
        assert "another editor has to approve it" in page
        assert "/approve/" not in page
        answer = decide(visitor(users.editor), drafted, "approve")
        assert answer.status_code == 403
        assert "Nobody approves their own work." in answer.content.decode()

    def test_under_warn_the_override_asks_why(self, drafted, users, newsroom):
        with newsroom.newsroom.open("a", encoding="utf-8") as file:
            file.write("review: {approval: warn}\n")
        submit_all(drafted, users.editor)
        client = visitor(users.editor)
        assert decide(client, drafted, "approve").status_code == 422
        assert decide(client, drafted, "approve", override="Night shift").status_code == 302
        page = client.get(reverse("desk:history", args=[drafted.pk])).content.decode()
        assert "Night shift" in page

    def test_correcting_and_withdrawing_ask_for_words(self, drafted, users):
        submit_all(drafted, users.translator)
        client = visitor(users.editor)
        decide(client, drafted, "approve")
        assert decide(client, drafted, "reopen").status_code == 422
        assert decide(client, drafted, "reopen", text="A wrong figure")["Location"] == editor_of(
            drafted
        )
        assert "A wrong figure" in client.get(editor_of(drafted)).content.decode()
        assert decide(client, drafted, "withdraw").status_code == 422
        assert decide(client, drafted, "withdraw", text="Source withdrew it").status_code == 302
        drafted.refresh_from_db()
        assert drafted.state == TranslationState.WITHDRAWN

    def test_a_correction_asks_for_its_note(self, drafted, users):
        submit_all(drafted, users.translator)
        client = visitor(users.editor)
        decide(client, drafted, "approve")
        decide(client, drafted, "reopen", text="A wrong figure")
        title = drafted.segments.get(key="title")
        workflow.confirm_segment(users.translator, title.pk, title.version, "Corrected")
        submit_all(drafted, users.translator)
        answer = decide(client, drafted, "approve")
        assert answer.status_code == 422
        assert "What was corrected" in answer.content.decode()
        assert "write it in English" in answer.content.decode()
        assert decide(client, drafted, "approve", note="3.5, not 35").status_code == 302
        assert drafted.approvals.latest("number").note == "3.5, not 35"

    def test_a_text_that_comes_back_asks_why(self, drafted, users):
        approve_all(drafted, users)
        editor = visitor(users.editor)
        decide(editor, drafted, "withdraw", text="A name has to be asked for")
        decide(editor, drafted, "reopen", text="The name is right")
        drafted.refresh_from_db()
        submit_all(drafted, users.translator)
        page = editor.get(editor_of(drafted)).content.decode()
        assert "Why the text is back" in page
        assert "What was corrected" not in page
        chinese = visitor(users.editor, language="zh-hans").get(editor_of(drafted))
        assert "恢复发布的说明" in chinese.content.decode()
        assert "请用译文语言（English）填写" in chinese.content.decode()

    def test_a_sign_of_life_renews_the_claim_and_only_ones_own(self, drafted, users):
        workflow.claim(users.translator, drafted.pk)
        address = reverse("desk:renew", args=[drafted.pk])
        assert visitor(users.translator).post(address).status_code == 204
        assert visitor(users.other_translator).post(address, **SCRIPT).status_code == 403

    def test_an_unknown_decision_has_no_address(self, drafted, users):
        address = editor_of(drafted) + "edit/"
        assert visitor(users.admin).post(address).status_code == 404


class TestSourceChanges:
    def test_the_row_says_why_it_is_open_and_what_changed(self, drafted, users, article):
        blocks = list(article.zh.blocks)
        blocks[1] = replace(blocks[1], text="为周边工厂供电")
        store.save_article(replace(article.zh, blocks=tuple(blocks)), source="jiangnan", pages=())
        store.request_translation(str(drafted.article_id), "en")
        drafted.refresh_from_db()
        row = shown(drafted, users.translator, "b002")
        assert row.former_source == "为工厂供电"
        assert "周边" in [each.text for each in row.source_changes if each.op == "insert"]
