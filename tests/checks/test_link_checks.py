from check_cases import CheckCases, en_zh, zh_en

from yibao.checks.links import Handles, Links, Versions


class TestLinks(CheckCases):
    check = Links()
    passing = (
        zh_en("详见https://news.example/a?b=1。", "See https://news.example/a?b=1."),
        en_zh("Write to desk@news.example.", "请致信desk@news.example。"),
        zh_en("没有链接", "no link"),
    )
    failing = (
        (zh_en("详见https://news.example/a。", "See the page."), [None]),
        (
            en_zh("Write to desk@news.example.", "请致信 dsk@news.example。"),
            [None, "dsk@news.example"],
        ),
        (zh_en("链接", "See www.news.example/x now."), ["www.news.example/x"]),
        (zh_en("https://a.example https://a.example", "https://a.example"), [None]),
    )


class TestHandles(CheckCases):
    check = Handles()
    passing = (
        en_zh("@delta_review said", "@delta_review 表示"),
        en_zh("Write to desk@news.example.", "请致信desk@news.example。"),
    )
    failing = ((en_zh("@delta_review said", "@delta_revue 表示"), [None, "@delta_revue"]),)


class TestVersions(CheckCases):
    check = Versions()
    passing = (
        zh_en("版本3.11.2", "version 3.11.2"),
        zh_en("增长3.5%", "up 3.6%"),
    )
    failing = ((zh_en("版本3.11.2", "version 3.1.2"), [None, "3.1.2"]),)
