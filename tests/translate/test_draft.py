import json
from dataclasses import dataclass, field

import pytest

from yibao.checks import Finding
from yibao.glossary import Glossary, TermOutcome
from yibao.text.segment import Segment
from yibao.translate import Draft, Drafter, Engine

PLANT = "苏州工厂五月投产。"
PRICES = "价格上涨。"


def segment(text, key="b001.s01", role="paragraph"):
    return Segment(key, role, text)


def drafted(engine, text, glossary=None, **more):
    (draft,) = Drafter(engine, glossary or Glossary(()), **more).draft([segment(text)])
    return draft


@dataclass
class Counting:
    """Passes everything on and remembers which sentences were decoded."""

    engine: Engine
    decoded: list[str] = field(default_factory=list)

    def __getattr__(self, name):
        return getattr(self.engine, name)

    def translate(self, sentences, **options):
        self.decoded += sentences
        return self.engine.translate(sentences, **options)


def test_a_draft_says_where_it_comes_from(tiny, glossary):
    draft = drafted(tiny(), PLANT, glossary)
    assert (draft.key, draft.source) == ("b001.s01", PLANT)
    assert draft.text == "Suzhou the plant in May opened."
    assert (draft.origin, draft.engine) == ("engine", "argos zh_en 1.0")
    assert draft.glossary == glossary.version
    assert 0.5 < draft.confidence <= 1


def test_drafts_come_in_the_order_of_their_segments(tiny):
    texts = [PLANT, "2026", PRICES, "工厂", PLANT]
    segments = [segment(text, f"b{number:03}") for number, text in enumerate(texts)]
    drafts = Drafter(tiny(), Glossary(())).draft(segments)
    assert [draft.source for draft in drafts] == texts
    assert [draft.key for draft in drafts] == [each.key for each in segments]


def test_no_segments_make_no_drafts(tiny):
    assert Drafter(tiny(), Glossary(())).draft([]) == []


class TestMemory:
    @staticmethod
    def memory(texts):
        known = {PLANT: "The Suzhou plant opened in May.", "储能上涨。": "Storage rose."}
        return {text: known[text] for text in texts if text in known}

    def test_what_was_approved_before_is_used(self, tiny, glossary):
        draft = drafted(tiny(), PLANT, glossary, memory=self.memory)
        assert draft.text == "The Suzhou plant opened in May."
        assert (draft.origin, draft.engine, draft.confidence) == ("memory", "", 1.0)

    def test_it_is_not_decoded(self, tiny):
        engine = Counting(tiny())
        drafted(engine, PLANT, memory=self.memory)
        assert engine.decoded == []

    def test_what_a_person_did_with_a_term_is_respected(self, tiny, glossary):
        draft = drafted(tiny(), "储能上涨。", glossary, memory=self.memory)
        assert [term.status for term in draft.terms] == ["waived"]
        assert not [each for each in draft.findings if each.check.startswith("term")]

    def test_it_is_asked_once_for_all(self, tiny):
        asked = []

        def memory(texts):
            asked.append(list(texts))
            return {}

        segments = [segment(text) for text in (PLANT, PRICES, PLANT)]
        Drafter(tiny(), Glossary(()), memory=memory).draft(segments)
        assert asked == [[PLANT, PRICES]]


class TestCopies:
    @pytest.mark.parametrize(
        "text", ["2026", "3.5%", "——", "https://wire.example/a_b", "desk@wire.example", "😀", " "]
    )
    def test_what_has_no_words_is_copied(self, tiny, text):
        draft = drafted(tiny(), text)
        assert (draft.text, draft.origin, draft.engine) == (text, "copied", "")

    def test_english_in_a_chinese_article_is_copied(self, tiny):
        assert drafted(tiny(), "Delta Steel 2").origin == "copied"

    def test_english_in_an_english_article_is_translated(self, tiny):
        assert drafted(tiny("en", "zh"), "Prices rose.").text == "价格上涨。"

    def test_a_number_with_a_chinese_unit_is_translated(self, tiny):
        assert drafted(tiny(), "3.5亿").origin == "engine"


