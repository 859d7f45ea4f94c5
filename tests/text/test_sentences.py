import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yibao.errors import ConfigError
from yibao.languages import LANGUAGES
from yibao.text.sentences import LONGEST, split_sentences

# A bar stands where one sentence ends and the next begins.
ENGLISH = [
    "The plant opened in May.| It employs 300 people.",
    "Mr. Chen met Dr. Li and Gov. Ruiz on Monday.| They agreed.",
    "Output rose 3.5 percent to 2.4 million tons.| Prices fell.",
    "The U.S. Treasury raised tariffs.| The U.K. followed.",
    "It was made in the U.S. The parts came from Japan.".replace("U.S. The", "U.S.| The"),
    "Sales at Delta Steel Inc. rose.| Delta Corp. shares fell.",
    "He works for Delta Inc. However, he lives in Suzhou.".replace("Inc. ", "Inc.| "),
    "The shift starts at 6 a.m. Workers arrive earlier.",
    "The shift starts at 6 a.m. They arrive earlier.".replace("m. T", "m.| T"),
    "See No. 7 in the list.| No. 8 is missing.",
    "Was it safe? No. It was not.".replace("? ", "?| ").replace("No. ", "No.| "),
    "George W. Barton wrote it.| J. R. Lowe edited it.",
    "Some metals, e.g. copper, i.e. the red one, are scarce.| Others are not.",
    '"We are ready." The manager smiled.'.replace('." ', '."| '),
    "“We are ready.” The manager smiled.".replace(".” ", ".”| "),
    "“Are we ready?” she asked.| Nobody spoke.",
    "“Go!” he said.| They went.",
    "They waited ... and waited.| Then it came.",
    "They waited...| Then it came.",
    "1. Open the valve.| 2. Close the valve.",
    "a. Open the valve.",
    "Read https://wire.example/a.b?c=1.Then or www.wire.example. It helps.".replace(
        ". It", ".| It"
    ),
    "Write to desk.one@wire.example. We answer.".replace("example. ", "example.| "),
    "Version 2.0.1 is out.| Version 2.1 follows.",
    "The pump (see Fig. 3. It is small.) failed.| It was old.",
    "It failed. (The pump was old.) It was replaced.".replace("d. (", "d.| (").replace(
        ") I", ")| I"
    ),
    "What a day!| What now?| Nobody knows?!| Really.",
    "So do I. They agreed.".replace("I. ", "I.| "),
    "They chose plan B. The other was dear.".replace("B. ", "B.| "),
    "Smith et al. reported this.| Nature vs. nurture.",
    "Prof. Wang holds a Ph.D. in physics.| She teaches.",
    "no capital here. next one neither",
    "In 2024. 300 people came.".replace("4. ", "4.| "),
    "It cost approx. 5 million yuan at St. Mary's Hospital.",
    "The firm, founded Jan. 5, closed Dec. 9.| It reopened.",
]
CHINESE = [
    "工厂五月投产。|现有员工300人。",
    "产量增长3.5亿吨，价格为2.4元。|市场稳定。",
    "你准备好了吗？|好了！|出发。",
    "真的吗？！|当然。",
    "他说：“我们准备好了。”|会议随后开始。",
    "“我们准备好了。”厂长王海说。|会议随后开始。",
    "“走吧！”他说。",
    "『很好。』|大家鼓掌。",
    "（记者 李敏）|今天上午开工。".replace("|", ""),
    "设备（见图3。较小）已停用。|随后更换。",
    "汽车、船舶、飞机……都用上了新材料。|产量大增。",
    "他想了想……",
    "详见https://wire.example/a?b=1。|另见www.wire.example/x.html。",
    "联系desk@wire.example。|谢谢。",
    "一是降本；二是增效；三是提质。|任务明确。",
    "1. 打开阀门。|2. 关闭阀门。",
    "1.打开阀门。",
    "一、打开阀门。|二、关闭阀门。",
    "该公司与Delta Inc.签约。|交易额5亿美元。",
    "AI芯片很热门.市场在增长.|大家看好".replace("门.", "门.|"),
    "他是U.S. Steel的员工。",
    "The plant opened.| 工厂开了。",
    "只有一行没有句号",
    '他说："准备好了。"|会议开始。"走吧"成了口号。'.replace("开始。", "开始。|"),
    "“第一句。|第二句。”|第三句。",
]


def cases(marked):
    return [pytest.param(each, id=each[:40]) for each in marked]


@pytest.mark.parametrize("marked", cases(ENGLISH))
def test_english_sentences_end_where_a_reader_ends_them(marked):
    expected = [part.strip() for part in marked.split("|")]
    assert split_sentences(marked.replace("|", ""), "en") == expected


@pytest.mark.parametrize("marked", cases(CHINESE))
def test_chinese_sentences_end_where_a_reader_ends_them(marked):
    expected = [part.strip() for part in marked.split("|")]
    assert split_sentences(marked.replace("|", ""), "zh") == expected


def test_a_german_ordinal_is_no_end():
    assert split_sentences("Am 3. Oktober beginnt es. Dann folgt Hr. Weiß.", "de") == [
        "Am 3. Oktober beginnt es.",
        "Dann folgt Hr. Weiß.",
    ]


def test_a_line_break_ends_a_sentence():
    assert split_sentences("first line\nsecond line", "en") == ["first line", "second line"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u3000\t "])
def test_white_space_has_no_sentences(text):
    assert split_sentences(text, "zh") == []


def test_an_unknown_language_is_refused():
    with pytest.raises(ConfigError):
        split_sentences("x", "xx")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("会议指出，" + "各地要加强协调；" * 80 + "。", "zh"),
        ("We saw pumps, " + "valves and gauges, " * 60 + "and more.", "en"),
        ("字" * 10_000, "zh"),
        ("word " * 2_000, "en"),
    ],
)
def test_a_very_long_sentence_is_cut_at_clauses_and_nothing_is_lost(text, code):
    pieces = split_sentences(text, code)
    assert max(map(len, pieces)) <= LONGEST
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_long_chinese_sentence_is_cut_after_a_semicolon():
    pieces = split_sentences("各地要加强协调，保障供应；" * 60, "zh")
    assert all(piece.endswith("；") for piece in pieces)


@pytest.mark.parametrize("text", ["A. " * 30_000, "a" * 100_000, "？" * 50_000, "(a. " * 20_000])
def test_hostile_lines_take_no_time_to_speak_of(text):
    begun = time.process_time()
    split_sentences(text, "en")
    assert time.process_time() - begun < 2


alphabet = st.sampled_from("aB1 .!?…。！？；，“”\"')（）\n人工Inc 3")


@given(st.text(alphabet, max_size=300), st.sampled_from(sorted(LANGUAGES)))
def test_no_text_is_lost_whatever_the_text(text, code):
    pieces = split_sentences(text, code)
    assert re.sub(r"\s", "", "".join(pieces)) == re.sub(r"\s", "", text)
    assert all(piece == piece.strip() != "" for piece in pieces)
