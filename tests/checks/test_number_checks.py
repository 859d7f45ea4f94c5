from check_cases import CheckCases, en_zh, zh_en

from yibao.checks import SegmentPair
from yibao.checks.numbers import Currency, NumberAdded, NumberMagnitude, NumberMissing


class TestNumberMagnitude(CheckCases):
    check = NumberMagnitude()
    passing = (
        zh_en("年产530万台。", "It makes 5.3 million units a year."),
        zh_en("投资89.6亿元。", "It invests 8.96 billion yuan."),
        zh_en("装机3万千瓦。", "It has 30 MW installed."),
        zh_en("装机1000万千瓦。", "It has 10 GW installed."),
        en_zh("The genome has 32 kilobases.", "基因组有3.2万个碱基。"),
        en_zh("An $11million deal", "1100万美元的合同"),
        zh_en("第10条和第100条", "Articles 10 and 1000"),
        zh_en("全部投产。", "All 50,000 are in use."),
    )
    failing = (
        (zh_en("年产530万台。", "It makes 530 million units a year."), ["530 million"]),
        (zh_en("投资90亿元。", "It invests 90 billion yuan."), ["90 billion yuan"]),
        (en_zh("It cost $2.5 billion.", "耗资2.5亿美元。"), ["2.5亿美元"]),
        (en_zh("Output was 42,000 tons.", "产量为42万吨。"), ["42万"]),
        (zh_en("三千五百万人", "350 million people"), ["350 million"]),
    )


class TestNumberMissing(CheckCases):
    check = NumberMissing()
    passing = (
        zh_en("三家工厂裁员三成。", "Three plants cut 30 percent of their staff."),
        zh_en("利率下调25个基点。", "The rate was cut by 0.25 percentage points."),
        zh_en("他们一起去了一次。", "They went together."),
        zh_en("十分重要。", "This matters greatly."),
        zh_en("数百万人受益。", "Millions benefit."),
        en_zh("One of the two plants closed.", "两座工厂中有一座关闭。"),
        en_zh("In the 1980s and 2019–20", "20世纪80年代和2019-2020年"),
        en_zh("At 5:30 p.m. on May 3", "5月3日17时30分"),
        en_zh("A dozen plants", "十多家工厂"),
    )
    failing = (
        (zh_en("增长3.5%。", "It grew by 35%."), [None]),
        (zh_en("2018年建成。", "It was built in 2019."), [None]),
        (en_zh("It has 350 workers.", "该厂有工人。"), [None]),
        (en_zh("From January on", "从2月起"), [None]),
        (en_zh("Three plants in five towns", "五个镇的工厂"), [None]),
    )


class TestNumberAdded(CheckCases):
    check = NumberAdded()
    passing = (
        zh_en("会议1日开幕。", "The meeting opened on October 1."),
        zh_en("两座工厂", "two plants"),
        en_zh("Half of them", "其中50%"),
        en_zh("They left at once.", "他们一起离开，十分匆忙。"),
    )
    failing = (
        (zh_en("增长3.5%。", "It grew by 35%."), ["35%"]),
        (zh_en("工厂关闭。", "All 250 plants closed."), ["250"]),
        (en_zh("It was built last year.", "该厂建于2018年。"), ["2018年"]),
    )


class TestCurrency(CheckCases):
    check = Currency()
    passing = (
        zh_en("投资5亿元。", "It invests 500 million yuan."),
        zh_en("投资5亿美元。", "It invests $500 million."),
        zh_en("投资5亿元。", "It invests 500 million."),
        zh_en("5元和5美元", "5 yuan and $5"),
    )
    failing = (
        (zh_en("投资5亿元。", "It invests 500 million euros."), ["500 million euros"]),
        (en_zh("It costs £150 billion.", "耗资1500亿欧元。"), ["1500亿欧元"]),
    )


def test_languages_whose_numbers_are_not_read_are_left_alone():
    pair = SegmentPair("Es kostet 1.000 Euro.", "It costs 5 euros.", "de", "en", "paragraph")
    assert NumberMissing().findings(pair) == NumberAdded().findings(pair) == ()
