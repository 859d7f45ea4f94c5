"""The editor page as a translator's hands meet it."""

import re
import time

import pytest
from desk_steps import confirm_all, submit_all
from playwright.sync_api import expect

from yibao.desk import workflow
from yibao.desk.models import SegmentState, TranslationState

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GLOSSARY = "zh,en\n储能电站,energy storage station\n"


@pytest.fixture
def editor(open_desk, drafted, users, live_server):
    """The translator's page of the drafted translation, the headline's field focused."""
    page = open_desk(users.translator)
    page.goto(f"{live_server.url}/desk/{drafted.pk}/")
    return page


def field(page, number):
    return page.get_by_label(f"Translation of segment {number}", exact=True)


def row(page, number):
    return page.get_by_label(f"Segment {number}", exact=True)


def saved(page):
    return expect(page.get_by_role("status")).to_contain_text(re.compile(r"^Saved"))


def stored(drafted, number=1):
    return drafted.segments.current()[number - 1]


class TestSaving:
    def test_a_pause_saves_and_leaves_caret_and_undo_alone(self, editor, drafted):
        before = field(editor, 1).input_value()
        field(editor, 1).press("Home")
        field(editor, 1).press_sequentially("Now: ")
        saved(editor)
        assert stored(drafted).text == f"Now: {before}"
        assert field(editor, 1).evaluate("f => f.selectionStart") == len("Now: ")
        field(editor, 1).press("Control+z")
        expect(field(editor, 1)).not_to_have_value(f"Now: {before}")

    def test_leaving_the_field_saves_at_once(self, editor, drafted):
        field(editor, 1).fill("Storage station opens")
        field(editor, 2).focus()
        saved(editor)
        assert stored(drafted).text == "Storage station opens"

    def test_typing_on_while_a_save_is_under_way_is_no_conflict_with_oneself(self, editor, drafted):
        for text in ("One", "One two", "One two three"):
            field(editor, 1).fill(text)
            editor.evaluate("document.activeElement.dispatchEvent(new Event('blur'))")
        field(editor, 2).focus()
        saved(editor)
        expect(row(editor, 1).get_by_text("Nothing was overwritten")).to_have_count(0)
        assert stored(drafted).text == "One two three"

    def test_a_lost_connection_keeps_the_text_and_sends_it_later(self, editor, drafted):
        editor.context.set_offline(True)
        field(editor, 1).fill("Written under ground")
        field(editor, 2).focus()
        expect(editor.get_by_text("The desk cannot be reached.")).to_be_visible()
        editor.context.set_offline(False)
        saved(editor)
        expect(editor.get_by_text("The desk cannot be reached.")).to_be_hidden()
        assert stored(drafted).text == "Written under ground"

    def test_an_ended_session_loses_nothing(self, editor, drafted, users):
        from django.contrib.sessions.models import Session

        Session.objects.all().delete()
        field(editor, 1).fill("Typed after the session ended")
        editor.get_by_role("link", name="Sign in and go on").click()
        editor.get_by_label("Username").fill(users.translator.username)
        editor.get_by_label("Password").fill(f"{users.translator.username}-Wire-26")
        editor.get_by_role("button", name="Sign in").click()
        expect(field(editor, 1)).to_have_value("Typed after the session ended")
        saved(editor)
        assert stored(drafted).text == "Typed after the session ended"

    def test_a_kept_text_of_an_older_version_is_offered_not_imposed(self, editor, drafted, users):
        segment = stored(drafted)
        copy = '{"text": "Mine of yesterday", "version": "0", "at": "17:00"}'
        key = f"yibao/{users.translator.pk}/{segment.pk}"
        editor.evaluate("([key, copy]) => localStorage.setItem(key, copy)", [key, copy])
        editor.reload()
        expect(field(editor, 1)).to_have_value(segment.text)
        row(editor, 1).get_by_role("button", name="Use this text").click()
        saved(editor)
        assert stored(drafted).text == "Mine of yesterday"


