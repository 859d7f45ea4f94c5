from check_cases import CheckCases, en_zh, zh_en

from yibao.checks import SegmentPair
from yibao.checks.length import Length

LONG_ZH = "这家位于宁波的工厂去年投产，主要生产注塑模具和精密冲压件。"
LONG_EN = (
    "The plant in Ningbo, which went into operation last year, mainly makes injection moulds"
    " and precision stampings."
)


class TestLength(CheckCases):
    check = Length()
    passing = (
        zh_en(LONG_ZH, LONG_EN),
        en_zh(LONG_EN, LONG_ZH),
        zh_en("投产", "It has gone into operation"),
        en_zh("Yes.", "是的，没有错。"),
        SegmentPair(LONG_EN, "Kurz.", "en", "de", "paragraph"),
    )
    failing = (
        (zh_en(LONG_ZH, "The plant opened."), [None]),
        (en_zh(LONG_EN, "工厂投产。"), [None]),
        (zh_en("这家工厂去年投产。", LONG_EN + " " + LONG_EN), [None]),
        (en_zh("The plant opened last year.", LONG_ZH + LONG_ZH), [None]),
    )
