import pickle

import pytest

from yibao.glossary import Glossary, Span, Term, forbidden, realised

TERMS = (
    ("人行", "People's Bank of China", {"pos": "name"}),
    ("人行道", "pavement", {}),
    ("人工智能", "artificial intelligence|AI", {}),
    ("智能制造", "smart manufacturing|intelligent manufacturing", {}),
    ("智能电网", "smart grid", {}),
    ("电网", "power grid", {}),
    ("铅蓄电池", "lead-acid battery|lead battery", {}),
    ("5G网络", "5G network", {}),
    ("工业4.0", "Industry 4.0", {}),
    ("杭州", "Hangzhou", {"pos": "name"}),
    ("商务部", "Ministry of Commerce", {}),
    ("一带一路", "the Belt and Road Initiative", {"pos": "name"}),
    ("推出", "launch|roll out", {"pos": "verb"}),
    ("规划", "plan", {"pos": "verb"}),
    ("开发者大会", "devcon", {"case": "exact"}),
    ("数字人民币", "e-CNY", {"case": "ignore"}),
)


def term(zh, en, *, glossary="house", bad="", **facts):
    forms = {
        language: tuple(forms.split("|")) for language, forms in (("zh", zh), ("en", en)) if forms
    }
    return Term(
        id=f"{glossary}/{zh or en.partition('|')[0]}",
        glossary=glossary,
        domain=glossary,
        forms=forms,
        forbidden={"en": tuple(bad.split("|"))} if bad else {},
        **facts,
    )


HOUSE = Glossary(
    (
        *(term(zh, en, **facts) for zh, en, facts in TERMS),
        term("", "OPC UA|OPC Unified", do_not_translate=True, pos="name"),
    )
)


def found(text, source="en", glossary=HOUSE):
    target = "zh" if source == "en" else "en"
    return [text[each.start : each.end] for each in glossary.matcher(source, target).find(text)]


class TestFinding:
    def test_of_overlapping_terms_the_longer_is_taken(self):
        assert found("人行道旁的人行", "zh") == ["人行道", "人行"]
        assert found("智能电网与电网", "zh") == ["智能电网", "电网"]

    def test_of_overlapping_terms_the_one_that_begins_first_is_taken(self):
        terms = Glossary((term("工业互联", "a-b"), term("互联网平台", "c-d")))
        assert found("工业互联网平台", "zh", terms) == ["工业互联"]

    def test_a_longer_term_that_a_boundary_refuses_does_not_hide_a_shorter(self):
        terms = Glossary((term("智能", "smart"), term("电网", "smart grid")))
        assert found("smart gridlock", glossary=terms) == ["smart"]

    @pytest.mark.parametrize("text", ["AIR", "FAIR", "AI2", "2AI", "AI_x", "ai", "Ai", "AIS"])
    def test_a_short_acronym_is_exact_and_no_part_of_a_word(self, text):
        assert found(text) == []

    @pytest.mark.parametrize("text", ["AI", "AI-led", "(AI)", "the AI's", "AIs", "用AI写稿", "AI."])
    def test_a_short_acronym_is_found_beside_marks_and_han(self, text):
        assert found(text)[0].startswith("AI")

    def test_a_number_at_the_edge_does_not_go_on(self):
        assert found("Industry 4.0 and 5G network") == ["Industry 4.0", "5G network"]
        assert found("Industry 4.05") == []
        assert found("Industry 4.0.1") == []
        assert found("15G network") == []
        assert found("Industry 4.0.") == ["Industry 4.0"]

    @pytest.mark.parametrize(
        "text",
        [
            "lead-acid batteries",
            "lead acid battery",
            "Lead-Acid Battery",
            "LEAD-ACID BATTERIES",
            "lead\u2011acid battery",
            "lead  acid\u00a0battery",
            "ｌｅａｄ－ａｃｉｄ battery",
            "lead-a\u00adcid battery",
        ],
    )
    def test_hyphen_space_width_case_and_plural_are_evened_out(self, text):
        assert found(f"New {text}, cheaper") == [text]

    def test_a_possessive_is_left_out_of_the_match(self):
        assert found("Hangzhou’s port and the batteries of a lead battery's maker") == [
            "Hangzhou",
            "lead battery",
        ]

    def test_the_head_before_a_preposition_has_a_plural(self):
        assert found("ministries of commerce") == []
        assert found("Two Ministries of Commerce") == ["Ministries of Commerce"]

    def test_a_name_has_no_plural(self):
        assert found("Hangzhous") == []

    def test_a_verb_has_its_forms(self):
        text = "launches, launched, rolling out, rolled out, planned, planning"
        assert found(text) == text.split(", ")

    def test_case_as_the_term_asks(self):
        assert found("devcon Devcon DEVCON") == ["devcon"]
        assert found("e-cny E-CNY e-CNY") == ["e-cny", "E-CNY", "e-CNY"]
        assert found("smart grid Smart grid Smart Grid SMART GRID sMart grid") == [
            "smart grid",
            "Smart grid",
            "Smart Grid",
            "SMART GRID",
        ]
        assert found("hangzhou HANGZHOU") == ["HANGZHOU"]

    def test_the_article_of_a_form_is_not_asked_for(self):
        assert found("Belt and Road Initiative") == ["Belt and Road Initiative"]

    def test_spaces_between_han_and_latin_do_not_matter(self):
        assert found("建设 5G 网络和工业 4.0", "zh") == ["5G 网络", "工业 4.0"]

    def test_offsets_count_the_text_as_given(self):
        text = "①……㎡\u200b：智能制造（ＯＰＣ　ＵＡ）"
        assert found(text, "zh") == ["智能制造", "ＯＰＣ　ＵＡ"]
        accents = "Cafe\u0301 e\u0301t smart grid"
        assert found(accents) == ["smart grid"]

    def test_what_is_not_translated_is_written_as_it_was_met(self):
        (match,) = HOUSE.matcher("zh", "en").find("支持OPC Unified的设备")
        assert match.target("en") == "OPC Unified"

    def test_what_is_translated_is_written_as_preferred(self):
        (match,) = HOUSE.matcher("en", "zh").find("intelligent manufacturing")
        assert (match.form, match.target("zh")) == ("intelligent manufacturing", "智能制造")

    def test_a_term_without_the_target_language_is_not_looked_for(self):
        assert HOUSE.matcher("en", "fr").find("AI and OPC UA")[0].term.id == "house/OPC UA"
        assert Glossary(()).matcher("zh", "en").find("智能") == ()
        assert HOUSE.matcher("zh", "en").find("") == ()

    def test_the_first_glossary_wins(self):
        first, second = term("人行", "PBOC", glossary="a"), term("人行", "Bank", glossary="b")
        for terms in ((first, second), (second, first)):
            (match,) = Glossary(terms).matcher("zh", "en").find("人行")
            assert match.term is terms[0]

    def test_a_glossary_keeps_its_matchers_and_pickles_without_them(self):
        matcher = HOUSE.matcher("zh", "en")
        assert HOUSE.matcher("zh", "en") is matcher
        copy = pickle.loads(pickle.dumps(HOUSE))
        assert copy == HOUSE
        assert copy.version == HOUSE.version
        assert found("智能电网", "zh", copy) == ["智能电网"]