class TestKeys:
    def test_control_enter_confirms_and_goes_to_the_next_open_segment(self, editor, drafted):
        field(editor, 1).fill("Storage station opens")
        field(editor, 1).press("Control+Enter")
        expect(field(editor, 2)).to_be_focused()
        expect(editor.get_by_text(f"1 of {drafted.segments.count()} confirmed")).to_be_visible()
        assert stored(drafted).text == "Storage station opens"
        assert stored(drafted).state == SegmentState.CONFIRMED

    def test_what_is_typed_while_a_confirmation_is_under_way_is_the_next_segments(
        self, editor, drafted
    ):
        editor.route("**/segments/*/", lambda route: (time.sleep(0.5), route.continue_()))
        field(editor, 1).fill("Storage station opens")
        field(editor, 1).press("Control+Enter")
        editor.keyboard.press("End")
        editor.keyboard.type(" today")
        expect(editor.locator(".row.dirty")).to_have_count(0)
        assert stored(drafted).text == "Storage station opens"
        assert stored(drafted).state == SegmentState.CONFIRMED
        assert stored(drafted, 2).text.endswith(" today")

    def test_a_refused_confirmation_leads_back(self, editor):
        field(editor, 1).fill("")
        field(editor, 1).press("Control+Enter")
        expect(row(editor, 1).get_by_text("An empty text cannot be confirmed.")).to_be_visible()
        expect(field(editor, 1)).to_be_focused()
        field(editor, 1).fill("Storage station opens")
        saved(editor)
        expect(row(editor, 1).get_by_role("alert").first).to_be_hidden()

    def test_a_confirmation_without_connection_is_made_up_for(self, editor, drafted):
        editor.context.set_offline(True)
        field(editor, 1).fill("Written under ground")
        field(editor, 1).press("Control+Enter")
        expect(editor.get_by_text("The desk cannot be reached.")).to_be_visible()
        editor.context.set_offline(False)
        expect(editor.get_by_text(f"1 of {drafted.segments.count()} confirmed")).to_be_visible()
        assert stored(drafted).text == "Written under ground"

    def test_alt_and_arrows_move(self, editor):
        field(editor, 1).press("Alt+ArrowDown")
        expect(field(editor, 2)).to_be_focused()
        field(editor, 2).press("Alt+ArrowUp")
        expect(field(editor, 1)).to_be_focused()

    def test_plain_enter_confirms_nothing(self, editor, drafted):
        field(editor, 1).press("Enter")
        expect(field(editor, 1)).to_be_focused()
        assert stored(drafted).state == SegmentState.DRAFT

    def test_the_draft_and_the_source_come_by_key_and_go_by_undo(self, editor, drafted):
        draft = field(editor, 1).input_value()
        field(editor, 1).press("Alt+KeyO")
        expect(field(editor, 1)).to_have_value(stored(drafted).source)
        field(editor, 1).press("Control+z")
        expect(field(editor, 1)).to_have_value(draft)
        field(editor, 1).fill("Other")
        field(editor, 1).press("Alt+KeyM")
        expect(field(editor, 1)).to_have_value(draft)

    def test_the_key_map_opens_and_closes(self, editor):
        field(editor, 1).press("Alt+Slash")
        expect(editor.get_by_role("dialog", name="Keys")).to_be_visible()
        editor.keyboard.press("Escape")
        expect(editor.get_by_role("dialog", name="Keys")).to_be_hidden()

    def test_composing_swallows_every_key(self, editor, drafted):
        field(editor, 1).fill("")
        typist = editor.context.new_cdp_session(editor)
        typist.send(
            "Input.imeSetComposition",
            {"text": "zhongguo", "selectionStart": 8, "selectionEnd": 8},
        )
        editor.evaluate(
            """() => document.activeElement.dispatchEvent(new KeyboardEvent("keydown",
              {key: "Enter", ctrlKey: true, isComposing: true, bubbles: true}))"""
        )
        editor.wait_for_timeout(1800)
        assert "zhongguo" not in stored(drafted).text
        assert stored(drafted).state != SegmentState.CONFIRMED
        typist.send("Input.insertText", {"text": "中国"})
        field(editor, 1).press("Control+Enter")
        expect(editor.get_by_text(f"1 of {drafted.segments.count()} confirmed")).to_be_visible()
        assert stored(drafted).text == "中国"
        assert stored(drafted).state == SegmentState.CONFIRMED


class TestTerms:
    @pytest.fixture
    def glossed(self, drafted, newsroom, users, open_desk, live_server):
        """The page, with the house's term for the headline's subject in force."""
        (newsroom.glossaries / "energy.csv").write_text(GLOSSARY, encoding="utf-8")
        text = newsroom.newsroom.read_text(encoding="utf-8")
        newsroom.newsroom.write_text(
            text.replace("glossaries: []", "glossaries: [energy]"), encoding="utf-8"
        )
        page = open_desk(users.translator)
        page.goto(f"{live_server.url}/desk/{drafted.pk}/")
        field(page, 1).fill("Jiangnan opens a")
        field(page, 2).focus()
        saved(page)
        field(page, 1).focus()
        return page

    def test_a_missing_term_is_shown_and_inserted_by_its_key(self, glossed):
        expect(row(glossed, 1).locator("mark.missed")).to_have_text(re.compile("储能电站"))
        expect(row(glossed, 1).get_by_text("“储能电站” should be")).to_be_visible()
        field(glossed, 1).press("End")
        field(glossed, 1).press("Alt+Digit1")
        expect(field(glossed, 1)).to_have_value("Jiangnan opens a energy storage station")
        field(glossed, 1).press("Control+z")
        expect(field(glossed, 1)).to_have_value("Jiangnan opens a")

    def test_a_click_on_the_source_inserts_it_too_and_the_caret_stays(self, glossed):
        field(glossed, 1).press("Home")
        row(glossed, 1).locator("mark").click()
        expect(field(glossed, 1)).to_be_focused()
        expect(field(glossed, 1)).to_have_value("energy storage station Jiangnan opens a")
        saved(glossed)
        expect(row(glossed, 1).locator("mark.kept")).to_be_visible()


