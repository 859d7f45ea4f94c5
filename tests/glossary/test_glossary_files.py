import re
from pathlib import Path

import pytest

from yibao.errors import GlossaryError
from yibao.glossary import check_glossaries, load_glossary
from yibao.glossary.fold import fold

HEADER = "zh,en,forbidden_zh,forbidden_en,pos,case,dnt,domain,note\n"
NAMES = ("manufacturing", "energy", "it", "institutions", "government", "places")
SHIPPED = Path(__file__).resolve().parents[2] / "glossaries"


def row(zh="储能", en="energy storage", **cells):
    names = ("forbidden_zh", "forbidden_en", "pos", "case", "dnt", "domain", "note")
    return ",".join([zh, en, *(cells.get(name, "") for name in names)]) + "\n"


def write(folder, content, name="house"):
    path = folder / f"{name}.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def load(folder, content):
    write(folder, content)
    return load_glossary(["house"], folder)


def test_a_row_becomes_a_term(tmp_path):
    cells = {"forbidden_en": "big model", "domain": "ai", "note": "not big", "case": "ignore"}
    (term,) = load(tmp_path, HEADER + row("大模型", "large model|large AI model", **cells)).terms
    assert term.id == "house/大模型"
    assert (term.glossary, term.domain, term.note, term.line) == ("house", "ai", "not big", 2)
    assert term.forms == {"zh": ("大模型",), "en": ("large model", "large AI model")}
    assert term.forbidden == {"en": ("big model",)}
    assert (term.pos, term.case, term.do_not_translate) == ("noun", "ignore", False)
    assert term.preferred("en") == "large model"


def test_optional_columns_may_be_left_out_and_the_domain_is_then_the_file(tmp_path):
    (term,) = load(tmp_path, "en,zh\nenergy storage,储能\n").terms
    assert (term.domain, term.pos, term.case) == ("house", "noun", "smart")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte-order mark"])
def test_utf8_is_read_with_and_without_a_byte_order_mark(tmp_path, mark):
    assert load(tmp_path, mark + (HEADER + row()).encode()).terms[0].preferred("zh") == "储能"


def test_blank_rows_and_windows_line_ends_are_allowed(tmp_path):
    terms = load(
        tmp_path,
        (HEADER + row() + "\n,,,,,,,,\n" + row("电网", "power grid")).replace("\n", "\r\n"),
    ).terms
    assert [term.line for term in terms] == [2, 5]


def test_a_term_not_translated_has_its_form_in_every_language(tmp_path):
    (term,) = load(tmp_path, HEADER + row("", "OPC UA", dnt="yes")).terms
    assert term.do_not_translate
    assert term.accepted("zh") == term.accepted("en") == ("OPC UA",)


BAD_HEADERS = [
    ("储能,energy storage\n", "missing header", "Begin the file"),
    ("", "missing header", "Begin the file"),
    ("zh;en\n储能;energy storage\n", "missing header", "commas"),
    ("zh,en,colour\n", "unknown column 'colour'", "Columns are"),
    ("zh,en,xx\n", "unknown language 'xx'", "Known are zh, en"),
    ("zh,en,forbidden_klingon\n", "unknown language 'klingon'", "Known are zh, en"),
    ("zh,en,en\n", "column 'en' stands twice", "Remove one"),
]


@pytest.mark.parametrize(("content", "detail", "remedy"), BAD_HEADERS)
def test_a_bad_header_is_refused_in_line_one(tmp_path, content, detail, remedy):
    with pytest.raises(GlossaryError) as caught:
        load(tmp_path, content)
    assert caught.value.where.endswith("house.csv:1")
    assert detail in caught.value.detail
    assert remedy in caught.value.remedy


BAD_ROWS = [
    ("储能,energy storage\n", "2 cells, but the header has 9"),
    (row(en="energy storage||storage"), "empty form in column en"),
    (row(zh="|储能"), "empty form in column zh"),
    (row(zh="电"), "'电' in column zh is one character"),
    (row(forbidden_zh="能"), "'能' in column forbidden_zh is one character"),
    (row(zh="……"), "has no letter"),
    (row(en="energy storage|energy-storage"), "'energy-storage' stands twice"),
    (row(zh=""), "only en is filled"),
    (row(zh="", en="", note="empty"), "no language column is filled"),
    (row(dnt="yes"), "its forms differ between languages"),
    (row(pos="gerund"), "pos 'gerund' is unknown"),
    (row(case="upper"), "case 'upper' is unknown"),
    (row(dnt="maybe"), "dnt 'maybe' is unknown"),
    (row(en="energy\tstorage"), "control character U+0009 in column en"),
    (row(zh="储\u200b能"), "control character U+200B in column zh"),
    (row(note="\ufffd"), "control character U+FFFD in column note"),
    (row(en='"energy\nstorage"'), "control character U+000A in column en"),
    (row(en="=HYPERLINK(1)"), "column en begins with '='"),
    (row(note="+86"), "column note begins with '+'"),
    (row(note="-1"), "column note begins with '-'"),
    (row(en="@home"), "column en begins with '@'"),
    (row(forbidden_en="Energy-Storage"), "both accepted and forbidden in en"),
    (row("电网", "power grid"), "zh '电网' stands in line 2 already"),
    (row("电力网络", "Power Grid"), "en 'power grid' stands in line 2 already"),
]