class TestRealised:
    battery = term(
        "铅蓄电池", "lead-acid battery|lead battery", bad="acid battery|lead storage battery"
    )

    @pytest.mark.parametrize(
        "target",
        [
            "a lead-acid battery",
            "Lead acid batteries",
            "LEAD-ACID BATTERIES",
            "the lead battery’s",
            "lead-acid-battery makers",
        ],
    )
    def test_english_is_met_in_any_inflection(self, target):
        assert len(realised(target, self.battery, "en")) == 1

    @pytest.mark.parametrize("target", ["", "lead batterylike", "lead and acid battery", "leads"])
    def test_other_words_are_not_taken_for_it(self, target):
        assert realised(target, self.battery, "en") == ()

    def test_every_place_is_told_in_order(self):
        assert realised("Lead batteries, lead-acid battery", self.battery, "en") == (
            Span(0, 14),
            Span(16, 33),
        )

    def test_chinese_is_met_anywhere(self):
        assert realised("新型铅蓄电池厂", self.battery, "zh") == (Span(2, 6),)

    def test_a_match_will_do_for_the_term(self):
        (match,) = HOUSE.matcher("zh", "en").find("推出")
        assert realised("It rolled out a car.", match, "en") == (Span(3, 13),)

    def test_a_term_unknown_to_the_language_is_nowhere(self):
        assert realised("batterie", self.battery, "fr") == ()

    def test_what_is_not_translated_is_met_unchanged(self):
        plain = term("", "ROS 2|ROS2", do_not_translate=True)
        assert realised("基于ROS 2的机器人", plain, "zh") == (Span(2, 7),)
        assert realised("基于ros 2的机器人", plain, "zh") == ()

    def test_a_forbidden_rendering_is_found_but_not_inside_an_accepted_one(self):
        assert forbidden("lead-acid batteries", self.battery, "en") == ()
        assert forbidden("Lead storage batteries", self.battery, "en") == (Span(0, 22),)
        assert forbidden("an acid battery", self.battery, "en") == (Span(3, 15),)
        assert forbidden("电池", self.battery, "zh") == ()
