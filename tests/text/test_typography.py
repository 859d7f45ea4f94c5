import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yibao.text.typography import tidy

CHINESE = [
    ("欧盟委员会说,明年起生效.", "欧盟委员会说，明年起生效。"),
    ("他问:为什么?", "他问：为什么？"),
    ("增长3.5%,达到1,000家.", "增长3.5%，达到1,000家。"),
    ("会议10:30开始;请准时!", "会议10:30开始；请准时！"),
    ('他称之为"绿色 工厂".', "他称之为“绿色工厂”。"),
    ("欧盟 (EU) 表示", "欧盟（EU）表示"),
    ("国内生产总值(GDP)增长", "国内生产总值（GDP）增长"),
    ("调用 f(x) 的次数", "调用f(x)的次数"),
    ("他停了一下...然后说", "他停了一下……然后说"),
    ("结果--出乎意料--很好", "结果——出乎意料——很好"),
    ("京沪线 北京—上海 段", "京沪线北京—上海段"),
    ("使用 Windows 10 系统", "使用Windows 10系统"),
    ("详见 https://news.example/a?b=1,2 ,或致信 a.b@news.example .", None),
    ("联系@张三 咨询", "联系@张三 咨询"),
    ("由Apple, Google和微软开发", "由Apple, Google和微软开发"),
    ("由 Acme Inc. 制造", "由Acme Inc.制造"),
    ("他在看<<读者>>。", "他在看《读者》。"),
    ("使用 .NET 平台", "使用.NET平台"),
    ("共有１２３台，占４５％", "共有123台，占45%"),
    ('屏幕为27"的型号', '屏幕为27"的型号'),
    ("OPEC, EU.", "OPEC, EU."),
    ("供应商是BASF.", "供应商是BASF。"),
    ("  首尾  有空格 ", "首尾有空格"),
]

ENGLISH = [
    ("Output rose by 3.5%，to 1,000 units。", "Output rose by 3.5%, to 1,000 units."),
    ("The meeting ( at 10:30 ) is open .", "The meeting (at 10:30) is open."),
    ("He asked ：why？", "He asked: why?"),
    ("The EU（European Union）said so。", "The EU (European Union) said so."),
    ("It was in 《Reader》 。", "It was in “Reader”."),
    ("coal、oil、gas", "coal, oil, gas"),
    ("steel,copper;zinc", "steel, copper; zinc"),
    ("the U.S. and node.js 3.5", "the U.S. and node.js 3.5"),
    ("It paused……then went on", "It paused...then went on"),
    ("costs  two   spaces", "costs two spaces"),
    ("the .NET platform", "the .NET platform"),
    ("See https://news.example/a,b ,or a@news.example.", None),
    ('He said "yes" and left.', 'He said "yes" and left.'),
    ("at 10：30 sharp", "at 10:30 sharp"),
    ("１２３ units", "123 units"),
]


@pytest.mark.parametrize(("text", "expected"), [pair for pair in CHINESE if pair[1]])
def test_chinese_is_set_in_full_width(text, expected):
    assert tidy(text, "zh") == expected


@pytest.mark.parametrize(("text", "expected"), [pair for pair in ENGLISH if pair[1]])
def test_english_is_set_in_half_width(text, expected):
    assert tidy(text, "en") == expected


@pytest.mark.parametrize("language", ["zh", "en", "fr"])
@pytest.mark.parametrize(
    "held",
    ["https://news.example/a?b=1,2;c", "a.b@news.example", "@news_desk", "3.5", "10:30", "1,000"],
)
def test_addresses_and_numbers_stay(held, language):
    for text in (f"详见 {held} ,", f"参见{held},谢谢", f"see {held} ,or ask", f"{held}"):
        assert held in tidy(text, language)


def test_spaces_stay_around_addresses_in_chinese():
    assert tidy("详见 https://a.example 查询", "zh") == "详见 https://a.example 查询"


def test_other_languages_keep_their_marks():
    assert tidy("Pourquoi ?  Parce que !", "fr") == "Pourquoi ? Parce que !"


MARKS = list(",.:;?!()\"'-—…，。：；？！（）“”《》「」、·<> 　\t#@%\ue000")
WORDS = [
    "汉",
    "字",
    "a",
    "Inc",
    "U.S",
    "3",
    "10",
    "３",
    "Ａ",
    "http://a.cn",
    "www.",
    "a@b.cn",
    "--",
    "...",
]
PIECES = st.sampled_from(MARKS + WORDS)


@pytest.mark.parametrize("language", ["zh", "en", "fr"])
@given(pieces=st.lists(PIECES, max_size=14))
def test_tidying_twice_changes_nothing_more(language, pieces):
    once = tidy("".join(pieces), language)
    assert tidy(once, language) == once


@pytest.mark.parametrize("language", ["zh", "en"])
@given(pieces=st.lists(PIECES, max_size=14))
def test_no_letter_or_digit_is_lost(language, pieces):
    def content(text):
        narrow = text.translate({ord("３"): "3", ord("Ａ"): "A"})
        return [char for char in narrow if char.isalnum()]

    text = "".join(pieces)
    assert content(tidy(text, language)) == content(text)


@pytest.mark.parametrize(
    "unit", ["a", ".", "-", "—", ". ", "(", "汉", '"', "#", "@a", "汉,", "w.", " "]
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_long_monotonous_text_takes_no_long_time(unit, language):
    text = "汉" + unit * (20_000 // len(unit))
    began = time.process_time()
    tidy(text, language)
    assert time.process_time() - began < 2
