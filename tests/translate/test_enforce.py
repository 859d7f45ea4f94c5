import pytest
from tiny_models import build_package

from yibao.glossary import Glossary, Term
from yibao.translate import packages
from yibao.translate.enforce import _acceptable, _Need, _State, enforce
from yibao.translate.engine import Rendering, open_engine


def term(zh, en):
    return Term(f"test/{zh}", "test", "test", {"zh": (zh,), "en": (en,)})


def enforced(engine, sentence, glossary):
    (one,) = enforce(engine, [sentence], glossary)
    return one


def found(one):
    """Status and target text of every term."""
    return [
        (term.status, one.text[term.target_start : term.target_end] if term.target_end else None)
        for term in one.terms
    ]


def test_a_term_that_the_engine_writes_itself_is_kept(tiny, glossary):
    one = enforced(tiny(), "公司测试新水泵。", glossary)
    assert one.text == "the company tested new pumps."
    assert found(one) == [("kept", "pumps")]
    (term,) = one.terms
    assert (term.term, term.source_form, term.start, term.end) == ("test/水泵", "水泵", 5, 7)


def test_a_term_that_a_near_alternative_has_is_repaired(second_best):
    motors = Glossary((Term("t", "t", "t", {"zh": ("电机",), "en": ("motor",)}),))
    one = enforced(second_best, "公司测试电机。", motors)
    assert one.text == "the company tested motors."
    assert found(one) == [("repaired", "motors")]


def test_a_term_that_can_be_written_is_decoded_again_from_its_place(tiny, glossary):
    one = enforced(tiny(), "公司测试新永磁电机和水泵。", glossary)
    assert one.text == "the company tested new permanent magnet motor and pumps."
    assert found(one) == [("repaired", "permanent magnet motor"), ("kept", "pumps")]


def test_a_term_that_opens_the_sentence_is_capitalised(tiny, glossary):
    one = enforced(tiny(), "永磁电机上涨。", glossary)
    assert one.text == "Permanent magnet motor rose."


def test_a_term_that_cannot_be_written_is_put_in_over_the_right_words(tiny, glossary):
    one = enforced(tiny(), "公司测试新储能和水泵。", glossary)
    assert one.text == "the company tested new energy storage and pumps."
    assert found(one) == [("spliced", "energy storage"), ("kept", "pumps")]


def test_several_missing_terms_all_get_in(tiny, glossary):
    one = enforced(tiny(), "储能和永磁电机在苏州，永磁电机和储能在上海。", glossary)
    statuses = [term.status for term in one.terms]
    assert len(statuses) == 4
    assert "missed" not in statuses
    assert one.text.lower().count("energy storage") >= 1
    assert one.text.lower().count("permanent magnet motor") >= 1


def test_nothing_but_a_term_is_the_term(tiny, glossary):
    assert enforced(tiny(), "储能", glossary).text == "Energy storage"
    assert enforced(tiny(), "（储能）", glossary).text == "(Energy storage)"
    assert found(enforced(tiny(), "储能", glossary)) == [("repaired", "Energy storage")]


def test_a_name_that_is_not_translated_stays_letter_by_letter(tiny, glossary):
    one = enforced(tiny(), "Delta Steel上涨。", glossary)
    assert "Delta Steel" in one.text
    assert one.terms[0].status == "kept"


def test_two_terms_in_one_place_both_get_in(tiny):
    parts = Glossary((term("永磁", "magnet set"), term("电机", "drive unit")))
    one = enforced(tiny(), "公司测试永磁电机。", parts)
    assert one.text == "the company tested magnet set drive unit."
    assert found(one) == [("spliced", "magnet set"), ("spliced", "drive unit")]


def test_marks_are_set_as_the_language_sets_them(tiny):
    bare = tiny("en", "zh", words={"the plant": "工厂", "opened": "投产"})
    assert enforced(bare, "the plant, the plant opened.", Glossary(())).text == "工厂，工厂投产。"


