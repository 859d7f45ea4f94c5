from check_cases import CheckCases, zh_en

from yibao.checks.empty import Empty, Truncated


class TestEmpty(CheckCases):
    check = Empty()
    passing = (
        zh_en("工厂", "plant"),
        zh_en(" ", ""),
    )
    failing = (
        (zh_en("工厂", ""), [None]),
        (zh_en("工厂", " \t"), [None]),
    )


class TestTruncated(CheckCases):
    check = Truncated()
    passing = (zh_en("工厂", "plant"),)
    failing = ((zh_en("工厂", "plant plant", truncated=True), [None]),)