class TestFindings:
    def test_a_finding_is_dismissed_with_a_reason_from_the_keyboard(self, editor, drafted):
        field(editor, 4).fill("It costs 35 million yuan.")
        field(editor, 4).press("Alt+KeyO")
        saved(editor)
        expect(row(editor, 4).get_by_text("This is not translated.")).to_be_visible()
        field(editor, 4).press("Alt+KeyW")
        editor.keyboard.type("A proper name")
        editor.keyboard.press("Enter")
        expect(row(editor, 4).get_by_text("Dismissed: A proper name").first).to_be_visible()

    def test_a_save_does_not_take_the_reason_away_from_under_the_hands(self, editor, drafted):
        field(editor, 4).press("Alt+KeyO")
        saved(editor)
        field(editor, 4).press("End")
        field(editor, 4).press_sequentially(" 350 million")
        with editor.expect_response(re.compile("/segments/")):
            field(editor, 4).press("Alt+KeyW")
        editor.wait_for_timeout(200)
        editor.keyboard.type("Said twice")
        expect(row(editor, 4).get_by_label("Reason").first).to_have_value("Said twice")
        assert "Said" not in field(editor, 4).input_value()

    def test_dismissing_does_not_pass_off_unsaved_text_as_saved(self, editor, drafted):
        field(editor, 4).press("Alt+KeyO")
        saved(editor)
        field(editor, 4).press("Alt+KeyW")
        editor.keyboard.type("A proper name")
        field(editor, 4).evaluate("f => { f.value += '!'; f.dispatchEvent(new Event('input')); }")
        editor.keyboard.press("Enter")
        expect(editor.locator(".row.dirty")).to_have_count(0)
        assert stored(drafted, 4).text.endswith("!")


class TestConflict:
    @pytest.fixture
    def met(self, editor, drafted, users):
        """Both have written: the page shows the conflict."""
        segment = stored(drafted)
        workflow.save_segment(users.translator, segment.pk, segment.version, "From the other tab")
        field(editor, 1).fill("From this tab")
        field(editor, 2).focus()
        expect(row(editor, 1).get_by_text("Nothing was overwritten")).to_be_visible()
        expect(row(editor, 1).get_by_text("From the other tab")).to_be_visible()
        assert stored(drafted).text == "From the other tab"
        return editor

    def test_mine_can_be_saved_over_it(self, met, drafted):
        row(met, 1).get_by_role("button", name="Save mine over it").click()
        saved(met)
        assert stored(drafted).text == "From this tab"

    def test_theirs_can_be_taken(self, met, drafted):
        row(met, 1).get_by_role("button", name="Take the saved one").click()
        expect(field(met, 1)).to_have_value("From the other tab")
        field(met, 1).press("End")
        field(met, 1).press_sequentially("!")
        field(met, 2).focus()
        expect(met.locator(".row.dirty")).to_have_count(0)
        assert stored(drafted).text == "From the other tab!"