def rendering(text="the company tested energy storage.", score=-1.0, **flaws):
    return Rendering(text, score, **flaws)


@pytest.mark.parametrize(
    ("again", "taken"),
    [
        (rendering(), True),
        (rendering(score=-1.4), True),
        (rendering(score=-1.6), False),
        (rendering(loops=True), False),
        (rendering(truncated=True), False),
        (rendering("the company tested energy storage"), False),
        (rendering("energy storage."), False),
        (rendering("the company tested energy storage, " * 3 + "."), False),
        (rendering("the company tested power storing."), False),
    ],
)
def test_a_sentence_decoded_again_is_taken_only_if_it_is_no_worse(again, taken, glossary):
    sentence = "公司测试储能。"
    (match,) = glossary.matcher("zh", "en").find(sentence)
    need = _Need(match.start, match.end, "储能", "energy storage", match)
    before = rendering("the company tested power storing.")
    state = _State(sentence, (need,), before, ("kept",), "en")
    assert _acceptable(state, 0, again) is taken


def test_the_result_does_not_depend_on_company(tiny, glossary):
    sentences = [
        "公司测试新永磁电机和水泵。",
        "价格上涨。",
        "储能投产。",
        "",
        "公司测试水泵。",
        "储能",
    ]
    alone = [enforced(tiny(), each, glossary) for each in sentences]
    assert enforce(tiny(), sentences, glossary) == alone


def test_without_a_glossary_there_is_nothing_to_keep(tiny):
    (one,) = enforce(tiny(), ["公司测试新储能。"], Glossary(()))
    assert (one.text, one.terms) == ("the company tested new power storing.", ())
    assert enforce(tiny(), [], Glossary(())) == []


def test_terms_are_kept_through_a_third_language(tmp_path):
    german = {"the company": "die Firma", "tested": "testete", "pumps": "Anlagen", ".": "."}
    packages.install_file(build_package(tmp_path), tmp_path / "here")
    packages.install_file(build_package(tmp_path, "en", "de", words=german), tmp_path / "here")
    glossary = Glossary((Term("a", "t", "t", {"zh": ("水泵",), "de": ("Pumpe",)}),))
    one = enforced(open_engine("zh", "de", tmp_path / "here"), "公司测试水泵。", glossary)
    assert one.text == "die Firma testete Pumpe."
    assert found(one) == [("spliced", "Pumpe")]


class TestWithTheWeakStarters:
    def test_every_term_gets_in_and_every_place_is_right(self, starters):
        pairs = {"永磁电机": "permanent magnet motor", "储能": "energy storage", "工厂": "plant"}
        glossary = Glossary(
            tuple(Term(zh, "t", "t", {"zh": (zh,), "en": (en,)}) for zh, en in pairs.items())
        )
        sentences = [
            "这家工厂今年新建了两条永磁电机生产线。",
            "储能项目将在十月底前完工。",
            "永磁电机和储能设备的价格都下降了。",
            "工厂负责人说，储能订单增长了三成。",
        ]
        for one in enforce(open_engine("zh", "en", starters), sentences, glossary):
            assert one.terms
            for term in one.terms:
                assert term.status in {"kept", "repaired", "spliced"}
                written = one.text[term.target_start : term.target_end].lower()
                assert written.rstrip("s") == term.target

    @pytest.mark.parametrize(
        "kept", ["https://wire.example/a_b?c=1", "desk_one@wire.example", "@delta_wire"]
    )
    def test_addresses_stay_letter_by_letter(self, starters, kept):
        chinese = open_engine("zh", "en", starters)
        english = open_engine("en", "zh", starters)
        assert kept in enforced(chinese, f"详情请见 {kept} 。", Glossary(())).text
        assert kept in enforced(english, f"For details see {kept} today.", Glossary(())).text

    def test_chinese_has_its_own_marks(self, starters):
        engine = open_engine("en", "zh", starters)
        one = enforced(engine, "In May, the plant opened, and prices rose.", Glossary(()))
        assert not set(one.text) & set(",;:?!")