@pytest.mark.parametrize(("bad", "detail"), BAD_ROWS, ids=[detail for _, detail in BAD_ROWS])
def test_a_bad_row_is_refused_with_its_line_and_a_way_out(tmp_path, bad, detail):
    with pytest.raises(GlossaryError) as caught:
        load(tmp_path, HEADER + row("电网", "power grid") + bad)
    assert caught.value.where.endswith("house.csv:3")
    assert detail in caught.value.detail
    assert caught.value.remedy


def test_an_unclosed_quote_is_refused(tmp_path):
    with pytest.raises(GlossaryError, match="no CSV"):
        load(tmp_path, HEADER + '储能,"energy storage,,,,,,,\n')


@pytest.mark.parametrize(
    ("encoding", "remedy"), [("gb18030", "GB18030"), ("utf-16", "UTF-16"), ("latin-1", "UTF-8")]
)
def test_a_file_that_is_not_utf8_is_refused_with_the_likely_encoding(tmp_path, encoding, remedy):
    text = "en,note\nCafe,\xe9\n" if encoding == "latin-1" else HEADER + row()
    with pytest.raises(GlossaryError, match="not UTF-8") as caught:
        load(tmp_path, text.encode(encoding))
    assert remedy in caught.value.remedy
    assert caught.value.where.endswith(":1" if encoding == "utf-16" else ":2")


def test_a_missing_glossary_is_refused_and_those_there_are_named(tmp_path):
    write(tmp_path, HEADER + row(), "energy")
    with pytest.raises(GlossaryError, match="there are: energy"):
        load_glossary(["enregy"], tmp_path)
    with pytest.raises(GlossaryError, match="no glossary"):
        load_glossary(["../energy"], tmp_path / "below")


def test_check_tells_every_problem_of_every_file_and_goes_on(tmp_path):
    write(tmp_path, HEADER + row(zh="电") + row() + row(pos="x"), "one")
    write(tmp_path, b"\xff\xfe", "two")
    write(tmp_path, HEADER + row(case="x"), "three")
    found = [Path(error.where).name for error in check_glossaries([tmp_path])]
    assert found == ["one.csv:2", "one.csv:4", "three.csv:2", "two.csv:1"]
    assert check_glossaries([write(tmp_path, HEADER + row(), "four")]) == []


def test_the_order_of_names_is_the_order_of_terms(tmp_path):
    write(tmp_path, HEADER + row("平台经济", "platform economy"), "it")
    write(tmp_path, HEADER + row("平台经济", "platform-based economy"), "house")
    terms = load_glossary(["house", "it", "house"], tmp_path).terms
    assert [term.glossary for term in terms] == ["house", "it"]


def test_the_version_follows_content_but_not_notes_nor_the_order_of_rows(tmp_path):
    first, second = row(), row("电网", "power grid")
    version = load(tmp_path, HEADER + first + second).version
    assert load(tmp_path, HEADER + second + row(note="see also 电网")).version == version
    assert load(tmp_path, HEADER + first + row("电网", "grid power")).version != version


@pytest.fixture(scope="module")
def terms():
    return load_glossary(NAMES, SHIPPED).terms


class TestShippedGlossaries:
    def test_every_file_is_clean(self):
        assert check_glossaries([SHIPPED]) == []
        assert {path.stem for path in SHIPPED.glob("*.csv")} == set(NAMES)

    def test_they_hold_what_a_newsroom_needs(self, terms):
        assert len(terms) >= 600
        preferred = {term.preferred("zh"): term.preferred("en") for term in terms}
        assert preferred["智能制造"] == "smart manufacturing"
        assert preferred["铅蓄电池"] == "lead-acid battery"
        assert preferred["萧山区"] == "Xiaoshan District"

    def test_no_form_leads_to_two_terms(self, terms):
        seen = {}
        for term in terms:
            for language, forms in term.forms.items():
                for form in forms:
                    assert seen.setdefault((language, fold(form).lower), term) is term

    def test_what_is_forbidden_is_no_other_term(self, terms):
        accepted = {fold(form).lower for term in terms for form in term.accepted("en")}
        forbidden = {fold(form).lower for term in terms for form in term.forbidden.get("en", ())}
        assert not accepted & forbidden

    def test_chinese_is_simplified_and_latin_is_half_width(self, terms):
        for term in terms:
            for form in term.forms.get("zh", ()):
                "".join(re.findall("[\u4e00-\u9fff]", form)).encode(
                    "gb2312"
                )  # has no traditional characters
                assert not any("\uff10" <= char <= "\uff5a" for char in form)