class TestDecisions:
    def test_one_submits_and_another_approves(self, editor, open_desk, drafted, users, live_server):
        confirm_all(drafted, users.translator)
        editor.reload()
        editor.get_by_role("button", name="Submit for approval").click()
        expect(editor.get_by_role("status")).to_contain_text("Submitted.")
        colleague = open_desk(users.editor)
        colleague.get_by_role("link", name=drafted.article.title).click()
        colleague.get_by_role("button", name="Approve").click()
        expect(colleague.get_by_role("status")).to_contain_text("Approved.")
        drafted.refresh_from_db()
        assert drafted.state == TranslationState.APPROVED

    def test_a_decision_after_saves_of_this_page_is_not_stale(self, editor, drafted, users):
        confirm_all(drafted, users.translator)
        editor.reload()
        field(editor, 1).fill("Storage station opens")
        field(editor, 1).press("Control+Enter")
        expect(editor.get_by_text("All segments are confirmed")).to_be_visible()
        editor.get_by_role("button", name="Submit for approval").click()
        expect(editor.get_by_role("status")).to_contain_text("Submitted.")

    def test_what_can_be_decided_follows_the_first_save(self, editor):
        expect(editor.locator("#standing")).to_have_text("Drafted")
        expect(editor.get_by_role("button", name="Submit for approval")).to_have_count(0)
        field(editor, 1).fill("Storage station opens")
        expect(editor.get_by_role("button", name="Submit for approval")).to_be_visible()
        expect(editor.locator("#standing")).to_have_text("In review")

    def test_a_decision_right_after_a_key_takes_the_text_along(self, editor, drafted, users):
        confirm_all(drafted, users.translator)
        editor.reload()
        field(editor, 1).fill("Storage station opens")
        editor.evaluate(
            """() => document.querySelector("form[action$='/submit/']").requestSubmit()"""
        )
        expect(editor.get_by_text("Segments that are not confirmed yet: 1.")).to_be_visible()
        assert stored(drafted).text == "Storage station opens"
        editor.reload()  # of the page, and not of the decision
        expect(editor.get_by_text("Segments that are not confirmed yet")).to_have_count(0)
        expect(field(editor, 1)).to_have_value("Storage station opens")

    def test_nothing_is_focused_in_a_text_that_waits_for_an_editor(
        self, open_desk, drafted, users, live_server
    ):
        submit_all(drafted, users.translator)
        page = open_desk(users.editor)
        page.goto(f"{live_server.url}/desk/{drafted.pk}/")
        expect(page.locator(".row.active")).to_have_count(1)
        page.keyboard.type("x")
        page.wait_for_timeout(1800)
        assert stored(drafted).edited_by != users.editor
        expect(page.get_by_role("button", name="Approve")).to_be_visible()

    def test_the_bar_counts_findings_and_leads_to_them(self, editor):
        field(editor, 4).press("Alt+KeyO")
        saved(editor)
        field(editor, 1).focus()
        editor.get_by_role("link", name=re.compile("^Errors: [12]$")).click()
        expect(field(editor, 4)).to_be_focused()

    def test_an_editor_returns_it_with_a_reason(self, open_desk, drafted, users, live_server):
        submit_all(drafted, users.translator)
        page = open_desk(users.editor)
        page.goto(f"{live_server.url}/desk/{drafted.pk}/")
        page.locator("summary", has_text="Return").click()
        page.get_by_label("Reason").select_option("term")
        page.get_by_label("What to do about it").fill("Use the house's term.")
        page.get_by_label("Segments to confirm again").fill("1")
        page.locator("details[open]").get_by_role("button", name="Return").click()
        expect(page.get_by_role("status")).to_contain_text("Returned to its translator.")
        assert stored(drafted).state == SegmentState.REOPENED


class TestWithoutScript:
    def test_a_segment_is_saved_and_confirmed_by_buttons(
        self, open_desk, drafted, users, live_server
    ):
        page = open_desk(users.translator, script=False)
        page.goto(f"{live_server.url}/desk/{drafted.pk}/")
        field(page, 1).fill("Plain and simple")
        row(page, 1).get_by_role("button", name="Save", exact=True).click()
        assert stored(drafted).text == "Plain and simple"
        row(page, 1).get_by_role("button", name="Confirm").click()
        assert page.url.endswith("#s-summary")
        assert stored(drafted).state == SegmentState.CONFIRMED


class TestLooks:
    @pytest.mark.parametrize("width", [1440, 390])
    def test_no_page_scrolls_sideways(self, editor, drafted, live_server, width):
        editor.set_viewport_size({"width": width, "height": 844})
        for path in ("", f"{drafted.pk}/", f"{drafted.pk}/preview/", f"{drafted.pk}/history/"):
            editor.goto(f"{live_server.url}/desk/{path}")
            beyond = editor.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert beyond <= 0, path

    def test_every_control_has_a_name(self, editor):
        nameless = editor.evaluate(
            """() => [...document.querySelectorAll("button, a, input:not([type=hidden]), select,"
              + " textarea, summary")]
              .filter((e) => !(e.textContent.trim() || e.getAttribute("aria-label")
                || e.labels?.length || e.querySelector("img[alt]")))
              .map((e) => e.outerHTML)"""
        )
        assert nameless == []

    def test_what_is_pressed_is_large_enough(self, editor):
        small = editor.evaluate(
            """() => [...document.querySelectorAll("button, select, summary, input, textarea")]
              .filter((e) => e.checkVisibility() && !e.closest("dialog"))
              .map((e) => [e.getBoundingClientRect(), e])
              .filter(([r, e]) => e.type !== "hidden" && e.type !== "checkbox"
                && (r.height < 24 || r.width < 24))
              .map(([r, e]) => `${r.width} x ${r.height} ${e.outerHTML.slice(0, 80)}`)"""
        )
        assert small == []
