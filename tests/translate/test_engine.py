import shutil

import pytest
from tiny_models import build_package

from yibao.errors import ModelError, PackageCorrupt, PackageMissing
from yibao.glossary import Span
from yibao.translate import packages
from yibao.translate.engine import (
    LONGEST_OUTPUT,
    ArgosEngine,
    PivotEngine,
    open_engine,
)
from yibao.translate.model import load


def texts(renderings):
    return [several[0].text for several in renderings]


def test_sentences_are_translated_in_their_order(tiny):
    sentences = ["苏州工厂五月投产。", "价格上涨。", "工厂。", "公司测试新电机和水泵，价格下跌。"]
    assert texts(tiny().translate(sentences)) == [
        "Suzhou the plant in May opened.",
        "prices rose.",
        "the plant.",
        "the company tested new engines and pumps, prices fell.",
    ]


def test_the_way_back_works_too(tiny):
    engine = tiny("en", "zh")
    assert texts(engine.translate(["The plant tested new pumps, and prices rose."])) == [
        "工厂测试新水泵，和价格上涨。"
    ]


def test_nothing_gives_nothing(tiny):
    assert tiny().translate([]) == []
    assert texts(tiny().translate(["", "  ", "\u3000", "价格上涨。"])) == [
        "",
        "",
        "",
        "prices rose.",
    ]


def test_what_the_vocabulary_lacks_is_copied(tiny):
    (text,) = texts(tiny().translate(["龘投产😀。"]))
    assert text == "龘 opened😀."


@pytest.mark.parametrize("beam", [1, 2, 4])
def test_company_in_a_batch_changes_nothing(tiny, beam):
    engine = tiny(beam=beam)
    sentences = ["苏州工厂五月投产。", "价格上涨。", "公司测试新电机。" * 9, "龘", "工厂说。"]
    alone = [engine.translate([each])[0][0].text for each in sentences]
    assert texts(engine.translate(sentences * 3)) == alone * 3


def test_a_rendering_begins_as_it_is_told(tiny):
    (rendering,) = tiny().translate(
        ["公司测试新永磁电机和水泵。"], prefixes=["the company tested new permanent magnet motor"]
    )[0]
    assert rendering.text == "the company tested new permanent magnet motor and pumps."


def test_an_empty_beginning_leaves_it_free(tiny):
    free = tiny().translate(["价格上涨。", "工厂投产。"], prefixes=["", "output"])
    assert texts(free) == ["prices rose.", "output opened."]


def test_alternatives_come_best_first(second_best):
    (several,) = second_best.translate(["公司测试电机。"], alternatives=2)
    assert [each.text for each in several] == [
        "the company tested engines.",
        "the company tested motors.",
    ]
    assert several[0].score > several[1].score > several[0].score - 1


def test_attention_tells_which_words_belong_together(tiny):
    sentence = "公司测试新水泵。"
    (rendering,) = tiny().translate([sentence], aligned=True)[0]
    start = sentence.index("水泵")
    found = rendering.alignment.locate(start, start + 2)
    assert rendering.text[slice(*found)] == "pumps"


@pytest.mark.parametrize("prefix", ["", "The plant has"])
@pytest.mark.parametrize("sentence", ["公司测试新水泵，价格上涨。", "工厂今年新建了两条生产线。"])
def test_the_score_is_the_mean_log_probability_of_what_was_chosen(starters, sentence, prefix):
    engine = open_engine("zh", "en", starters)
    (rendering,) = engine.translate([sentence], prefixes=[prefix])[0]
    model = load(engine.package)
    forced = model.prefix(prefix)
    pieces = [*model.tag, *model.tokenizer.encode(rendering.text)]
    (scored,) = model.translator.score_batch([model.tokenizer.encode(sentence)], [pieces])
    chosen = scored.log_probs[len(forced) :]
    assert rendering.text.startswith(prefix)
    assert rendering.score == pytest.approx(sum(chosen) / len(chosen), rel=0.02)


