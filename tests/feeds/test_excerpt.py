"""Summaries end where a reader may stop."""

import re

import pytest

from yibao.feeds.excerpt import excerpt

LONG_CLAUSES = (
    "当地时间周二，西门子能源公司宣布与江南省签署备忘录，计划在2026年至2030年间投资3.5亿元建设海上换流站，"
    "并在当地培训一千名技术人员；双方还将共同研究深海电缆、柔性直流输电和储能"
)


def test_a_short_text_stays_as_it_is():
    assert excerpt("一句话，没有结尾", "zh", 110) == "一句话，没有结尾"


def test_whole_sentences_are_preferred():
    text = "机组周日并网。" * 3 + "后面一句很长很长很长很长很长。"
    assert excerpt(text, "zh", 25) == "机组周日并网。" * 3
    assert excerpt("It works. It is safe. It is also rather long.", "en", 22) == (
        "It works. It is safe."
    )


def test_a_long_sentence_is_cut_at_a_clause():
    assert excerpt(LONG_CLAUSES, "zh", 70).endswith("培训一千名技术人员……")
    assert excerpt(LONG_CLAUSES, "zh", 50).endswith("签署备忘录……")


@pytest.mark.parametrize("limit", range(8, 100))
def test_a_cut_never_falls_into_a_number_a_word_or_a_bracket(limit):
    text = (
        "企业计划在2026年至2030年间向Siemens Energy投资3.5亿元并出版《钱江湾工业史（第二版）》和"
        "“深蓝X-200型”样机以及参数fan_speed和更多没有标点的内容共三百二十八吨其中1,200吨来自海外"
    )
    made = excerpt(text, "zh", limit)
    start = made.rstrip("”》）").removesuffix("……")
    assert text.startswith(start)
    assert len(start) <= limit
    rest = text[len(start) :]
    assert not (re.search(r"[\d.,]\Z", start) and re.match(r"[\d.,亿年吨]", rest)), made
    assert not (re.search(r"[A-Za-z_]\Z", start) and re.match(r"[A-Za-z_]", rest)), made
    assert not (start.endswith("年") and rest.startswith("至")), made
    for opening, closing in ("《》", "“”", "（）"):
        assert made.count(opening) == made.count(closing), made


def test_a_quotation_longer_than_the_limit_is_closed():
    quoted = "“我们用了三年时间，" + "一步一步把国产化率提高上来，" * 9 + "终于成功了”"
    made = excerpt(quoted, "zh", 60)
    assert made.endswith("把国产化率提高上来……”")


def test_a_sentence_that_ends_inside_a_quotation_does_not_leave_it_open():
    text = "他说：“电缆通了。机组也转了。下一步还要看天气、电网和市场的情况再作决定。”记者在场。"
    made = excerpt(text, "zh", 22)
    assert made.count("“") == made.count("”")


def test_english_is_cut_between_words_and_not_between_a_number_and_its_unit():
    text = "The company will invest 3.5 billion yuan in 2,000 MW of offshore wind near Nantong"
    for limit in range(10, len(text)):
        made = excerpt(text, "en", limit)
        assert made.endswith("…")
        words = made.removesuffix("…")
        assert text[len(words)] == " "
        assert not words.endswith(("3.5", "2,000")), made


def test_a_text_without_any_mark_is_cut_at_the_limit():
    assert excerpt("啊" * 200, "zh", 110) == "啊" * 110 + "……"
    assert excerpt("a" * 300, "en", 280) == "a" * 280 + "…"