class TestSentences:
    def test_equal_ones_are_decoded_once_in_all_calls(self, tiny):
        engine = Counting(tiny())
        drafter = Drafter(engine, Glossary(()))
        first = drafter.draft([segment(PLANT), segment(PLANT + PRICES, role="summary")])
        second = drafter.draft([segment(PLANT), segment(PRICES)])
        assert sorted(engine.decoded) == sorted([PLANT, PRICES])
        assert first[0].text == second[0].text

    def test_a_summary_is_decoded_sentence_by_sentence(self, tiny, glossary):
        draft = drafted(tiny(), PLANT + "公司测试新水泵。" + PRICES, glossary)
        assert draft.text == (
            "Suzhou the plant in May opened. the company tested new pumps. prices rose."
        )
        (term,) = draft.terms
        assert draft.source[term.start : term.end] == "水泵"
        assert draft.text[term.target_start : term.target_end] == "pumps"

    def test_chinese_ones_are_joined_without_a_space(self, tiny):
        assert drafted(tiny("en", "zh"), "Prices rose. The plant opened.").text == (
            "价格上涨。工厂投产。"
        )

    @pytest.mark.parametrize("count", [1, 399, 400, 401, 805])
    def test_progress_is_told_up_to_the_end(self, tiny, count):
        told = []
        drafter = Drafter(tiny(beam=1), Glossary(()))
        drafts = drafter.draft([segment(PRICES)] * count, progress=told.append)
        assert len(drafts) == count
        assert told == sorted(told)
        assert told[-1] == count


class TestFindings:
    def test_the_checks_are_run_and_their_findings_kept(self, tiny, glossary):
        draft = drafted(tiny(), "公司测试新储能。", glossary)
        (finding,) = [each for each in draft.findings if each.check == "term-spliced"]
        assert draft.text[finding.start : finding.end] == "energy storage"

    def test_a_loop_is_shown_and_trusted_little(self, tiny):
        draft = drafted(tiny(loops=True), "工厂投产。")
        assert "truncated" in {finding.check for finding in draft.findings}
        assert draft.confidence < 0.3

    def test_the_weaker_the_draft_the_less_it_is_trusted(self, tiny, glossary):
        kept = drafted(tiny(), "公司测试新水泵。", glossary)
        spliced = drafted(tiny(), "公司测试新储能。", glossary)
        assert spliced.confidence < kept.confidence


class TestBadInput:
    @pytest.mark.parametrize(
        "text",
        [
            "字" * 10_000,
            "工厂投产，" * 2_000,
            "word " * 2_000,
            "龘" * 300,
            "😀工厂🏭投产",
            "\u200b工厂",
            "\x00工厂",
        ],
    )
    def test_any_text_gets_a_draft(self, tiny, text):
        draft = drafted(tiny(beam=1), text)
        assert draft.source == text
        assert draft.text

    @pytest.mark.parametrize("text", ["", " ", "\n\n", "\u3000"])
    def test_no_text_gets_none(self, tiny, text):
        draft = drafted(tiny(), text)
        assert (draft.text, draft.origin) == (text, "copied")


def test_a_record_gives_the_draft_again():
    draft = Draft(
        key="title",
        source="储能",
        text="Energy storage",
        origin="engine",
        engine="argos zh_en 1.0",
        glossary="abc",
        terms=(TermOutcome("t/储能", "储能", "energy storage", 0, 2, "repaired", 0, 14),),
        findings=(Finding("length", "warning", "Long.", 0, 3), Finding("x", "info", "Y.")),
        confidence=0.7,
    )
    assert Draft.from_record(json.loads(json.dumps(draft.to_record()))) == draft
    with pytest.raises(ValueError, match="origin"):
        Draft.from_record({**draft.to_record(), "origin": "guessed"})