def test_a_model_that_goes_round_in_circles_is_tried_again_and_found_out(tiny):
    (rendering,) = tiny(loops=True).translate(["工厂投产。"])[0]
    assert rendering.text.startswith("the plant")
    assert "the plant " * 4 not in rendering.text
    assert rendering.truncated
    assert len(rendering.text) < 2 * LONGEST_OUTPUT


def test_a_line_of_ten_thousand_characters_is_cut_and_said_to_be(tiny):
    long, short = tiny().translate(["字" * 5_000 + "工厂" * 2_500, "价格上涨。"])
    assert long[0].truncated
    assert short[0].text == "prices rose."
    assert not short[0].truncated


class TestOpening:
    def test_a_direct_package_is_taken(self, tmp_path):
        packages.install_file(build_package(tmp_path), tmp_path / "here")
        engine = open_engine("zh", "en", tmp_path / "here")
        assert isinstance(engine, ArgosEngine)
        assert (engine.id, engine.source, engine.target) == ("argos zh_en 1.0", "zh", "en")

    def test_another_beam_is_another_id(self, tiny):
        assert tiny(beam=2).id == "argos zh_en 1.0 beam 2"

    def test_without_one_the_way_leads_through_english(self, tmp_path):
        words = {"prices": "Preise", "rose": "stiegen", ".": "."}
        packages.install_file(build_package(tmp_path), tmp_path / "here")
        german = build_package(tmp_path, "en", "de", words=words)
        packages.install_file(german, tmp_path / "here")
        engine = open_engine("zh", "de", tmp_path / "here")
        assert isinstance(engine, PivotEngine)
        assert engine.id == "argos zh_en 1.0 + argos en_de 1.0"
        (rendering,) = engine.translate(["价格上涨。"], aligned=True)[0]
        assert rendering.text == "Preise stiegen."
        assert rendering.alignment.locate(2, 4) == Span(7, 14)
        assert rendering.score < 0

    @pytest.mark.parametrize("pair", [("zh", "fr"), ("fr", "zh"), ("en", "zh")])
    def test_a_pair_that_nobody_translates_says_what_to_do(self, tmp_path, pair):
        packages.install_file(build_package(tmp_path), tmp_path / "here")
        with pytest.raises(PackageMissing, match="yibao models install"):
            open_engine(*pair, tmp_path / "here")

    def test_no_packages_at_all_says_so(self, tmp_path):
        with pytest.raises(PackageMissing):
            open_engine("zh", "en", tmp_path / "never made")


class TestLoading:
    def test_a_model_is_loaded_once(self, tiny):
        assert load(tiny().package) is load(tiny(beam=1).package)

    def test_another_model_in_the_same_place_is_loaded(self, tmp_path):
        words = {"价格": "costs"}
        package = packages.install_file(build_package(tmp_path), tmp_path / "here")
        assert texts(ArgosEngine(package).translate(["价格"])) == ["prices"]
        again = packages.install_file(build_package(tmp_path, words=words), tmp_path / "here")
        assert again.folder == package.folder
        assert texts(ArgosEngine(again).translate(["价格"])) == ["costs"]

    @pytest.mark.parametrize("damage", ["model.bin cut", "model.bin gone", "all gone"])
    def test_a_damaged_package_is_an_error_of_ours(self, tmp_path, damage):
        package = packages.install_file(build_package(tmp_path), tmp_path / "here")
        model = package.folder / "model" / "model.bin"
        if damage == "model.bin cut":
            model.write_bytes(model.read_bytes()[:1000])
        elif damage == "model.bin gone":
            model.unlink()
        else:
            shutil.rmtree(package.folder)
        with pytest.raises(PackageCorrupt):
            ArgosEngine(package).translate(["价格"])

    def test_a_failure_in_decoding_is_an_error_of_ours(self, tmp_path, monkeypatch):
        monkeypatch.setattr("tiny_models.POSITIONS", 16)  # fewer than the sentence needs
        package = packages.install_file(build_package(tmp_path), tmp_path / "here")
        with pytest.raises(ModelError, match=r"argos zh_en 1\.0: .*decoding failed"):
            ArgosEngine(package).translate(["工厂投产，" * 20])
