from datetime import datetime

import pytest
from source_pages import SHANGHAI

from yibao.sources.bylines import is_byline, names, parse_byline, reporters


def at(*parts):
    return datetime(*parts, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("line", "source", "authors", "editors", "published"),
    [
        (
            "Source: Harbor and Industry Daily| 2026-10-28 09:12:35| Author: CHEN Mu",
            "Harbor and Industry Daily",
            ("CHEN Mu",),
            (),
            at(2026, 10, 28, 9, 12, 35),
        ),
        (
            "2026-10-28 09:12 来源：白沙日报 作者：何苇 责任编辑：周堃",
            "白沙日报",
            ("何苇",),
            ("周堃",),
            at(2026, 10, 28, 9, 12),
        ),
        (
            "2026年3月5日09:30来源：白沙日报作者：何苇",
            "白沙日报",
            ("何苇",),
            (),
            at(2026, 3, 5, 9, 30),
        ),
        ("发布时间：2026-03-05 来源：白沙网 字号：大 中 小", "白沙网", (), (), at(2026, 3, 5)),
        ("来源：白沙日报　记者 何苇 周一帆", "白沙日报", ("何苇", "周一帆"), (), None),
        ("采写：白沙见习记者 何苇", "", ("何苇",), (), None),
        ("白沙报记者 何苇 江南水镇报道", "", ("何苇",), (), None),
        ("作者: 何 苇：白沙渡口大学，江南", "", ("何苇",), (), None),
        ("执笔人：何苇 周一帆", "", ("何苇", "周一帆"), (), None),
        ("作者：王文", "", ("王文",), (), None),
        ("本报记者 何苇 通讯员 林叶青", "", ("何苇", "林叶青"), (), None),
        ("By Ines Holm and Tom Reyes", "", ("Ines Holm", "Tom Reyes"), (), None),
        ("By Ines Holm October 26, 2026, 07:30", "", ("Ines Holm",), (), at(2026, 10, 26, 7, 30)),
        ("Published 26 Oct 2026", "", (), (), at(2026, 10, 26)),
        ("（责编：何苇、周堃）", "", (), ("何苇", "周堃"), None),
        ("The yard opened in 2019.", "", (), (), None),
    ],
)
def test_a_line_is_one_record(line, source, authors, editors, published):
    byline = parse_byline(line, SHANGHAI)
    assert byline.source == source
    assert byline.authors == authors
    assert byline.editors == editors
    assert byline.published == published


def test_a_change_is_no_publication():
    line = "Published: 2026-03-05 09:00 | Updated: 2026-03-06 10:00"
    byline = parse_byline(line, SHANGHAI)
    assert (byline.published, byline.modified) == (at(2026, 3, 5, 9), at(2026, 3, 6, 10))


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("何苇、周一帆", ("何苇", "周一帆")),
        ("何 苇", ("何苇",)),
        ("CHEN Mu, LIN An & QIAO Bo", ("CHEN Mu", "LIN An", "QIAO Bo")),
        ("本报记者何苇", ("何苇",)),
        ("admin", ()),
        ("白沙新闻网", ()),
        ("desk@quay.example", ()),
        ("", ()),
    ],
)
def test_names_are_people(text, people):
    assert names(text) == people


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        (["新华社白沙3月5日电（记者 何苇、周一帆）渡船下水。", "第二段。"], ("何苇", "周一帆")),
        (["本报讯（记者何苇）渡船下水。"], ("何苇",)),
        (["渡船下水。" * 50, "（记者 何苇）"], ("何苇",)),
        (["日前，记者从造船厂获悉，渡船已经下水。"], ()),
        (["记者在现场看到，渡船已经下水。"], ()),
        (["渡船下水。"], ()),
    ],
)
def test_the_body_names_its_reporters(lines, people):
    assert reporters(lines) == people


@pytest.mark.parametrize(
    "line",
    [
        "2026-10-28 09:12",
        "2026-10-28 09:12 来源：白沙日报 作者：何苇 责任编辑：周堃",
        "By Ines Holm",
        "本报记者 何苇 通讯员 林叶青",
        "（责任编辑：周堃）",
    ],
)
def test_a_line_of_names_and_times_is_no_part_of_the_body(line):
    assert is_byline(line, SHANGHAI)


@pytest.mark.parametrize(
    "line",
    [
        "By the time the yard opened, its first nine orders had been cancelled.",
        "记者从造船厂获悉，首批渡船已经下水。",
        "2026年3月5日，造船厂迎来了第一批订单。",
        "来源：白沙日报的报道显示，渡船的票价在十年里没有变化，市民对此看法不一，港务部门表示还要再听取意见。",
    ],
)
def test_a_sentence_is_part_of_the_body(line):
    assert not is_byline(line, SHANGHAI)


def test_a_name_in_brackets_as_the_last_line_signs_the_article():
    assert reporters(["渡船昨日下水。", "（何苇）"]) == ("何苇",)
    assert reporters(["渡船昨日下水。", "（完）"]) == ()


def test_a_column_names_its_author_after_his_office():
    assert reporters(["【文/白沙网专栏作者 王文】", "渡船昨日下水。"]) == ("王文",)


@pytest.mark.parametrize(
    "line",
    [
        "2026-03-05 08:13更新 来源：白沙日报",
        "白沙新闻·江南商报记者何苇/文受访者供图",
        "白沙网江南频道 记者 何苇 周一帆",
    ],
)
def test_lines_that_only_say_who_and_when_are_bylines(line):
    assert is_byline(line, SHANGHAI)


@pytest.mark.parametrize(
    "line",
    ["记者何苇在渡口看到，新船已经下水", "白沙网的记者和船工一起上了船", "更新后的渡船更轻"],
)
def test_lines_that_say_more_are_none(line):
    assert not is_byline(line, SHANGHAI)
